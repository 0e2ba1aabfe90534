/**
 * `:string`: text by grapheme clusters. What comes in as a binary goes out as one, what comes in as a list as a
 * flat list. Functions on plain lists that Erlang keeps for old code are at the end.
 */
import {
  atom,
  Bitstring,
  badarg,
  bool,
  Cons,
  chardataText,
  charlist,
  EMPTY,
  list,
  listToArray,
  parseFloatText,
  parseIntegerText,
  type Raised,
  type Term,
  TRUE,
  text,
  tuple,
} from "../term/index.ts";
import { clusterCount, clusterEnd, clusterStart, clusters } from "./graphemes.ts";
import { capitalize, downcase, upcase } from "./letter-case.ts";
import type { NativeModule } from "./native.ts";

const LEADING = atom("leading");
const TRAILING = atom("trailing");
const BOTH = atom("both");
const ALL = atom("all");
const NOMATCH = atom("nomatch");

function bad(name: string, ...args: Term[]): Raised {
  return badarg("string", name, args);
}

function read(term: Term, name: string, ...args: Term[]): string {
  const value =
    term instanceof Bitstring || term instanceof Cons || term === EMPTY ? chardataText(term) : null;
  if (value === null) throw bad(name, ...(args.length > 0 ? args : [term]));
  return value;
}

/** Text in the form of the argument that it was made from. */
function like(term: Term, value: string): Term {
  return term instanceof Bitstring ? text(value) : charlist(value);
}

/** A cluster as Erlang has it in lists: one code point, or a list of them. */
function clusterTerm(cluster: string): Term {
  const points = [...cluster];
  return points.length === 1 ? (cluster.codePointAt(0) as number) : charlist(cluster);
}

/** The clusters that a list of separators names. */
function clusterSet(term: Term, name: string, args: Term[]): Set<string> {
  const items = listToArray(term);
  if (items === null) throw bad(name, ...args);
  return new Set(
    items.map((item) => (typeof item === "number" ? String.fromCodePoint(item) : read(item, name, ...args))),
  );
}

function mapped(name: string, change: (value: string) => string) {
  return (term: Term): Term => like(term, change(read(term, name)));
}

/** Which matches of a split or replacement count. */
function where(term: Term | undefined, name: string, args: Term[]): "first" | "last" | "all" {
  if (term === undefined || term === LEADING) return "first";
  if (term === TRAILING) return "last";
  if (term === ALL) return "all";
  throw bad(name, ...args);
}

/** Where the pattern is found and no cluster goes on behind it; matches that overlap count where only the last is wanted. */
function places(value: string, pattern: string, which: "first" | "last" | "all"): number[] {
  const isSimple = /^[ -~\t\n]*$/.test(value);
  const edges = new Set([0]);
  let edge = 0;
  if (!isSimple)
    for (const cluster of clusters(value)) {
      edge += cluster.length;
      edges.add(edge);
    }
  const found: number[] = [];
  let at = value.indexOf(pattern);
  while (at >= 0) {
    const isWhole = isSimple || edges.has(at + pattern.length);
    if (isWhole) found.push(at);
    if (isWhole && which === "first") break;
    at = value.indexOf(pattern, isWhole && which === "all" ? at + pattern.length : at + 1);
  }
  return which === "last" ? found.slice(-1) : found;
}

function pieces(value: string, pattern: string, which: "first" | "last" | "all"): string[] {
  if (pattern === "") return [value];
  const parts: string[] = [];
  let done = 0;
  for (const at of places(value, pattern, which)) {
    parts.push(value.slice(done, at));
    done = at + pattern.length;
  }
  return [...parts, value.slice(done)];
}

function split(term: Term, pattern: Term, direction?: Term): Term {
  const args = [term, pattern, ...(direction === undefined ? [] : [direction])];
  const parts = pieces(
    read(term, "split", ...args),
    read(pattern, "split", ...args),
    where(direction, "split", args),
  );
  return list(parts.map((part) => like(term, part)));
}

function replace(term: Term, pattern: Term, replacement: Term, direction?: Term): Term {
  const args = [term, pattern, replacement, ...(direction === undefined ? [] : [direction])];
  const value = read(term, "replace", ...args);
  const parts = pieces(value, read(pattern, "replace", ...args), where(direction, "replace", args));
  return list(parts.flatMap((part, i) => (i === 0 ? [like(term, part)] : [replacement, like(term, part)])));
}

