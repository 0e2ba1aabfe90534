/** Natives for programs that define modules. */
import type { NativeModule } from "../../builtins/native.ts";
import { defineNatives } from "../../expand/define/natives.ts";
import type { Host } from "../../expand/host.ts";
import { breakpoints } from "../breakpoints.ts";
import { codeFiles, libraryTypespecs } from "../code-files.ts";
import { definer } from "../definer.ts";
import { useDefiner } from "../host.ts";
import { beamletTokens } from "../token-terms.ts";

/** Modules of the library that lead here: a page fetches the group along with them. */
export const callers = ["Elixir.Kernel.Definitions"];

export function lateNatives(host: Host): readonly NativeModule[] {
  useDefiner(definer);
  return [
    ...(defineNatives(host) as NativeModule[]),
    breakpoints,
    codeFiles,
    libraryTypespecs,
    beamletTokens,
  ];
}
