/** `:io_lib`: format strings, and terms as text. Results are character lists, as Erlang's mostly are. */
import {
  Atom,
  atom,
  Bitstring,
  badarg,
  bool,
  Cons,
  chardataText,
  charlist,
  charlistText,
  EMPTY,
  eachLeaf,
  errorIn,
  Float,
  iodataToBinary,
  isCodePoint,
  list,
  listToArray,
  type Raised,
  shortFloat,
  type Term,
  Tuple2,
  tuple,
} from "../term/index.ts";
import { latin1Bytes, latin1Text } from "./erlang-text.ts";
import { exponentFloat, fixedFloat, generalFloat } from "./io-lib-float.ts";
import {
  BadFormat,
  type Directive,
  directiveText,
  formatOf,
  partsOf,
  type Scanned,
  scan,
  scannedTerms,
} from "./io-lib-scan.ts";
import type { NativeModule } from "./native.ts";
import { prettyTerm } from "./term-layout.ts";
import { limitedTerm } from "./term-pieces.ts";
import { atomText, isPrintable, octal, printableList, stringText, writeTerm } from "./term-text.ts";

/** The text of a format and its arguments. Throws `BadFormat` when they do not agree. */
export function formatText(format: string, args: readonly Term[]): string {
  return builtText(scan(format, args));
}

/** Stands for the number of a `~tc` that is no character, which a list may have all the same. */
const UNFIT = "\ufffd";

/** As Erlang's results are: what terms and strings are written as stands in lists of its own. */
function formatTerm(format: string, args: readonly Term[], limit: number): Term {
  const items: Term[] = [];
  builtText(scan(format, args), limit, (piece, part) => {
    const isNested = typeof part !== "string" && /[swWpP]/.test(part.directive.control);
    if (isNested && !(part.directive.control === "s" && part.args[0] instanceof Atom))
      items.push(charlist(piece));
    else {
      const given = typeof part !== "string" && part.directive.control === "c" ? part.args[0] : null;
      for (const char of piece)
        items.push(char === UNFIT && given !== null ? given : (char.codePointAt(0) as number));
    }
  });
  return list(items);
}

/** What shares the characters that the rest of a limited text leaves. */
function isLimited(part: string | Scanned): part is Scanned {
  if (typeof part === "string") return false;
  const { control } = part.directive;
  return /[wWpP]/.test(control) || (control === "s" && !(part.args[0] instanceof Atom));
}

/** The characters that are left are divided anew before each of those that share them. */
function builtText(
  parts: readonly (string | Scanned)[],
  limit = -1,
  built: (piece: string, part: string | Scanned) => void = () => {},
): string {
  const small = parts.map((part) => (isLimited(part) ? null : smallText(part)));
  let sharing = small.filter((text) => text === null).length;
  let left = small.reduce((rest, text) => less(rest, text === null ? 0 : [...text].length), limit);
  let result = "";
  parts.forEach((part, i) => {
    let text = small[i];
    if (text === null) {
      const chars = left < 0 ? left : Math.trunc(left / sharing--);
      text = directiveOf(part as Scanned, columnOf(result), chars);
      left = less(left, [...text].length);
    }
    result += text;
    built(text, part);
  });
  return result;
}

const less = (chars: number, used: number): number => (chars < 0 ? chars : Math.max(0, chars - used));

function smallText(part: string | Scanned): string {
  return typeof part === "string" ? part : directiveOf(part, 1, -1);
}

function directiveOf(part: Scanned, column: number, chars: number): string {
  let used = 0;
  const take = (): Term => {
    if (used >= part.args.length) throw new BadFormat("too few arguments");
    return part.args[used++];
  };
  return directive(part.directive, take, column, chars);
}

function columnOf(text: string): number {
  return text.length - text.lastIndexOf("\n");
}

