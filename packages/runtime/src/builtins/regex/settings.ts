/** `(*UTF8)`, `(*CRLF)` and their like at the very start of a pattern. */
import type { PatternOptions } from "./scanner.ts";
import { NEWLINES } from "./sets.ts";

const DEFAULT_MATCH_LIMIT = 10_000_000;
const IGNORED = /^(NO_START_OPT|NO_AUTO_POSSESS|LIMIT_RECURSION)$/;

/** Sets the options; tells how long the settings are, and the match limit. */
export function readSettings(
  source: string,
  options: PatternOptions,
): { length: number; matchLimit: number } {
  let length = 0;
  let matchLimit = DEFAULT_MATCH_LIMIT;
  for (;;) {
    const found = /^\(\*([A-Z_0-9]+)(?:=(\d+))?\)/.exec(source.slice(length));
    if (found === null) break;
    const [whole, name, value] = found;
    if (name === "LIMIT_MATCH" && value !== undefined) matchLimit = Math.min(matchLimit, Number(value));
    else if (!set(name, options) && !IGNORED.test(name)) break;
    length += whole.length;
  }
  return { length, matchLimit };
}

function set(name: string, options: PatternOptions): boolean {
  const newline = name.toLowerCase() as PatternOptions["newline"];
  if (name === "UTF8" || name === "UTF") options.unicode = true;
  else if (name === "UCP") options.ucp = true;
  else if (name === "BSR_ANYCRLF") options.bsrAnyCrlf = true;
  else if (name === "BSR_UNICODE") options.bsrAnyCrlf = false;
  else if (newline in NEWLINES) options.newline = newline;
  else return false;
  return true;
}
