/** `:re`: running, replacing and splitting by Perl-compatible patterns. */

import { runTask, type Task } from "../process/task.ts";
import {
  Atom,
  atom,
  Bitstring,
  badarg,
  binary,
  Cons,
  chardataText,
  charlist,
  charlistText,
  EMPTY,
  EMPTY_BINARY,
  ERROR,
  error,
  iodataToBinary,
  list,
  listToArray,
  type Raised,
  type Term,
  Tuple,
  text,
  tuple,
} from "../term/index.ts";
import { latin1Bytes } from "./erlang-text.ts";
import type { NativeModule } from "./native.ts";
import { Matcher, type Range, Subject } from "./re-match.ts";
import {
  bytesText,
  COMPILE_ONLY,
  type Compiled,
  compile,
  compileKey,
  isCompiled,
  prepare,
  sourceText,
} from "./re-pattern.ts";

const INFINITY = atom("infinity");
const NOMATCH = atom("nomatch");
const MATCH = atom("match");
const MATCH_LIMIT = atom("match_limit");
const REPORT_ERRORS = atom("report_errors");

// -- Running

type Type = "index" | "list" | "binary";

/** Which groups are given back; `null` gives all up to the last that took part. */
interface Capture {
  readonly groups: readonly number[] | null;
  readonly from: number;
  readonly type: Type;
}

const ALL: Capture = { groups: null, from: 0, type: "index" };

function captureOf(compiled: Compiled, specification: Term, type: Term | undefined): Capture | "none" | null {
  const form = type === undefined ? "index" : type instanceof Atom ? type.name : "";
  if (form !== "index" && form !== "list" && form !== "binary") return null;
  const names = nameTable(compiled);
  if (specification instanceof Atom) {
    switch (specification.name) {
      case "all":
        return { groups: null, from: 0, type: form };
      case "all_but_first":
        return { groups: null, from: 1, type: form };
      case "first":
        return { groups: [0], from: 0, type: form };
      case "none":
        return "none";
      case "all_names":
        if (names.length === 0) return "none";
        return { groups: names.map(([, group]) => group), from: 0, type: form };
    }
    return null;
  }
  const wanted = listToArray(specification);
  if (wanted === null) return null;
  const groups: number[] = [];
  for (const item of wanted) {
    if (typeof item === "number") {
      if (item < 0) return null;
      groups.push(item);
    } else {
      const name =
        item instanceof Atom ? item.name : item instanceof Bitstring ? item.text : charlistText(item);
      if (name === null || name === undefined) return null;
      groups.push(groupNamed(names, name));
    }
  }
  return { groups, from: 0, type: form };
}

type NameTable = readonly (readonly [name: string, group: number])[];

/** Every named group, by name. */
function nameTable(compiled: Compiled): NameTable {
  return [...compiled.pattern.names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, groups]) => groups.map((group) => [name, group] as const));
}

/** Of groups with the same name PCRE takes the one that its binary search comes upon. */
function groupNamed(table: NameTable, wanted: string): number {
  let [from, to] = [0, table.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const [name, group] = table[middle];
    if (name === wanted) return group;
    if (name < wanted) from = middle + 1;
    else to = middle;
  }
  return -1;
}

function valueOf(subject: Subject, range: Range, type: Type): Term {
  if (type === "index") {
    if (range === null) return tuple(-1, 0);
    const start = subject.byteOf(range[0]);
    return tuple(start, subject.byteOf(range[1]) - start);
  }
  if (range === null || range[0] === range[1]) return type === "list" ? EMPTY : EMPTY_BINARY;
  return type === "binary"
    ? subject.part(range[0], range[1])
    : charlist(subject.text.slice(range[0], range[1]));
}

function captured(subject: Subject, ranges: Range[], capture: Capture): Term {
  const { groups, from, type } = capture;
  if (groups !== null) return list(groups.map((group) => valueOf(subject, ranges[group] ?? null, type)));
  let count = ranges.length;
  while (count > 1 && ranges[count - 1] === null) count--;
  return list(ranges.slice(from, count).map((range) => valueOf(subject, range, type)));
}

const RUN_FLAGS = new Set([
  "global",
  "anchored",
  "notbol",
  "noteol",
  "notempty",
  "notempty_atstart",
  "report_errors",
]);
const RUN_SETTINGS = new Set(["offset", "capture", "newline", "match_limit", "match_limit_recursion"]);