function directive(d: Directive, take: () => Term, column: number, chars: number): string {
  switch (d.control) {
    case "~":
      return "~".repeat(d.width ?? 1);
    case "n":
      return "\n".repeat(d.width ?? 1);
    case "i":
      take();
      return "";
    case "c": {
      const point = integer(take());
      const number = Number(d.unicode ? point : BigInt.asUintN(8, BigInt(point)));
      const char = number >= 0 && number <= 0x10ffff ? String.fromCodePoint(number) : UNFIT;
      const count = Math.abs(d.precision ?? d.width ?? 1);
      if (d.width !== null && count > Math.abs(d.width))
        throw new BadFormat("more characters than the width");
      return sized(char.repeat(count), d.width, null, d.pad);
    }
    case "s":
      return limitedString(stringArgument(take(), d.unicode), d, chars);
    case "w":
      return fielded(limitedTerm(take(), { unicode: d.unicode, strings: false }, -1, chars), d);
    case "W":
      return fielded(limitedTerm(take(), { unicode: d.unicode, strings: false }, depth(take()), chars), d);
    case "p":
      return pretty(take(), d, column, -1, chars);
    case "P": {
      const term = take();
      return pretty(term, d, column, depth(take()), chars);
    }
    case "e":
      if (d.precision !== null && d.precision < 2) throw new BadFormat("too few digits");
      return fielded(exponentFloat(float(take()), d.precision ?? 6), d);
    case "f":
      if (d.precision === 0) throw new BadFormat("~f wants a decimal");
      return fielded(fixedFloat(float(take()), d.precision ?? 6), d);
    case "g":
      return fielded(generalFloat(float(take()), d.precision ?? 6), d);
    case "b":
      return fielded(integer(take()).toString(base(d)), d);
    case "B":
      return fielded(integer(take()).toString(base(d)).toUpperCase(), d);
    case "+":
    case "#": {
      const value = integer(take());
      const digits = (value < 0 ? -value : value).toString(base(d));
      const shown = `${base(d)}#${d.control === "#" ? digits.toUpperCase() : digits}`;
      return fielded(value < 0 ? `-${shown}` : shown, d);
    }
    case "x":
    case "X": {
      const value = integer(take());
      const prefix = take();
      const lead = prefix instanceof Atom ? prefix.name : charlistText(prefix);
      if (lead === null || lead === undefined) throw new BadFormat("~x wants a prefix");
      const digits = (value < 0 ? -value : value).toString(base(d));
      return fielded(`${value < 0 ? "-" : ""}${lead}${d.control === "X" ? digits.toUpperCase() : digits}`, d);
    }
  }
  throw new BadFormat(`no directive ~${d.control}`);
}

function base(d: Directive): number {
  const value = d.precision ?? 10;
  if (value < 2 || value > 36) throw new BadFormat(`no base ${value}`);
  return value;
}

function depth(term: Term): number {
  if (typeof term !== "number") throw new BadFormat("a depth is no integer");
  return term;
}

function integer(term: Term): number | bigint {
  if (typeof term !== "number" && typeof term !== "bigint") throw new BadFormat("an integer is wanted");
  return term;
}

function float(term: Term): number {
  if (term instanceof Float) return term.value;
  throw new BadFormat("a float is wanted");
}

function stringArgument(term: Term, unicode: boolean): string {
  if (term instanceof Atom && (unicode || latin1Bytes(term.name) !== null)) return term.name;
  if (unicode) {
    const value = chardataText(term);
    if (value !== null) return value;
    throw new BadFormat("~ts wants text");
  }
  const bytes =
    term instanceof Bitstring || term instanceof Cons || term === EMPTY ? iodataToBinary(term) : null;
  if (bytes === null) throw new BadFormat("~s wants bytes");
  return latin1Text(bytes.bytes);
}

/** Of a string that is too long the beginning and dots; its field is no wider than what may be used, but has room for dots. */
function limitedString(value: string, d: Directive, chars: number): string {
  if (chars < 0) return sized(value, d.width, d.precision, d.pad);
  const width =
    d.width === null ? null : Math.sign(d.width) * Math.max(3, Math.min(Math.abs(d.width), chars));
  const all = [...value];
  const most = Math.max(0, chars - 3);
  const isCut = all.length > most + 3 && !(d.width !== null && chars >= Math.abs(d.width));
  return sized(isCut ? `${all.slice(0, most).join("")}...` : value, width, d.precision, d.pad);
}

