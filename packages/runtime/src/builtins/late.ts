/**
 * The natives that few programs need. A page gets them as a second file when the first of their modules is called; in Node
 * they are there like all others.
 */
import { beamletBase } from "./base-encoding.ts";
import { base64 } from "./base64.ts";
import { crypto } from "./crypto.ts";
import { erlangString } from "./erlang-string.ts";
import { ets } from "./ets.ts";
import { etsMatch } from "./ets-match.ts";
import { ioLib, ioLibFormat } from "./io-lib.ts";
import { beamletJson } from "./json.ts";
import { atomics, counters } from "./memory.ts";
import type { NativeModule } from "./native.ts";
import { rand } from "./rand.ts";
import { re } from "./re.ts";
import { beamletString } from "./string-unicode.ts";
import { zlib } from "./zlib.ts";

export const lateNatives: readonly NativeModule[] = [
  base64,
  beamletBase,
  beamletJson,
  beamletString,
  atomics,
  counters,
  crypto,
  erlangString,
  ets,
  etsMatch,
  ioLib,
  ioLibFormat,
  rand,
  re,
  zlib,
];