function find(term: Term, pattern: Term, direction?: Term): Term {
  const args = [term, pattern, ...(direction === undefined ? [] : [direction])];
  const value = read(term, "find", ...args);
  const wanted = read(pattern, "find", ...args);
  const which = where(direction, "find", args);
  const [at] = wanted === "" ? [0] : places(value, wanted, which === "all" ? "first" : which);
  return at === undefined ? NOMATCH : like(term, value.slice(at));
}

const WHITESPACE = new Set([..."\t\n\v\f\r \u0085\u200e\u200f\u2028\u2029", "\r\n"]);

function trim(term: Term, direction: Term = BOTH, characters?: Term): Term {
  const args = [term, direction, ...(characters === undefined ? [] : [characters])];
  const set = characters === undefined ? WHITESPACE : clusterSet(characters, "trim", args);
  const all = clusters(read(term, "trim", ...args));
  let from = 0;
  let to = all.length;
  if (direction !== TRAILING) while (from < to && set.has(all[from])) from++;
  if (direction !== LEADING) while (to > from && set.has(all[to - 1])) to--;
  return like(term, all.slice(from, to).join(""));
}

function pad(term: Term, length: Term, direction: Term = TRAILING, character: Term = 32): Term {
  const args = [term, length, direction, character];
  const value = read(term, "pad", ...args);
  if (typeof length !== "number") throw bad("pad", ...args);
  const missing = Math.max(0, length - clusterCount(value));
  const padding = (count: number): Term => list(new Array(count).fill(character));
  if (direction === LEADING) return list([padding(missing), term]);
  if (direction !== BOTH) return new Cons(term, padding(missing));
  const half = padding(missing >> 1);
  return list([half, term, half, ...(missing % 2 === 1 ? [character] : [])]);
}

function slice(term: Term, start: Term, length?: Term): Term {
  const args = [term, start, ...(length === undefined ? [] : [length])];
  const value = read(term, "slice", ...args);
  if (typeof start !== "number" || start < 0) throw bad("slice", ...args);
  const from = clusterStart(value, start);
  const rest = value.slice(from);
  if (length === undefined || length === atom("infinity")) return like(term, rest);
  if (typeof length !== "number" || length < 0) throw bad("slice", ...args);
  return like(term, rest.slice(0, clusterStart(rest, length)));
}

/** The parts between separators, empty ones left out. */
function lexemeTexts(value: string, separators: Set<string>): string[] {
  const found: string[] = [];
  let current = "";
  for (const cluster of clusters(value)) {
    if (!separators.has(cluster)) current += cluster;
    else if (current !== "") {
      found.push(current);
      current = "";
    }
  }
  if (current !== "") found.push(current);
  return found;
}

function lexemes(term: Term, separators: Term): Term {
  const args = [term, separators];
  const set = clusterSet(separators, "lexemes", args);
  return list(lexemeTexts(read(term, "lexemes", ...args), set).map((part) => like(term, part)));
}

/** What the older function splits are code points, not clusters. */
function tokens(term: Term, separators: Term): Term {
  const set = new Set(read(separators, "tokens", term, separators));
  const found: string[] = [];
  let isOpen = false;
  for (const char of read(term, "tokens", term, separators)) {
    if (set.has(char)) isOpen = false;
    else if (isOpen) found[found.length - 1] += char;
    else {
      found.push(char);
      isOpen = true;
    }
  }
  return list(found.map((part) => like(term, part)));
}

function nthLexeme(term: Term, position: Term, separators: Term): Term {
  const args = [term, position, separators];
  const found = lexemeTexts(read(term, "nth_lexeme", ...args), clusterSet(separators, "nth_lexeme", args));
  return like(term, found[(position as number) - 1] ?? "");
}

function next(name: string, end: (value: string) => number, make: (part: string) => Term) {
  return (term: Term): Term => {
    const value = read(term, name);
    if (value === "") return EMPTY;
    const at = end(value);
    return new Cons(make(value.slice(0, at)), like(term, value.slice(at)));
  };
}

function equal(a: Term, b: Term, ignoreCase: Term = atom("false"), form: Term = atom("none")): Term {
  const normal = (term: Term) => {
    let value = read(term, "equal", a, b);
    if (ignoreCase === TRUE) value = fold(value);
    return form === atom("none") ? value : value.normalize((form as { name: string }).name?.toUpperCase());
  };
  return bool(normal(a) === normal(b));
}