/** Strings are cut at the precision and padded or cut to the width; a negative width aligns left. */
function sized(value: string, width: number | null, precision: number | null, pad: string): string {
  if (precision !== null && (precision < 0 || (width !== null && precision > Math.abs(width))))
    throw new BadFormat("the precision is negative, or greater than the width");
  const limit = precision ?? (width === null ? null : Math.abs(width));
  let chars = [...value];
  if (limit !== null && chars.length > limit) chars = chars.slice(0, limit);
  if (limit !== null && precision !== null && chars.length < precision && precision !== Math.abs(width ?? 0))
    chars.push(...pad.repeat(precision - chars.length));
  const text = chars.join("");
  if (width === null) return text;
  const missing = Math.abs(width) - chars.length;
  if (missing <= 0) return chars.slice(0, Math.abs(width)).join("");
  return width < 0 ? text + pad.repeat(missing) : pad.repeat(missing) + text;
}

/** Terms and numbers that do not fit in the width are shown as stars. */
function fielded(value: string, d: Directive): string {
  if (d.width === null) return value;
  const width = Math.abs(d.width);
  if (value.length > width) return "*".repeat(width);
  return d.width < 0 ? value.padEnd(width, d.pad) : value.padStart(width, d.pad);
}

function pretty(term: Term, d: Directive, column: number, most: number, chars: number): string {
  const indent = d.precision ?? column;
  const options = { unicode: d.unicode, strings: d.strings };
  return prettyTerm(term, indent === 0 ? 1 : indent, d.width ?? 80, options, most, chars);
}

function format(name: string) {
  return (template: Term, args: Term, options: Term = EMPTY): Term => {
    const bad = (): Raised => badarg("io_lib", name, [template, args]);
    const text = formatOf(template);
    const items = listToArray(args);
    if (text === null || items === null) throw bad();
    try {
      return formatTerm(text, items, charsLimit(options));
    } catch (error) {
      if (error instanceof BadFormat) throw bad();
      throw error;
    }
  };
}

function buildText(terms: Term, options: Term): Term {
  try {
    return charlist(builtText(partsOf(terms), charsLimit(options)));
  } catch (error) {
    if (!(error instanceof BadFormat)) throw error;
    throw badarg("io_lib", "build_text", [terms]);
  }
}

function option(options: Term, key: string): Term | undefined {
  const pairs = listToArray(options)?.filter((item) => item instanceof Tuple2);
  return pairs?.find(({ a }) => a === atom(key))?.b;
}

function charsLimit(options: Term): number {
  const limit = option(options, "chars_limit");
  return typeof limit === "number" ? limit : -1;
}

function isCharList(term: Term, unicode: boolean): boolean {
  while (term instanceof Cons) {
    const { head } = term;
    if (typeof head !== "number" || (unicode ? !isCodePoint(head) : head < 0 || head > 255)) return false;
    term = term.tail;
  }
  return term === EMPTY;
}

function isDeepCharList(term: Term, unicode: boolean): boolean {
  return (
    (term instanceof Cons || term === EMPTY) &&
    eachLeaf(
      term,
      (item, isTail) => typeof item === "number" && !isTail && (unicode ? isCodePoint(item) : item <= 255),
    )
  );
}

function printable(unicode: boolean) {
  return (term: Term): Term => bool(term === EMPTY || printableList(term, unicode) !== null);
}

const UNICODE = { unicode: true, strings: false };
const LATIN = { unicode: false, strings: false };

