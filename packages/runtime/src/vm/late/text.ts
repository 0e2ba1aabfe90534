/** Natives for programs that print and handle text, which are most. */
import { binary } from "../../builtins/binary.ts";
import { erlangString } from "../../builtins/erlang-string.ts";
import { ioLib, ioLibFormat } from "../../builtins/io-lib.ts";
import type { NativeModule } from "../../builtins/native.ts";
import { beamletString } from "../../builtins/string-unicode.ts";
import { unicode } from "../../builtins/unicode.ts";

export function lateNatives(): readonly NativeModule[] {
  return [binary, unicode, beamletString, ioLib, ioLibFormat, erlangString];
}
