/**
 * `:string`: text by grapheme clusters. What comes in as a binary goes out as one, what comes in as a list as a
 * flat list. Functions on plain lists that Erlang keeps for old code are in the library.
 */
import {
  Atom,
  atom,
  Bitstring,
  badarg,
  binary,
  bool,
  Cons,
  chardataText,
  charlist,
  EMPTY,
  ERROR,
  errorIn,
  FALSE,
  list,
  listToArray,
  parseFloatText,
  parseIntegerText,
  type Raised,
  type Term,
  TRUE,
  tagged,
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

/** A call that no clause takes; Erlang's messages name the function that looked. */
function noClause(name: string, ...args: Term[]): Raised {
  return errorIn("function_clause", "string", name, args);
}

function isChardata(term: Term): boolean {
  return (term instanceof Bitstring && term.isBinary) || term instanceof Cons || term === EMPTY;
}

function read(term: Term, name: string): string {
  const value = isChardata(term) ? chardataText(term) : null;
  if (value === null) throw unreadable(term, name);
  return value;
}

/** The first argument as text, which is what Erlang's errors call it wherever it stands. */
function readPattern(term: Term): string {
  const value = isChardata(term) ? chardataText(term) : null;
  if (value === null) throw badarg("unicode", "characters_to_list", [term]);
  return value;
}

const CHANGES_CASE = /^(upper|lower)case$|^casefold$/;
const SEARCHES = /^(split|replace|find)$/;
/** What looks at its argument itself, with its number of arguments. */
const LOOKS: Record<string, [string, number]> = {
  chomp: ["trim_t", 3],
  trim: ["trim_l", 2],
  lexemes: ["lexemes_m", 3],
  nth_lexeme: ["nth_lexeme_m", 3],
  take: ["take_l", 3],
  titlecase: ["titlecase", 1],
};

/** Why a term is no text: what is at fault is told as the functions of OTP come upon it. */
function unreadable(term: Term, name: string): Raised {
  if (!isChardata(term)) {
    if (CHANGES_CASE.test(name)) return tagged("badarg", term);
    if (SEARCHES.test(name)) return tagged("badmatch", term);
    const looks = LOOKS[name];
    if (looks !== undefined) return noClause(looks[0], term, ...new Array(looks[1] - 1).fill(EMPTY));
  }
  const invalid = firstInvalid(term);
  if (invalid !== null) return tagged("badarg", invalid);
  return errorIn("function_clause", "unicode_util", "cp", [term]);
}

/** The rest of the first binary in a text that is not UTF-8, from where it goes wrong; `null` if there is none. */
function firstInvalid(term: Term): Bitstring | null {
  for (let rest = term; ; rest = rest.tail) {
    if (rest instanceof Bitstring && rest.isBinary) return rest.text === undefined ? invalidRest(rest) : null;
    if (!(rest instanceof Cons)) return null;
    const found = firstInvalid(rest.head);
    if (found !== null) return found;
  }
}

function invalidRest(bits: Bitstring): Bitstring {
  const { bytes } = bits;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let valid = 0;
  for (let end = 1; end <= bytes.length && end <= valid + 4; end++) {
    try {
      decoder.decode(bytes.subarray(valid, end));
      valid = end;
    } catch {}
  }
  return binary(bytes.slice(valid));
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
  if (items === null) throw name === "take" ? badarg("erlang", "length", [term]) : noClause(name, ...args);
  return new Set(
    items.map((item) => (typeof item === "number" ? String.fromCodePoint(item) : read(item, name))),
  );
}

function mapped(name: string, change: (value: string) => string) {
  return (term: Term): Term => like(term, change(read(term, name)));
}

/** Which matches of a split or replacement count. */
function where(term: Term | undefined): "first" | "last" | "all" {
  if (term === undefined || term === LEADING) return "first";
  if (term === TRAILING) return "last";
  if (term === ALL) return "all";
  throw tagged("case_clause", term);
}

function checkDirection(name: string, direction: Term, args: Term[]): void {
  if (
    direction !== LEADING &&
    direction !== TRAILING &&
    (direction !== BOTH || name === "find" || name === "take")
  )
    throw noClause(name, ...args);
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
  const wanted = readPattern(pattern);
  const parts = pieces(read(term, "split"), wanted, where(direction));
  return list(parts.map((part) => like(term, part)));
}

function replace(term: Term, pattern: Term, replacement: Term, direction?: Term): Term {
  const wanted = readPattern(pattern);
  const parts = pieces(read(term, "replace"), wanted, where(direction));
  return list(parts.flatMap((part, i) => (i === 0 ? [like(term, part)] : [replacement, like(term, part)])));
}

function find(term: Term, pattern: Term, direction: Term = LEADING): Term {
  checkDirection("find", direction, [term, pattern, direction]);
  const wanted = readPattern(pattern);
  const value = read(term, "find");
  const [at] = wanted === "" ? [0] : places(value, wanted, where(direction));
  return at === undefined ? NOMATCH : like(term, value.slice(at));
}

const WHITESPACE = new Set([..."\t\n\v\f\r \u0085\u200e\u200f\u2028\u2029", "\r\n"]);

function trim(term: Term, direction: Term = BOTH, characters?: Term): Term {
  const args = [term, direction, characters ?? EMPTY];
  checkDirection("trim", direction, args);
  const set = characters === undefined ? WHITESPACE : clusterSet(characters, "trim", args);
  const all = clusters(read(term, "trim"));
  let from = 0;
  let to = all.length;
  if (direction !== TRAILING) while (from < to && set.has(all[from])) from++;
  if (direction !== LEADING) while (to > from && set.has(all[to - 1])) to--;
  return like(term, all.slice(from, to).join(""));
}

function pad(term: Term, length: Term, direction: Term = TRAILING, character: Term = 32): Term {
  const args = [term, length, direction, character];
  if (typeof length !== "number") throw noClause("pad", ...args);
  checkDirection("pad", direction, args);
  const value = read(term, "pad");
  const missing = Math.max(0, length - clusterCount(value));
  const padding = (count: number): Term => list(new Array(count).fill(character));
  if (direction === LEADING) return list([padding(missing), term]);
  if (direction !== BOTH) return new Cons(term, padding(missing));
  const half = padding(missing >> 1);
  return list([half, term, half, ...(missing % 2 === 1 ? [character] : [])]);
}

function slice(term: Term, start: Term, length?: Term): Term {
  const args = [term, start, ...(length === undefined ? [] : [length])];
  if (typeof start !== "number" || start < 0) throw noClause("slice", ...args);
  const value = read(term, "slice");
  const from = clusterStart(value, start);
  const rest = value.slice(from);
  if (length === undefined || length === atom("infinity")) return like(term, rest);
  if (typeof length !== "number" || length < 0) throw noClause("slice", ...args);
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
  return list(lexemeTexts(read(term, "lexemes"), set).map((part) => like(term, part)));
}

function nthLexeme(term: Term, position: Term, separators: Term): Term {
  const args = [term, position, separators];
  if (typeof position !== "number" || position < 1) throw noClause("nth_lexeme", ...args);
  const found = lexemeTexts(read(term, "nth_lexeme"), clusterSet(separators, "nth_lexeme", args));
  return like(term, found[position - 1] ?? "");
}

function next(name: string, end: (value: string) => number, make: (part: string) => Term) {
  return (term: Term): Term => {
    const invalid = firstInvalid(term);
    if (invalid !== null && invalid.byteLength === (term as Bitstring).byteLength)
      return tuple(ERROR, invalid);
    const value = read(term, name);
    if (value === "") return EMPTY;
    const at = end(value);
    return new Cons(make(value.slice(0, at)), like(term, value.slice(at)));
  };
}

/** The first code point, and what follows it as it stands there: only the lists around the code point are opened. */
function firstPoint(term: Term, name: string, behind: Term = EMPTY): [number, Term] | null {
  if (term instanceof Cons) {
    const { head, tail } = term;
    if (typeof head !== "number") {
      return firstPoint(
        head,
        name,
        tail === EMPTY ? behind : behind === EMPTY ? tail : new Cons(tail, behind),
      );
    }
    if (behind === EMPTY) return [head, tail];
    const isNext = tail === EMPTY && behind instanceof Cons && behind.head instanceof Bitstring;
    if (!isNext) return [head, charlist(read(new Cons(tail, behind), name))];
    return [head, behind.tail === EMPTY ? behind.head : behind];
  }
  if (term !== EMPTY && !(term instanceof Bitstring)) throw unreadable(term, name);
  const value = read(term, name);
  if (value === "") return behind === EMPTY ? null : firstPoint(behind, name);
  const point = value.codePointAt(0) as number;
  const rest = text(value.slice(point > 0xffff ? 2 : 1));
  return [point, behind === EMPTY ? rest : new Cons(rest, behind)];
}

function titlecase(term: Term): Term {
  const first = firstPoint(term, "titlecase");
  if (first === null) return like(term, "");
  const [point, tail] = first;
  const title = capitalize(String.fromCodePoint(point), "default");
  if (term instanceof Bitstring) return text(title + read(tail, "titlecase"));
  const rest = !(tail instanceof Bitstring) ? tail : tail.byteLength === 0 ? EMPTY : list([tail]);
  return list(listToArray(charlist(title)) as Term[], rest);
}

function equal(a: Term, b: Term, ignoreCase: Term = FALSE, form: Term = atom("none")): Term {
  if (ignoreCase !== TRUE && ignoreCase !== FALSE) throw noClause("equal", a, b, ignoreCase);
  if (!(form instanceof Atom) || !/^(none|nfk?[cd])$/.test(form.name))
    throw noClause("equal", a, b, ignoreCase, form);
  const normal = (term: Term) => {
    let value = read(term, "equal");
    if (ignoreCase === TRUE) value = fold(value);
    return form.name === "none" ? value : value.normalize(form.name.toUpperCase());
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
    const value = isChardata(term) ? chardataText(term) : null;
    if (value === null) return tuple(atom("error"), atom("badarg"));
    const found = form.exec(value);
    const result = found === null ? null : parse(found[0]);
    if (found === null || result === null)
      return tuple(atom("error"), atom(name === "to_integer" ? "no_integer" : "no_float"));
    return tuple(result, like(term, value.slice(found[0].length)));
  };
}

function take(term: Term, characters: Term, complement: Term = FALSE, direction: Term = LEADING): Term {
  const args = [term, characters, complement, direction];
  if (complement !== TRUE && complement !== FALSE) throw noClause("take", ...args);
  checkDirection("take", direction, args);
  const set = clusterSet(characters, "take", args);
  const all = clusters(read(term, "take"));
  const wanted = (cluster: string) => set.has(cluster) !== (complement === TRUE);
  let at = direction === TRAILING ? all.length : 0;
  if (direction === TRAILING) while (at > 0 && wanted(all[at - 1])) at--;
  else while (at < all.length && wanted(all[at])) at++;
  return tuple(like(term, all.slice(0, at).join("")), like(term, all.slice(at).join("")));
}

export const erlangString: NativeModule = {
  module: "string",
  functions: {
    "length/1": (term) => clusterCount(read(term, "length")),
    "is_empty/1": (term) => bool(isChardata(term) && chardataText(term) === ""),
    "to_graphemes/1": (term) => list(clusters(read(term, "to_graphemes")).map(clusterTerm)),
    "reverse/1": (term) => list(clusters(read(term, "reverse")).reverse().map(clusterTerm)),
    "uppercase/1": mapped("uppercase", (value) => upcase(value, "default")),
    "lowercase/1": mapped("lowercase", (value) => downcase(value, "default")),
    "titlecase/1": titlecase,
    "casefold/1": mapped("casefold", fold),
    "chomp/1": mapped("chomp", (value) => value.replace(/(\r?\n)+$/, "")),
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
      const start = readPattern(prefix);
      const value = read(term, "prefix");
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
    "next_codepoint/1": (term) => {
      const invalid = term instanceof Bitstring ? firstInvalid(term) : null;
      if (invalid !== null && invalid.byteLength === (term as Bitstring).byteLength)
        return tuple(ERROR, invalid);
      const first = firstPoint(term, "next_codepoint");
      return first === null ? EMPTY : new Cons(...first);
    },
    "to_integer/1": number("to_integer", /^[+-]?\d+/, (digits) => parseIntegerText(digits)),
    "to_float/1": number("to_float", /^[+-]?\d+[.,]\d+(?:[eE][+-]?\d+)?/, (digits) =>
      parseFloatText(digits.replace(",", ".")),
    ),
  },
};
