/**
 * The natives that not every program needs, in groups. A page gets a group as a file of its own when the first of its
 * modules is called (`tools/worker-bundle.ts`); in Node they are there like all others.
 */
import type { NativeModule } from "../builtins/native.ts";
import type { Host } from "../expand/host.ts";
import { lateNatives as define } from "./late/define.ts";
import { lateNatives as other } from "./late/other.ts";
import { lateNatives as regex } from "./late/regex.ts";
import { lateNatives as text } from "./late/text.ts";

export function lateNatives(host: Host): readonly NativeModule[] {
  return [...text(), ...define(host), ...other(), ...regex()];
}