/** Letters that folding leaves as they are, or, as those of Cherokee, makes large; the sharp S becomes two letters. */
const FOLDED_OTHERWISE = /[\u0131\u1e9e\u13a0-\u13fd\uab70-\uabbf]/g;

function fold(value: string): string {
  const usual = (text: string): string => downcase(upcase(text, "default"), "default");
  let folded = "";
  let done = 0;
  for (const { 0: letter, index } of value.matchAll(FOLDED_OTHERWISE)) {
    folded += usual(value.slice(done, index));
    folded += letter === "\u0131" ? letter : letter === "\u1e9e" ? "ss" : letter.toUpperCase();
    done = index + 1;
  }
  return folded + usual(value.slice(done));
}

/** The longest start that is a number, and what follows it. */
function number(name: string, form: RegExp, parse: (digits: string) => Term | null) {
  return (term: Term): Term => {
    const value =
      term instanceof Bitstring || term instanceof Cons || term === EMPTY ? chardataText(term) : null;
    if (value === null) return tuple(atom("error"), atom("badarg"));
    const found = form.exec(value);
    const result = found === null ? null : parse(found[0]);
    if (found === null || result === null)
      return tuple(atom("error"), atom(name === "to_integer" ? "no_integer" : "no_float"));
    return tuple(result, like(term, value.slice(found[0].length)));
  };
}

function take(
  term: Term,
  characters: Term,
  complement: Term = atom("false"),
  direction: Term = LEADING,
): Term {
  const args = [term, characters, complement, direction];
  const set = clusterSet(characters, "take", args);
  const all = clusters(read(term, "take", ...args));
  const wanted = (cluster: string) => set.has(cluster) !== (complement === TRUE);
  let at = direction === TRAILING ? all.length : 0;
  if (direction === TRAILING) while (at > 0 && wanted(all[at - 1])) at--;
  else while (at < all.length && wanted(all[at])) at++;
  return tuple(like(term, all.slice(0, at).join("")), like(term, all.slice(at).join("")));
}

// -- For plain lists

function index(name: string, search: (value: string, wanted: string) => number) {
  return (a: Term, b: Term): Term => {
    const wanted = typeof b === "number" ? String.fromCodePoint(b) : read(b, name, a, b);
    return search(read(a, name, a, b), wanted) + 1;
  };
}

function substr(term: Term, start: Term, length?: Term): Term {
  const points = [...read(term, "substr")];
  const from = (start as number) - 1;
  return charlist(points.slice(from, length === undefined ? undefined : from + (length as number)).join(""));
}

function stripped(term: Term, side: Term = BOTH, character: Term = 32): Term {
  const direction = side === atom("left") ? LEADING : side === atom("right") ? TRAILING : BOTH;
  return trim(term, direction, list([character]));
}

function aligned(where: "left" | "right" | "centre") {
  return (term: Term, width: Term, character: Term = 32): Term => {
    const points = [...read(term, where)];
    const missing = (width as number) - points.length;
    const fill = String.fromCodePoint(character as number);
    if (where === "left")
      return charlist(
        missing >= 0 ? points.join("") + fill.repeat(missing) : points.slice(0, width as number).join(""),
      );
    if (where === "right")
      return charlist(
        missing >= 0 ? fill.repeat(missing) + points.join("") : points.slice(-missing).join(""),
      );
    if (missing < 0)
      return charlist(points.slice(-missing >> 1, (-missing >> 1) + (width as number)).join(""));
    const before = missing >> 1;
    return charlist(fill.repeat(before) + points.join("") + fill.repeat(missing - before));
  };
}

