/**
 * How atoms and texts are written in Elixir source: the hot half of `inspect/2`. The library reaches it through
 * `Code.Identifier`, which states the rules.
 */
import type { Atom } from "../term/atom.ts";
import { mixesScripts } from "../term/scripts.ts";

const special = new Set(["%", "%{}", "{}", "<<>>", "...", "..", ".", "..//", "->"]);
const quotedOperators = new Set(["::", "^^^", "~~~", "<|>"]);
const operators = new Set(
  `& ! ^ not + - @ <- \\\\ when | = || ||| or && &&& and == != =~ === !== < <= >= > |> <<< >>> <~ ~> <<~ ~>> <~>
   in ++ -- <> +++ --- * / **`.split(/\s+/),
);
const alias = /^Elixir(\.[A-Z][A-Za-z0-9_]*)*$/;
const plainIdentifier = /^[a-z_][a-zA-Z0-9_]*[?!]?$/;
// Newer versions of Unicode let joiners go on a name, Elixir does not.
const identifier = /^[\p{XID_Start}_](?:(?![\u200c\u200d])[\p{XID_Continue}@])*[?!]?$/u;
const startsUpper = /^[\p{Lu}\p{Lt}]/u;

export type AtomClass =
  | "alias"
  | "identifier"
  | "unquoted_operator"
  | "quoted_operator"
  | "not_callable"
  | "other";

export function classifyName(name: string): AtomClass {
  if (operators.has(name)) return "unquoted_operator";
  if (plainIdentifier.test(name)) return "identifier";
  if (special.has(name)) return "not_callable";
  if (quotedOperators.has(name)) return "quoted_operator";
  if (alias.test(name)) return "alias";
  // A name that is normalised when it is read would be another atom.
  if (!identifier.test(name) || name.normalize("NFKC") !== name || mixesScripts(name)) return "other";
  if (startsUpper.test(name) || name.includes("@")) return "not_callable";
  return "identifier";
}

export type AtomPlace = "literal" | "key" | "remote_call";

/** The atom as it is written as a value, as a keyword key with its colon, or after the dot of a call. */
export function writeAtom(place: AtomPlace, atom: Atom): string {
  const { name } = atom;
  const kind = classifyName(name);
  switch (place) {
    case "literal":
      if (name === "nil" || name === "true" || name === "false") return name;
      if (kind === "alias") {
        return name === "Elixir" || /^Elixir\.Elixir(\.|$)/.test(name) ? name : name.slice(7);
      }
      return kind === "other" || kind === "quoted_operator" ? `:${quote(name)}` : `:${name}`;
    case "key":
      if (kind === "alias") return `"${name}":`;
      return kind === "other" || kind === "quoted_operator" ? `${quote(name)}:` : `${name}:`;
    case "remote_call":
      if (kind === "other") return quote(name);
      return kind === "not_callable" || kind === "alias" ? `"${name}"` : name;
  }
}

function quote(name: string): string {
  return `"${escapeText(name, 0x22, Number.POSITIVE_INFINITY)[0]}"`;
}

const named: Record<number, string> = {
  0: "\\0",
  7: "\\a",
  8: "\\b",
  9: "\\t",
  10: "\\n",
  11: "\\v",
  12: "\\f",
  13: "\\r",
  27: "\\e",
  92: "\\\\",
  127: "\\d",
};

// What never needs an escape, the delimiter apart: printable ASCII without `\` and `#`, most letters.
// biome-ignore lint/suspicious/noMisleadingCharacterClass: ranges of code units, marks among them
const needsEscape = /[^\x20-\x22\x24-\x5b\x5d-\x7e\xa1-\u034e\u0350-\u061b\u061d-\u1fff\u2070-\ud7ff]/;

/**
 * Escapes at most `limit` characters of a text for use between two of the delimiter (a code point, or -1).
 * Returns the escaped text and what is left. A lone surrogate U+DC80 to U+DCFF stands for an invalid byte.
 */
export function escapeText(text: string, delimiter: number, limit: number): [string, string] {
  if (
    text.length <= limit &&
    !needsEscape.test(text) &&
    (delimiter < 0 || !text.includes(String.fromCodePoint(delimiter)))
  ) {
    return [text, ""];
  }
  let escaped = "";
  let index = 0;
  for (; limit > 0 && index < text.length; limit--) {
    const point = text.codePointAt(index) as number;
    if (point === delimiter) escaped += `\\${String.fromCodePoint(point)}`;
    else if (point === 0x23 && text.charCodeAt(index + 1) === 0x7b) {
      escaped += "\\#{";
      index++;
    } else escaped += named[point] ?? escapePoint(point);
    index += point > 0xffff ? 2 : 1;
  }
  return [escaped, text.slice(index)];
}

/** A character without an escape of its own: itself, or its number if one could not see or might misread it. */
export function escapePoint(point: number): string {
  if (point === 0) return "\\0";
  if (point >= 0xdc80 && point <= 0xdcff) return `\\x${hex(point - 0xdc00, 2)}`;
  if (isConfusing(point)) return `\\u${hex(point, 4)}`;
  if (
    (point >= 0x20 && point <= 0x7e) ||
    (point >= 0xa0 && point <= 0xd7ff) ||
    (point >= 0xe000 && point <= 0xfffd) ||
    point >= 0x10000
  ) {
    return String.fromCodePoint(point);
  }
  return point < 0x100 ? `\\x${hex(point, 2)}` : `\\x{${hex(point, 4)}}`;
}

/** Invisible characters, odd spaces and those that change the direction of text. */
function isConfusing(point: number): boolean {
  return (
    point === 0xa0 ||
    point === 0x34f ||
    point === 0x61c ||
    (point >= 0x2000 && point <= 0x200f) ||
    (point >= 0x2028 && point <= 0x202e) ||
    (point >= 0x205f && point <= 0x2064) ||
    (point >= 0x2066 && point <= 0x2069) ||
    point === 0xfeff ||
    (point >= 0xfff9 && point <= 0xfffc)
  );
}

function hex(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, "0");
}