function* run(subjectTerm: Term, pattern: Term, options: Term = EMPTY): Task {
  const fail = () =>
    badarg("re", "run", options === EMPTY ? [subjectTerm, pattern] : [subjectTerm, pattern, options]);
  const settings = listToArray(options);
  if (settings === null) throw fail();
  const compiled = prepare(pattern, settings, fail);
  const subject = subjectOf(subjectTerm, compiled, fail);
  let offset = 0;
  let capture: Capture | "none" = ALL;
  for (const setting of settings) {
    if (setting instanceof Atom) {
      if (!RUN_FLAGS.has(setting.name) && (isCompiled(pattern) || !COMPILE_ONLY.has(setting.name)))
        throw fail();
      continue;
    }
    const [key, value, type] = setting instanceof Tuple ? setting.toArray() : [];
    if (!(key instanceof Atom) || !RUN_SETTINGS.has(key.name)) throw fail();
    if (key.name === "offset") {
      if (typeof value !== "number" || value < 0) throw fail();
      offset = value;
    } else if (key.name === "capture") {
      const found = captureOf(compiled, value, type);
      // Erlang tells no more of what is to be captured.
      if (found === null) throw error("badarg");
      capture = found;
    } else if (key.name.startsWith("match_limit") && !(typeof value === "number" && value >= 0)) throw fail();
  }
  const matcher = new Matcher(compiled, subject, settings);
  const isBehind = offset > subject.bits.byteLength;
  if (isBehind && settings.includes(atom("global"))) return NOMATCH;
  const from = isBehind ? -1 : subject.unitOf(offset);
  if (from < 0) throw fail();
  if (settings.includes(atom("global"))) {
    const all = yield* matcher.all(from);
    if (all.length === 0) return noMatch(matcher, settings);
    if (capture === "none") return MATCH;
    const wanted = capture;
    return tuple(MATCH, list(all.map((ranges) => captured(subject, ranges, wanted))));
  }
  const ranges = yield* matcher.match(from);
  if (ranges === null) return noMatch(matcher, settings);
  if (capture === "none" || capture.groups?.length === 0) return MATCH;
  return tuple(MATCH, captured(subject, ranges, capture));
}

function noMatch(matcher: Matcher, settings: readonly Term[]): Term {
  return matcher.failure === "match_limit" && settings.includes(REPORT_ERRORS)
    ? tuple(ERROR, MATCH_LIMIT)
    : NOMATCH;
}

function subjectOf(term: Term, compiled: Compiled, fail: () => Raised): Subject {
  const { unicode } = compiled.options;
  const invalid = unicode ? () => error("badarg") : fail;
  if (term instanceof Bitstring && term.isBinary) return new Subject(term, unicode, invalid);
  if (unicode) {
    const value = chardataText(term);
    if (value === null) throw fail();
    return new Subject(text(value), true, fail);
  }
  const bits = iodataToBinary(term);
  if (bits === null) throw fail();
  return new Subject(bits, false, fail);
}

// -- Replacing and splitting

/** What `replace` and `split` have beside the options for matching. */
interface Settings {
  readonly matching: Term[];
  readonly returning: Type | "iodata";
  readonly global: boolean;
  readonly parts: number;
  readonly group: boolean;
  readonly trim: boolean;
  readonly offset: number;
}

function isForMatching(name: string): boolean {
  const isKnown = COMPILE_ONLY.has(name) || RUN_FLAGS.has(name) || RUN_SETTINGS.has(name);
  return isKnown && name !== "global" && name !== "capture" && name !== "offset";
}

function settingsOf(options: Term, splits: boolean, fail: () => Raised): Settings {
  const items = listToArray(options);
  if (items === null) throw fail();
  let returning: Settings["returning"] = "iodata";
  let parts = Number.POSITIVE_INFINITY;
  let offset = 0;
  const flags = new Set<string>();
  const matching: Term[] = [];
  for (const item of items) {
    const [key, value] = item instanceof Tuple ? item.toArray() : [item, undefined];
    if (!(key instanceof Atom)) throw fail();
    if (key.name === "return" && value instanceof Atom && /^(binary|list|iodata)$/.test(value.name))
      returning = value.name as Settings["returning"];
    else if (
      key.name === "parts" &&
      splits &&
      (value === INFINITY || (typeof value === "number" && value >= 0))
    )
      parts = typeof value === "number" && value > 0 ? value : Number.POSITIVE_INFINITY;
    else if (key.name === "offset" && typeof value === "number") offset = value;
    else if (value === undefined && (splits ? /^(group|trim)$/ : /^global$/).test(key.name))
      flags.add(key.name);
    else if (isForMatching(key.name)) matching.push(item);
    else throw fail();
  }
  return {
    matching,
    returning,
    parts,
    offset,
    global: flags.has("global"),
    group: flags.has("group"),
    trim: flags.has("trim"),
  };
}

function returned(bits: Bitstring, returning: Settings["returning"], unicode: boolean): Term {
  if (returning !== "list") return bits;
  return charlist(unicode ? (bits.text as string) : bytesText(bits));
}

/** `&` and `\N`, `\g{N}` in a replacement stand for groups. */
function replacementParts(template: string): (string | number)[] {
  const parts: (string | number)[] = [];
  const form = /\\([1-9]\d?|g(\d{1,2})|g\{(\d{1,2})\})|\\(.)|&|[^\\&]+|\\/gs;
  for (const found of template.matchAll(form)) {
    const group = found[2] ?? found[3] ?? found[1];
    const last = parts.length - 1;
    const literal = found[4] ?? found[0];
    if (found[0] === "&") parts.push(0);
    else if (group !== undefined) parts.push(Number(group));
    else if (typeof parts[last] === "string") parts[last] += literal;
    else parts.push(literal);
  }
  return parts;
}

