/** `:ets`, searching tables by patterns and match specifications. */
import {
  atom,
  badarg,
  bool,
  Cons,
  charlist,
  EMPTY,
  ERROR,
  FALSE,
  list,
  listToArray,
  OK,
  strictEquals,
  type Term,
  TRUE,
  Tuple,
  tuple,
} from "../term/index.ts";
import { bad, open } from "./ets-access.ts";
import type { Entry } from "./ets-store.ts";
import type { Table } from "./ets-table.ts";
import { MatchSpec } from "./match-spec.ts";
import type { NativeModule } from "./native.ts";

const END = atom("$end_of_table");

/** Where each pattern names a key only those are looked up: as results pile up, those of the last pattern come first. */
function entriesFor(table: Table, spec: MatchSpec): Entry[] {
  const keys = spec.keys(table.keyPosition);
  if (keys === undefined || (keys.length > 1 && table.type === "ordered_set")) return table.store.entries();
  const found = keys.map((key) => table.store.find(key)).filter((entry) => entry !== undefined);
  return [...new Set(found)].reverse();
}

function results(table: Table, spec: MatchSpec, backwards = false): Term[] {
  const found: Term[] = [];
  for (const entry of entriesFor(table, spec))
    for (const object of entry.objects) {
      const value = spec.run(object);
      if (value !== undefined) found.push(value);
    }
  return backwards ? found.reverse() : found;
}

const CONTINUATION = atom("$continuation");

/**
 * Results in the order in which chunks give them: a hashed table is walked from its first bucket on, and what is
 * found piles up, so that each chunk is the pile of its own part.
 */
function piled(found: Term[], limit: number): Term[] {
  const chunks: Term[][] = [];
  for (let end = found.length; end > 0; end -= limit) chunks.push(found.slice(Math.max(0, end - limit), end));
  return chunks.flat();
}

/** The first `limit` results and how to go on, or the end. */
function chunk(handle: Term, rest: Term, limit: number): Term {
  const taken: Term[] = [];
  while (taken.length < limit && rest instanceof Cons) {
    taken.push(rest.head);
    rest = rest.tail;
  }
  if (taken.length === 0) return END;
  return tuple(list(taken), taken.length < limit ? END : tuple(CONTINUATION, handle, rest, limit));
}

function searching(name: string, specOf: (term: Term) => MatchSpec | null, backwards = false) {
  return (handle: Term, specification: Term, limit?: Term): Term => {
    const args = limit === undefined ? [handle, specification] : [handle, specification, limit];
    const table = open(name, args, "read");
    const spec = specOf(specification);
    if (spec === null || (limit !== undefined && (typeof limit !== "number" || limit < 1)))
      throw bad(name, args);
    const ordered = table.type === "ordered_set";
    const found = results(table, spec, backwards && ordered);
    if (typeof limit !== "number") return list(found);
    return chunk(handle, list(ordered ? found : piled(found, limit)), limit);
  };
}

function continuing(name: string) {
  return (continuation: Term): Term => {
    if (continuation === END) return END;
    if (!(continuation instanceof Tuple) || continuation.size !== 4 || continuation.at(0) !== CONTINUATION)
      throw bad(name, [continuation]);
    open(name, [continuation], "read", continuation.at(1));
    return chunk(continuation.at(1), continuation.at(2), continuation.at(3) as number);
  };
}

const select = searching("select", MatchSpec.search);
const selectReverse = searching("select_reverse", MatchSpec.search, true);
const match = searching("match", (pattern) => MatchSpec.ofPattern(pattern, "variables"));
const matchObject = searching("match_object", (pattern) => MatchSpec.ofPattern(pattern, "object"));

function specification(name: string, args: Term[]): MatchSpec {
  const spec = MatchSpec.search(args[1]);
  if (spec === null) throw bad(name, args);
  return spec;
}

function selectDelete(handle: Term, term: Term): Term {
  const args = [handle, term];
  const table = open("select_delete", args, "write");
  const spec = specification("select_delete", args);
  let count = 0;
  for (const entry of entriesFor(table, spec))
    count += table.deleteObjects(entry, (object) => spec.run(object) === TRUE);
  return count;
}

function selectReplace(handle: Term, term: Term): Term {
  const args = [handle, term];
  const table = open("select_replace", args, "write");
  const spec = specification("select_replace", args);
  if (table.type === "bag") throw bad("select_replace", args);
  let count = 0;
  for (const entry of entriesFor(table, spec))
    entry.objects = entry.objects.map((object) => {
      const value = spec.run(object);
      if (value === undefined) return object;
      if (!(value instanceof Tuple) || !strictEquals(table.keyOf(value), table.keyOf(object)))
        throw bad("select_replace", args);
      count++;
      return value;
    });
  return count;
}

function problemsOf(spec: Term): Term {
  return tuple(ERROR, list(MatchSpec.problems(spec).map((problem) => tuple(ERROR, charlist(problem)))));
}

export const etsMatch: NativeModule = {
  module: "ets",
  functions: {
    "select/2": select,
    "select/3": select,
    "select/1": continuing("select"),
    "select_reverse/2": selectReverse,
    "select_reverse/3": selectReverse,
    "select_reverse/1": continuing("select_reverse"),
    "match/2": match,
    "match/3": match,
    "match/1": continuing("match"),
    "match_object/2": matchObject,
    "match_object/3": matchObject,
    "match_object/1": continuing("match_object"),
    "select_count/2": (handle, term) => {
      const table = open("select_count", [handle, term], "read");
      return results(table, specification("select_count", [handle, term])).filter((value) => value === TRUE)
        .length;
    },
    "select_delete/2": selectDelete,
    "select_replace/2": selectReplace,
    "match_delete/2": (handle, pattern) => {
      const table = open("match_delete", [handle, pattern], "write");
      const spec = MatchSpec.ofPattern(pattern, "object");
      for (const entry of entriesFor(table, spec))
        table.deleteObjects(entry, (object) => spec.run(object) !== undefined);
      return TRUE;
    },
    "match_spec_compile/1": (spec) => {
      if (MatchSpec.compile(spec) === null) throw bad("match_spec_compile", [spec]);
      return spec;
    },
    "match_spec_run/2": (objects, spec) => {
      const compiled = MatchSpec.compile(spec);
      const items = listToArray(objects);
      if (compiled === null || items === null) throw bad("match_spec_run", [objects, spec]);
      return list(items.map((object) => compiled.run(object)).filter((value) => value !== undefined));
    },
    "is_compiled_ms/1": (spec) => bool(MatchSpec.compile(spec) !== null),
    "test_ms/2": (object, spec) => {
      const compiled = MatchSpec.compile(spec);
      if (compiled === null) return problemsOf(spec);
      return tuple(OK, compiled.run(object) ?? FALSE);
    },
  },
};

/** What a specification makes of one object, or of the arguments of a traced call: only tables have the first here. */
export const matchSpecTest: NativeModule = {
  module: "erlang",
  functions: {
    "match_spec_test/3": (object, spec, type) => {
      const isTable = type === atom("table");
      if (!isTable && type !== atom("trace")) throw badarg("erlang", "match_spec_test", [object, spec, type]);
      const compiled = MatchSpec.compile(spec);
      if (compiled === null) return problemsOf(spec);
      const items = isTable ? null : listToArray(object);
      const result = isTable ? compiled.run(object) : items && compiled.run(object);
      return tuple(
        OK,
        result === undefined || result === null ? FALSE : isTable ? result : TRUE,
        EMPTY,
        EMPTY,
      );
    },
  },
};
