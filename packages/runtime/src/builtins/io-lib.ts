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
  FALSE,
  Float,
  iodataToBinary,
  isCodePoint,
  list,
  listToArray,
  mapFrom,
  mapGet,
  type Raised,
  shortFloat,
  type Term,
  TermMap,
  Tuple2,
  tuple,
} from "../term/index.ts";
import { latin1Bytes, latin1Text } from "./erlang-text.ts";
import { exponentFloat, fixedFloat, generalFloat } from "./io-lib-float.ts";
import type { NativeModule } from "./native.ts";
import { prettyTerm } from "./term-layout.ts";
import { atomText, isPrintable, octal, printableList, stringText, writeTerm } from "./term-text.ts";

/** One directive of a format: `~F.P.PadModC`. */
interface Directive {
  readonly control: string;
  readonly width: number | null;
  readonly precision: number | null;
  readonly pad: string;
  readonly unicode: boolean;
  /** Whether `p` shows lists of characters as strings. */
  readonly strings: boolean;
}

class BadFormat extends Error {}

/** A directive with the arguments it takes. */
interface Scanned {
  readonly directive: Directive;
  readonly args: readonly Term[];
}

/** How many arguments a directive takes. */
function arity(control: string): number {
  if (control === "~" || control === "n") return 0;
  return control === "W" || control === "P" || control === "x" || control === "X" ? 2 : 1;
}

/** The text of a format and its arguments. Throws `BadFormat` when they do not agree. */
export function formatText(format: string, args: readonly Term[]): string {
  return builtText(scan(format, args));
}

/** As Erlang's results are: what terms and strings are written as stands in lists of its own. */
function formatTerm(format: string, args: readonly Term[]): Term {
  const items: Term[] = [];
  builtText(scan(format, args), (piece, part) => {
    const isNested = typeof part !== "string" && /[swWpP]/.test(part.directive.control);
    if (isNested && !(part.directive.control === "s" && part.args[0] instanceof Atom))
      items.push(charlist(piece));
    else for (const char of piece) items.push(char.codePointAt(0) as number);
  });
  return list(items);
}

function builtText(
  parts: readonly (string | Scanned)[],
  built: (piece: string, part: string | Scanned) => void = () => {},
): string {
  let result = "";
  for (const part of parts) {
    const before = result.length;
    if (typeof part === "string") result += part;
    else {
      let used = 0;
      const take = (): Term => {
        if (used >= part.args.length) throw new BadFormat("too few arguments");
        return part.args[used++];
      };
      result += directive(part.directive, take, columnOf(result));
    }
    built(result.slice(before), part);
  }
  return result;
}

/** Takes a format apart: texts and directives with their arguments. */
function scan(format: string, args: readonly Term[]): (string | Scanned)[] {
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
function scannedTerms(parts: readonly (string | Scanned)[]): Term {
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

function directiveText({ control, width, precision, pad, unicode, strings }: Directive): string {
  const last = precision === null && pad === " " ? "" : `.${precision ?? ""}${pad === " " ? "" : `.${pad}`}`;
  return `~${width ?? ""}${last}${unicode ? "t" : ""}${strings ? "" : "l"}${control}`;
}

/** What `scan_format/2` gave, or a caller made of it. */
function partsOf(terms: Term): (string | Scanned)[] {
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

function columnOf(text: string): number {
  return text.length - text.lastIndexOf("\n");
}

function directive(d: Directive, take: () => Term, column: number): string {
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
      const char = String.fromCodePoint(d.unicode ? Number(point) : Number(BigInt.asUintN(8, BigInt(point))));
      const count = Math.abs(d.precision ?? d.width ?? 1);
      if (d.width !== null && count > Math.abs(d.width))
        throw new BadFormat("more characters than the width");
      return sized(char.repeat(count), d.width, null, d.pad);
    }
    case "s":
      return sized(stringArgument(take(), d.unicode), d.width, d.precision, d.pad);
    case "w":
      return fielded(writeTerm(take(), { unicode: d.unicode, strings: false }), d);
    case "W":
      return fielded(writeTerm(take(), { unicode: d.unicode, strings: false }, depth(take())), d);
    case "p":
      return pretty(take(), d, column, -1);
    case "P": {
      const term = take();
      return pretty(term, d, column, depth(take()));
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

function pretty(term: Term, d: Directive, column: number, most: number): string {
  const indent = d.precision ?? column;
  const options = { unicode: d.unicode, strings: d.strings };
  return prettyTerm(term, indent === 0 ? 1 : indent, d.width ?? 80, options, most);
}

/** Directives are characters of the format itself: lists and binaries within it are printed as they are. */
function formatOf(format: Term): string | null {
  if (format instanceof Atom) return format.name;
  if (format instanceof Bitstring) return format.text ?? latin1Text(format.bytes);
  const parts = listToArray(format)?.map((part) => {
    const text = chardataText(list([part]));
    return typeof part === "number" ? text : (text?.replaceAll("~", "~~") ?? null);
  });
  return parts === undefined || parts.includes(null) ? null : parts.join("");
}

function format(name: string) {
  return (template: Term, args: Term): Term => {
    const bad = (): Raised => badarg("io_lib", name, [template, args]);
    const text = formatOf(template);
    const items = listToArray(args);
    if (text === null || items === null) throw bad();
    try {
      return formatTerm(text, items);
    } catch (error) {
      if (error instanceof BadFormat) throw bad();
      throw error;
    }
  };
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
    "format/3": (template, args) => format("format")(template, args),
    "fwrite/3": (template, args) => format("fwrite")(template, args),
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
    "build_text/1": (terms) => {
      try {
        return charlist(builtText(partsOf(terms)));
      } catch (error) {
        if (!(error instanceof BadFormat)) throw error;
        throw badarg("io_lib", "build_text", [terms]);
      }
    },
    "write/1": (term) => charlist(writeTerm(term)),
    "write/2": (term, options) => {
      if (typeof options === "number") return charlist(writeTerm(term, LATIN, options));
      const of = (key: string): Term | undefined =>
        listToArray(options)
          ?.filter((item) => item instanceof Tuple2)
          .find(({ a }) => a === atom(key))?.b;
      const unicode = of("encoding") !== undefined && of("encoding") !== atom("latin1");
      const limit = of("depth");
      return charlist(writeTerm(term, unicode ? UNICODE : LATIN, typeof limit === "number" ? limit : -1));
    },
    "print/1": (term) => charlist(prettyTerm(term, 1, 80, { unicode: false, strings: true })),
    "print/4": (term, column, width, limit) => {
      const options = { unicode: false, strings: true };
      return charlist(
        prettyTerm(term, column as number, width as number, options, typeof limit === "number" ? limit : -1),
      );
    },
    "write_atom/1": (term) => charlist(atomText((term as Atom).name)),
    "write_atom_as_latin1/1": (term) => charlist(atomText((term as Atom).name, false)),
    "write_string/1": (term) => charlist(stringText(chardataText(term) ?? "")),
    "write_latin1_string/1": (term) => charlist(stringText(chardataText(term) ?? "", false)),
    "write_char/1": (point) => charlist(`$${writeCharacter(point as number)}`),
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

function writeCharacter(point: number): string {
  if (point === 32) return "\\s";
  if (!isPrintable(point, true)) return octal(point);
  return stringText(String.fromCodePoint(point)).slice(1, -1);
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
