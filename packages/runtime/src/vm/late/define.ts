/** Natives for programs that define modules. */
import type { NativeModule } from "../../builtins/native.ts";
import { defineNatives } from "../../expand/define/natives.ts";
import type { Host } from "../../expand/host.ts";
import { breakpoints } from "../breakpoints.ts";
import { codeFiles, libraryTypespecs } from "../code-files.ts";
import { useObjectCode } from "../host.ts";
import { destination, objectCode } from "../object-code-writer.ts";

export function lateNatives(host: Host): readonly NativeModule[] {
  useObjectCode(objectCode, destination);
  return [...(defineNatives(host) as NativeModule[]), breakpoints, codeFiles, libraryTypespecs];
}
