/** Options as callers give them, types or none: a name that nobody reads is a slip, and told where it is made. */
import { unexpected } from "./show.ts";

/** Of processes. */
export const SPAWN = "name, label, signal, runFinally";
/** Of servers. */
export const START = /* @__PURE__ */ SPAWN.concat(", timeout");

/** Refuses what is no object of the options named. */
export function checkOptions(options: unknown, names: string): void {
  const known = names.split(", ");
  const wrong =
    typeof options === "object" && options
      ? Object.keys(options).find((name) => !known.includes(name))
      : options;
  if (wrong !== undefined) throw unexpected(`the options are { ${names} }`, wrong);
}
