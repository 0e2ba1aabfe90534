/** Formats of `:io_lib` taken apart: their text, and directives with the arguments that these take. */
import {
  Atom,
  atom,
  Bitstring,
  bool,
  chardataText,
  EMPTY,
  FALSE,
  list,
  listToArray,
  mapFrom,
  mapGet,
  type Term,
  TermMap,
} from "../term/index.ts";
import { latin1Text } from "./erlang-text.ts";

/** One directive of a format: `~F.P.PadModC`. */
export interface Directive {
  readonly control: string;
  readonly width: number | null;
  readonly precision: number | null;
  readonly pad: string;
  readonly unicode: boolean;
  /** Whether `p` shows lists of characters as strings. */
  readonly strings: boolean;
}

export class BadFormat extends Error {}

/** A directive with the arguments it takes. */
export interface Scanned {
  readonly directive: Directive;
  readonly args: readonly Term[];
}

/** How many arguments a directive takes. */
function arity(control: string): number {
  if (control === "~" || control === "n") return 0;
  return control === "W" || control === "P" || control === "x" || control === "X" ? 2 : 1;
}

/** Takes a format apart: texts and directives with their arguments. */
export function scan(format: string, args: readonly Term[]): (string | Scanned)[] {
  const chars = [...format];
  const parts: (string | Scanned)[] = [];
  let text = "";
  let at = 0;
  let used = 0;
  const take = (): Term => {
    if (used >= args.length) throw new BadFormat("too few arguments");
    return args[used++];
  };
  const number = (): number | null => {
    if (chars[at] === "*") {
      at++;
      const given = take();
      if (typeof given !== "number") throw new BadFormat("a width is no integer");
      return given;
    }
    const found = /^-?\d+/.exec(chars.slice(at, at + 12).join(""));
    if (found === null) return null;
    at += found[0].length;
    return Number(found[0]);
  };
  while (at < chars.length) {
    const char = chars[at++];
    if (char !== "~") {
      text += char;
      continue;
    }
    const width = number();
    let precision: number | null = null;
    let pad = " ";
    if (chars[at] === ".") {
      at++;
      precision = number();
      if (chars[at] === ".") {
        at++;
        if (chars[at] === "*") {
          at++;
          const point = take();
          if (typeof point !== "number" || !(point >= 0 && point <= 0x10ffff))
            throw new BadFormat("a pad is no character");
          pad = String.fromCodePoint(point);
        } else pad = chars[at++];
      }
    }
    let unicode = false;
    let strings = true;
    for (; chars[at] === "t" || chars[at] === "l"; at++) {
      if (chars[at] === "t") unicode = true;
      if (chars[at] === "l") strings = false;
    }
    const control = chars[at++];
    if (control === undefined) throw new BadFormat("a directive ends early");
    if (text !== "") parts.push(text);
    text = "";
    const taken: Term[] = [];
    for (let count = arity(control); count > 0; count--) taken.push(take());
    parts.push({ directive: { control, width, precision, pad, unicode, strings }, args: taken });
  }
  if (used < args.length) throw new BadFormat("too many arguments");
  if (text !== "") parts.push(text);
  return parts;
}

const NONE = atom("none");
const CONTROL = atom("control_char");

/** `scan_format/2`: characters, and maps that describe directives. */
export function scannedTerms(parts: readonly (string | Scanned)[]): Term {
  const terms: Term[] = [];
  for (const part of parts) {
    if (typeof part === "string") for (const char of part) terms.push(char.codePointAt(0) as number);
    else {
      const { control, width, precision, pad, unicode, strings } = part.directive;
      terms.push(
        mapFrom([
          [CONTROL, control.codePointAt(0) as number],
          [atom("args"), list([...part.args])],
          [atom("width"), width === null ? NONE : Math.abs(width)],
          [atom("adjust"), atom(width !== null && width < 0 ? "left" : "right")],
          [atom("precision"), precision ?? NONE],
          [atom("pad_char"), pad.codePointAt(0) as number],
          [atom("encoding"), atom(unicode ? "unicode" : "latin1")],
          [atom("strings"), bool(strings)],
        ]),
      );
    }
  }
  return list(terms);
}

export function directiveText({ control, width, precision, pad, unicode, strings }: Directive): string {
  const last = precision === null && pad === " " ? "" : `.${precision ?? ""}${pad === " " ? "" : `.${pad}`}`;
  return `~${width ?? ""}${last}${unicode ? "t" : ""}${strings ? "" : "l"}${control}`;
}

/** What `scan_format/2` gave, or a caller made of it. */
export function partsOf(terms: Term): (string | Scanned)[] {
  const parts: (string | Scanned)[] = [];
  for (const term of listToArray(terms) ?? []) {
    if (!(term instanceof TermMap)) {
      parts.push(chardataText(list([term])) ?? "");
      continue;
    }
    const get = (key: string) => mapGet(term, atom(key));
    const number = (key: string) => {
      const value = get(key);
      return typeof value === "number" ? value : null;
    };
    const width = number("width");
    const directive: Directive = {
      control: String.fromCodePoint(number("control_char") ?? 126),
      width: width !== null && get("adjust") === atom("left") ? -width : width,
      precision: number("precision"),
      pad: String.fromCodePoint(number("pad_char") ?? 32),
      unicode: get("encoding") === atom("unicode"),
      strings: get("strings") !== FALSE,
    };
    parts.push({ directive, args: listToArray(get("args") ?? EMPTY) ?? [] });
  }
  return parts;
}

/** Directives are characters of the format itself: lists and binaries within it are printed as they are. */
export function formatOf(format: Term): string | null {
  if (format instanceof Atom) return format.name;
  if (format instanceof Bitstring) return format.text ?? latin1Text(format.bytes);
  const parts = listToArray(format)?.map((part) => {
    const text = chardataText(list([part]));
    return typeof part === "number" ? text : (text?.replaceAll("~", "~~") ?? null);
  });
  return parts === undefined || parts.includes(null) ? null : parts.join("");
}
