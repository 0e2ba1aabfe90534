/** Natives for programs that match regular expressions. */
import type { NativeModule } from "../../builtins/native.ts";
import { re } from "../../builtins/re.ts";

export function lateNatives(): readonly NativeModule[] {
  return [re];
}
