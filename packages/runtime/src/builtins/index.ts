/** The native modules, but for those of `vm/late.ts`. Several files may add to one module; where they define the same function the later wins. */

import { erlangArithmetic } from "./erlang-arithmetic.ts";
import { erlangBinaries } from "./erlang-binaries.ts";
import { erlangLists } from "./erlang-lists.ts";
import { erlangTerms } from "./erlang-terms.ts";
import { erlangText } from "./erlang-text.ts";
import { erlangTuples } from "./erlang-tuples.ts";
import { erlangTypes } from "./erlang-types.ts";
import { lists } from "./lists.ts";
import { listsSorted } from "./lists-sorted.ts";
import { maps } from "./maps.ts";
import type { NativeModule } from "./native.ts";
import { persistentTerm } from "./persistent-term.ts";
import { processNatives } from "./process-modules.ts";

export const natives: readonly NativeModule[] = [
  erlangArithmetic,
  erlangBinaries,
  erlangLists,
  erlangTerms,
  erlangText,
  erlangTuples,
  erlangTypes,
  ...processNatives,
  lists,
  listsSorted,
  maps,
  persistentTerm,
];