export const ioLib: NativeModule = {
  module: "io_lib",
  functions: {
    "format/2": format("format"),
    "fwrite/2": format("fwrite"),
    "format/3": format("format"),
    "fwrite/3": format("fwrite"),
    "scan_format/2": (template, args) => {
      const text = formatOf(template);
      const items = listToArray(args);
      try {
        if (text !== null && items !== null) return scannedTerms(scan(text, items));
      } catch (error) {
        if (!(error instanceof BadFormat)) throw error;
      }
      throw badarg("io_lib", "scan_format", [template, args]);
    },
    "unscan_format/1": (terms) => {
      let text = "";
      const args: Term[] = [];
      for (const part of partsOf(terms)) {
        if (typeof part === "string") text += part;
        else {
          text += directiveText(part.directive);
          args.push(...part.args);
        }
      }
      return tuple(charlist(text), list(args));
    },
    "build_text/1": (terms) => buildText(terms, EMPTY),
    "build_text/2": buildText,
    "write/1": (term) => charlist(writeTerm(term)),
    "write/2": (term, options) => {
      if (typeof options === "number") return charlist(writeTerm(term, LATIN, options));
      const encoding = option(options, "encoding");
      const isUnicode = encoding !== undefined && encoding !== atom("latin1");
      const limit = option(options, "depth");
      const most = typeof limit === "number" ? limit : -1;
      return charlist(limitedTerm(term, isUnicode ? UNICODE : LATIN, most, charsLimit(options)));
    },
    "print/1": (term) => charlist(prettyTerm(term, 1, 80, { unicode: false, strings: true })),
    "print/4": (term, column, width, limit) => {
      const count = (of: Term, reason: string) => {
        if (typeof of === "number" || typeof of === "bigint") return Number(of);
        if (of instanceof Float) return of.value;
        throw errorIn(reason, "io_lib", "print", [term, column, width, limit]);
      };
      const [from, to] = [count(column, "function_clause"), count(width, "badarith")];
      return charlist(
        prettyTerm(term, Math.max(from, 1), to, { unicode: false, strings: true }, count(limit, "badarith")),
      );
    },
    "write_atom/1": (term) => charlist(atomText(nameOf(term))),
    "write_atom_as_latin1/1": (term) => charlist(atomText(nameOf(term), false)),
    "write_string/1": (term) => quotedString(term, "unicode"),
    "write_string_as_latin1/1": (term) => quotedString(term, "unicode_as_latin1"),
    "write_latin1_string/1": (term) => quotedString(term, "latin1"),
    "write_char/1": (term) => characterOf(term, "write_char"),
    "write_char_as_latin1/1": (term) => characterOf(term, "write_char_as_latin1", false),
    "write_latin1_char/1": (term) => characterOf(term, "write_latin1_char", false, 0xff),
    "nl/0": () => charlist("\n"),
    "char_list/1": (term) => bool(isCharList(term, true)),
    "latin1_char_list/1": (term) => bool(isCharList(term, false)),
    "deep_char_list/1": (term) => bool(isDeepCharList(term, true)),
    "deep_latin1_char_list/1": (term) => bool(isDeepCharList(term, false)),
    "printable_list/1": printable(false),
    "printable_unicode_list/1": printable(true),
    "printable_latin1_list/1": printable(false),
  },
};

function nameOf(term: Term): string {
  if (!(term instanceof Atom)) throw badarg("erlang", "atom_to_list", [term]);
  return term.name;
}

function quotedString(term: Term, encoding: "unicode" | "unicode_as_latin1" | "latin1"): Term {
  const value = charlistText(term);
  if (value === null || (encoding === "latin1" && /[^\0-\xff]/u.test(value)))
    throw errorIn("function_clause", "io_lib", "write_string1", [atom(encoding), term, 34]);
  return charlist(stringText(value, encoding === "unicode"));
}

function characterOf(term: Term, name: string, unicode = true, last = 0x10ffff): Term {
  if (typeof term !== "number" || !(isCodePoint(term) && term <= last))
    throw errorIn("function_clause", "io_lib", name, [term]);
  return charlist(`$${characterText(term, unicode)}`);
}

function characterText(point: number, unicode: boolean): string {
  if (point === 32) return unicode ? "\\s" : " ";
  if (point === 34) return '"';
  if (point === 127) return "\\d";
  if (!isPrintable(point, unicode) && point <= 0xff) return octal(point);
  return stringText(String.fromCodePoint(point), unicode).slice(1, -1);
}

/** Floats as `:io_lib_format` writes them, for code that calls it directly. */
export const ioLibFormat: NativeModule = {
  module: "io_lib_format",
  functions: {
    "fwrite_g/1": (term) => {
      if (!(term instanceof Float)) throw badarg("io_lib_format", "fwrite_g", [term]);
      return charlist(shortFloat(term.value));
    },
  },
};
