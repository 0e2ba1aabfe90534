/**
 * Which scripts a name is written in. Those of one writing system go together; others only with `_` between them, in a name of
 * the source as in an atom that is written as one.
 */

/** The scripts that UAX 31 recommends for identifiers. */
export const SCRIPTS = (
  "Latin Arabic Armenian Bengali Bopomofo Cyrillic Devanagari Ethiopic Georgian Greek Gujarati Gurmukhi Han Hangul " +
  "Hebrew Hiragana Kannada Katakana Khmer Lao Malayalam Myanmar Oriya Sinhala Tamil Telugu Thaana Thai Tibetan"
).split(" ");

/** Writing systems of several scripts, which may be mixed. */
const SYSTEMS: Record<string, readonly string[]> = {
  Han: ["Han with Bopomofo", "Japanese", "Korean"],
  Hiragana: ["Japanese"],
  Katakana: ["Japanese"],
  Hangul: ["Korean"],
  Bopomofo: ["Han with Bopomofo"],
};

const scriptsOf = new Map<string, ReadonlySet<string> | null>();
/** Made for the first character beyond ASCII: most programs have none, and the start of the runtime is waited for. */
let scriptTests: readonly (readonly [name: string, test: RegExp])[] | null = null;

/** Of any script: digits, `_`, and the Greek letter that units of measure begin with. */
const FREE = /^[\d_\u03bc]$/;

/** The scripts that use a character; `null` of one that all may use. */
export function scripts(char: string): ReadonlySet<string> | null {
  let found = scriptsOf.get(char);
  if (found === undefined) {
    scriptTests ??= SCRIPTS.map((name) => [name, new RegExp(`^\\p{Script_Extensions=${name}}$`, "u")]);
    const names = scriptTests.filter(([, test]) => test.test(char)).map(([name]) => name);
    const all = names.flatMap((name) => [name, ...(SYSTEMS[name] ?? [])]);
    found = all.length === 0 || FREE.test(char) ? null : new Set(all);
    scriptsOf.set(char, found);
  }
  return found;
}

function sameScript(chars: readonly string[]): boolean {
  let common: string[] | null = null;
  for (const char of chars) {
    const own = scripts(char);
    if (own === null) continue;
    common = common === null ? [...own] : common.filter((name) => own.has(name));
    if (common.length === 0) return false;
  }
  return true;
}

/** Whether scripts meet that do not go together. */
export function mixesScripts(name: string): boolean {
  return !sameScript([...name]) && !name.split("_").every((chunk) => sameScript([...chunk]));
}
