/** Natives for programs that define modules. */
import type { NativeModule } from "../../builtins/native.ts";
import { defineNatives } from "../../expand/define/natives.ts";
import type { Host } from "../../expand/host.ts";

export function lateNatives(host: Host): readonly NativeModule[] {
  return defineNatives(host) as NativeModule[];
}