export const erlangString: NativeModule = {
  module: "string",
  functions: {
    "length/1": (term) => clusterCount(read(term, "length")),
    "is_empty/1": (term) => bool(read(term, "is_empty") === ""),
    "to_graphemes/1": (term) => list(clusters(read(term, "to_graphemes")).map(clusterTerm)),
    "reverse/1": (term) => list(clusters(read(term, "reverse")).reverse().map(clusterTerm)),
    "uppercase/1": mapped("uppercase", (value) => upcase(value, "default")),
    "lowercase/1": mapped("lowercase", (value) => downcase(value, "default")),
    "titlecase/1": mapped("titlecase", (value) => {
      const end = value === "" ? 0 : clusterEnd(value, 0);
      return capitalize(value.slice(0, end), "default") + value.slice(end);
    }),
    "casefold/1": mapped("casefold", fold),
    "chomp/1": mapped("chomp", (value) => value.replace(/[\r\n]+$/, "")),
    "trim/1": (term) => trim(term),
    "trim/2": (term, direction) => trim(term, direction),
    "trim/3": trim,
    "pad/2": (term, length) => pad(term, length),
    "pad/3": (term, length, direction) => pad(term, length, direction),
    "pad/4": pad,
    "slice/2": (term, start) => slice(term, start),
    "slice/3": slice,
    "split/2": (term, pattern) => split(term, pattern),
    "split/3": split,
    "replace/3": (term, pattern, replacement) => replace(term, pattern, replacement),
    "replace/4": replace,
    "find/2": (term, pattern) => find(term, pattern),
    "find/3": find,
    "prefix/2": (term, prefix) => {
      const value = read(term, "prefix", term, prefix);
      const start = read(prefix, "prefix", term, prefix);
      const isPrefix = start === "" || (value.startsWith(start) && places(value, start, "first")[0] === 0);
      return isPrefix ? like(term, value.slice(start.length)) : NOMATCH;
    },
    "equal/2": (a, b) => equal(a, b),
    "equal/3": (a, b, ignoreCase) => equal(a, b, ignoreCase),
    "equal/4": equal,
    "lexemes/2": lexemes,
    "nth_lexeme/3": nthLexeme,
    "take/2": (term, characters) => take(term, characters),
    "take/3": (term, characters, complement) => take(term, characters, complement),
    "take/4": take,
    "next_grapheme/1": next("next_grapheme", (value) => clusterEnd(value, 0), clusterTerm),
    "next_codepoint/1": next(
      "next_codepoint",
      (value) => ((value.codePointAt(0) as number) > 0xffff ? 2 : 1),
      (part) => part.codePointAt(0) as number,
    ),
    "to_integer/1": number("to_integer", /^[+-]?\d+/, (digits) => parseIntegerText(digits)),
    "to_float/1": number("to_float", /^[+-]?\d+\.\d+(?:[eE][+-]?\d+)?/, parseFloatText),
    "len/1": (term) => [...read(term, "len")].length,
    "concat/2": (a, b) => charlist(read(a, "concat", a, b) + read(b, "concat", a, b)),
    "str/2": index("str", (value, wanted) => value.indexOf(wanted)),
    "rstr/2": index("rstr", (value, wanted) => value.lastIndexOf(wanted)),
    "chr/2": index("chr", (value, wanted) => value.indexOf(wanted)),
    "rchr/2": index("rchr", (value, wanted) => value.lastIndexOf(wanted)),
    "substr/2": (term, start) => substr(term, start),
    "substr/3": substr,
    "sub_string/2": (term, start) => substr(term, start),
    "sub_string/3": (term, start, stop) => substr(term, start, (stop as number) - (start as number) + 1),
    "tokens/2": tokens,
    "join/2": (parts, separator) => {
      const items = listToArray(parts);
      if (items === null) throw bad("join", parts, separator);
      return charlist(
        items
          .map((item) => read(item, "join", parts, separator))
          .join(read(separator, "join", parts, separator)),
      );
    },
    "copies/2": (term, count) => charlist(read(term, "copies").repeat(count as number)),
    "chars/2": (character, count) =>
      charlist(String.fromCodePoint(character as number).repeat(count as number)),
    "words/1": (term) => lexemeTexts(read(term, "words"), new Set([" "])).length,
    "strip/1": (term) => stripped(term),
    "strip/2": (term, side) => stripped(term, side),
    "strip/3": stripped,
    "left/2": aligned("left"),
    "left/3": aligned("left"),
    "right/2": aligned("right"),
    "right/3": aligned("right"),
    "centre/2": aligned("centre"),
    "centre/3": aligned("centre"),
    "to_upper/1": (term) =>
      typeof term === "number"
        ? (upcase(String.fromCodePoint(term), "default").codePointAt(0) as number)
        : charlist(upcase(read(term, "to_upper"), "default")),
    "to_lower/1": (term) =>
      typeof term === "number"
        ? (downcase(String.fromCodePoint(term), "default").codePointAt(0) as number)
        : charlist(downcase(read(term, "to_lower"), "default")),
  },
};
