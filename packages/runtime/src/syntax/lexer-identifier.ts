/**
 * Names: which characters an identifier, alias or atom may have (Unicode UAX 31 as Elixir profiles it), in NFC.
 *
 * The classes come from the host's Unicode properties instead of tables. Of the characters that UTS 39 restricts, those
 * of unrecommended scripts and those that NFKC changes are found by property, the rest in `unicode-security.ts`.
 */
import { mixesScripts, SCRIPTS, scripts } from "../term/scripts.ts";
import { isRestricted } from "./unicode-security.ts";
import { codePoint } from "./wording.ts";

export type NameKind = "alias" | "identifier" | "atom";

export interface Name {
  readonly kind: NameKind;
  readonly text: string;
  /** Where the name ends in the source. */
  readonly end: number;
  /** Length in characters, of which columns are made. */
  readonly length: number;
  readonly ascii: boolean;
  /** Whether it has `@`, which only atoms and keywords may. */
  readonly at: boolean;
  /** Whether it ends in `?` or `!`, or was not in NFC: more than an alias may have. */
  readonly special: boolean;
}

/** Why there is no name: nothing starts one here, a character does not belong, or scripts are mixed. */
export type NameError =
  | { readonly error: "empty" }
  | { readonly error: "unexpected"; readonly wrong: readonly string[]; readonly at: number }
  | { readonly error: "mixed"; readonly text: string; readonly suffix: string };

const EMPTY_NAME: NameError = { error: "empty" };

const UPPER = /^[\p{Lu}\p{Lt}]$/u;
const START = /^\p{ID_Start}$/u;
const CONTINUE = /^\p{ID_Continue}$/u;
const PATTERN = /^[\p{Pattern_White_Space}\p{Pattern_Syntax}]$/u;
const RECOMMENDED = new RegExp(
  `^[\\p{Script=Common}\\p{Script=Inherited}${SCRIPTS.map((name) => `\\p{Script=${name}}`).join("")}]$`,
  "u",
);

type CharacterClass = "upper" | "start" | "continue" | "none";

const classes = new Map<string, CharacterClass>();

/** The class of a character beyond ASCII. */
function classOf(char: string): CharacterClass {
  let found = classes.get(char);
  if (found === undefined) {
    found = classify(char);
    classes.set(char, found);
  }
  return found;
}

function classify(char: string): CharacterClass {
  const allowed = !PATTERN.test(char) && RECOMMENDED.test(char) && char.normalize("NFKC") === char;
  if (!allowed || isRestricted(char.codePointAt(0) as number)) return "none";
  if (UPPER.test(char)) return "upper";
  if (START.test(char)) return "start";
  return CONTINUE.test(char) ? "continue" : "none";
}

/** The name that starts at a place of the source. */
export function scanName(source: string, at: number): Name | NameError {
  const first = source.charCodeAt(at);
  if (isUpper(first) || isLower(first) || first === 95) {
    let end = at + 1;
    let special = false;
    let hasAt = false;
    for (;;) {
      const code = source.charCodeAt(end);
      if (isLower(code) || isUpper(code) || isDigit(code) || code === 95) end++;
      else if (code === 64) {
        hasAt = true;
        end++;
      } else if (code === 33 || code === 63) {
        special = true;
        end++;
        break;
      } else if (code > 127) return scanUnicodeName(source, at);
      else break;
    }
    const text = source.slice(at, end);
    const kind = isUpper(first) ? "alias" : "identifier";
    return { kind, text, end, length: end - at, ascii: true, at: hasAt, special: special || hasAt };
  }
  return first > 127 ? scanUnicodeName(source, at) : EMPTY_NAME;
}

function scanUnicodeName(source: string, at: number): Name | NameError {
  const chars: string[] = [];
  let end = at;
  let special = false;
  let hasAt = false;
  let kind: NameKind | null = null;
  while (end < source.length) {
    let char = String.fromCodePoint(source.codePointAt(end) as number);
    const code = char.charCodeAt(0);
    if (code > 127) {
      // The micro sign is the one character that Elixir replaces (by the Greek letter) instead of refusing.
      const normal = char === "\u00b5" ? "\u03bc" : char;
      const found = classOf(normal);
      if (kind === null) {
        if (found === "none" || found === "continue") return EMPTY_NAME;
        kind = found === "upper" ? "atom" : "identifier";
      } else if (found === "none") {
        chars.push(char);
        return { error: "unexpected", wrong: chars, at: end };
      }
      special ||= normal !== char;
      end += char.length;
      char = normal;
    } else if (isLower(code) || isUpper(code) || code === 95 || (kind !== null && isDigit(code))) {
      kind ??= isUpper(code) ? "alias" : "identifier";
      end++;
    } else if (code === 64 && kind !== null) {
      hasAt = true;
      end++;
    } else if ((code === 33 || code === 63) && kind !== null) {
      chars.push(char);
      special = true;
      end++;
      break;
    } else break;
    chars.push(char);
  }
  if (kind === null) return EMPTY_NAME;
  const written = chars.join("");
  const text = written.normalize("NFC");
  if (mixesScripts(text)) {
    return { error: "mixed", text, suffix: mixedScripts(text) };
  }
  special ||= written !== text || hasAt;
  return { kind, text, end, length: chars.length, ascii: false, at: hasAt, special };
}

function mixedScripts(text: string): string {
  const lines = [...text].map((char) => {
    const hex = codePoint(char.codePointAt(0) as number);
    const own = scripts(char);
    const order = ["Latin", ...[...SCRIPTS, "Han with Bopomofo", "Japanese", "Korean"].sort()];
    const names = own === null ? "" : ` {${[...new Set(order)].filter((name) => own.has(name)).join(",")}}`;
    return `  \\u${hex} ${char}${names}\n`;
  });
  return (
    "\n\nMixed-script identifiers are not supported for security reasons. " +
    `'${text}' is made of the following scripts:\n\n${lines.join("")}\n` +
    "Characters in identifiers from different scripts must be separated by underscore (_).\n"
  );
}

export function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

export function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
