/** All native modules. Several files may add to one module; where they define the same function the later wins. */
import { beamletBase } from "./base-encoding.ts";
import { binary } from "./binary.ts";
import { erlangArithmetic } from "./erlang-arithmetic.ts";
import { erlangBinaries } from "./erlang-binaries.ts";
import { erlangLists } from "./erlang-lists.ts";
import { erlangText } from "./erlang-text.ts";
import { erlangTuples } from "./erlang-tuples.ts";
import { erlangTypes } from "./erlang-types.ts";
import { lists } from "./lists.ts";
import { maps } from "./maps.ts";
import type { NativeModule } from "./native.ts";
import { processNatives } from "./process-modules.ts";
import { beamletString } from "./string-unicode.ts";
import { unicode } from "./unicode.ts";

export const natives: readonly NativeModule[] = [
  erlangArithmetic,
  erlangBinaries,
  erlangLists,
  erlangText,
  erlangTuples,
  erlangTypes,
  lists,
  maps,
  binary,
  unicode,
  beamletBase,
  beamletString,
  ...processNatives,
];