function* replace(...args: Term[]): Task {
  const [subjectTerm, pattern, replacement, options = EMPTY] = args;
  const fail = () => badarg("re", "replace", args);
  const settings = settingsOf(options, false, fail);
  const compiled = prepare(pattern, settings.matching, fail);
  const { unicode } = compiled.options;
  const subject = subjectOf(subjectTerm, compiled, fail);
  const template = sourceText(replacement, unicode);
  if (template === null) throw fail();
  const parts = replacementParts(template).map((part) =>
    typeof part !== "string" ? part : unicode ? text(part) : binary(latin1Bytes(part) as Uint8Array),
  );
  const matcher = new Matcher(compiled, subject, settings.matching);
  const from = subject.unitOf(settings.offset);
  if (from < 0) throw fail();
  const single = settings.global ? null : yield* matcher.match(from);
  const all = settings.global ? yield* matcher.all(from) : single === null ? [] : [single];
  if (settings.returning === "iodata") return all.length === 0 ? subjectTerm : replaced(subject, all, parts);
  if (all.length === 0) return returned(subject.bits, settings.returning, unicode);
  return returned(iodataToBinary(replaced(subject, all, parts)) as Bitstring, settings.returning, unicode);
}

/** Pieces of the subject and replacements in turn; what follows the last is the tail of the list. */
function replaced(subject: Subject, all: readonly Range[][], parts: readonly (Bitstring | number)[]): Term {
  const isPlain = parts.length === 1 && typeof parts[0] !== "number";
  const items: Term[] = [];
  let done = 0;
  for (const ranges of all) {
    const [start, end] = ranges[0] as [number, number];
    if (start > done) items.push(subject.part(done, start));
    items.push(isPlain ? (parts[0] as Bitstring) : list(parts.map((part) => filled(subject, ranges, part))));
    done = end;
  }
  let result: Term = done < subject.text.length ? subject.part(done, subject.text.length) : EMPTY;
  while (items.length > 0) result = new Cons(items.pop() as Term, result);
  return result;
}

function filled(subject: Subject, ranges: Range[], part: Bitstring | number): Bitstring {
  if (typeof part !== "number") return part;
  const range = ranges[part];
  return range ? subject.part(range[0], range[1]) : EMPTY_BINARY;
}

function* split(...args: Term[]): Task {
  const [subjectTerm, pattern, options = EMPTY] = args;
  const fail = () => badarg("re", "split", args);
  const settings = settingsOf(options, true, fail);
  const compiled = prepare(pattern, settings.matching, fail);
  const { unicode } = compiled.options;
  const subject = subjectOf(subjectTerm, compiled, fail);
  const returning = settings.returning === "iodata" ? "binary" : settings.returning;
  const piece = (start: number, end: number): Term => returned(subject.part(start, end), returning, unicode);
  const pieces: Term[] = [];
  let done = 0;
  if (subject.text === "") return list([settings.group ? list([piece(0, 0)]) : piece(0, 0)]);
  for (const ranges of yield* new Matcher(compiled, subject, settings.matching).all(0)) {
    if (pieces.length + 1 >= settings.parts && !settings.group) break;
    const [start, end] = ranges[0] as [number, number];
    // An empty match splits behind a character, not before the first.
    if (start === end && start === done) continue;
    const groups = ranges.slice(1).map((range) => (range === null ? piece(0, 0) : piece(range[0], range[1])));
    if (settings.group) pieces.push(list([piece(done, start), ...groups]));
    else pieces.push(piece(done, start), ...groups);
    done = end;
  }
  const last = piece(done, subject.text.length);
  pieces.push(settings.group ? list([last]) : last);
  const isEmpty = (term: Term): boolean =>
    term === EMPTY ||
    (term instanceof Bitstring && term.bitLength === 0) ||
    (settings.group && term instanceof Cons && isEmpty(term.head) && term.tail === EMPTY);
  if (settings.trim) while (pieces.length > 0 && isEmpty(pieces[pieces.length - 1])) pieces.pop();
  return list(pieces);
}

export const re: NativeModule = {
  module: "re",
  functions: {
    "compile/1": (pattern) => compile(pattern),
    "compile/2": compile,
    "run/2": (subject, pattern) => runTask(run(subject, pattern)),
    "run/3": (subject, pattern, options) => runTask(run(subject, pattern, options)),
    "replace/3": (subject, pattern, replacement) => runTask(replace(subject, pattern, replacement)),
    "replace/4": (subject, pattern, replacement, options) =>
      runTask(replace(subject, pattern, replacement, options)),
    "split/2": (subject, pattern) => runTask(split(subject, pattern)),
    "split/3": (subject, pattern, options) => runTask(split(subject, pattern, options)),
    "inspect/2": (pattern, item) => {
      if (!isCompiled(pattern) || item !== atom("namelist")) throw badarg("re", "inspect", [pattern, item]);
      const compiled = compileKey((pattern.at(4) as Bitstring).text as string);
      return tuple(item, list(nameTable(compiled).map(([name]) => text(name))));
    },
    "version/0": () => text("8.44 2020-02-12"),
  },
};
