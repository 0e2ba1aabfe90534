/**
 * What of a module's functions must fail because of the types of values. The library's `Module.Types` finds it, which is
 * loaded for that: the expanded clauses are handed over as Elixir's own compiler does.
 */
import { call, type Task } from "../../process/task.ts";
import { COLUMN, line as lineOf, metaGet } from "../../syntax/quoted.ts";
import { type Atom, atom } from "../../term/atom.ts";
import { type Bitstring, text } from "../../term/bitstring.ts";
import { Cons, list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { type Tuple, Tuple2, tuple } from "../../term/tuple.ts";
import type { Definition, Diagnostic, Host } from "../host.ts";
import { fileOf, type OpenModule } from "./open-module.ts";

const TYPES = atom("Elixir.Module.Types");
const WARNINGS = atom("warnings");
const UNUSED = atom("unused_clause");
const LOCAL = atom("badlocal");
const LINE = atom("line");
const NO_PARENS = atom("no_parens");

export interface Compiled {
  readonly open: OpenModule;
  readonly definitions: readonly Definition[];
}

export interface Violation
  extends Pick<Diagnostic, "message" | "line" | "column" | "file" | "inside" | "span" | "lead"> {
  /**
   * Where it comes among those of the module, before the line counts: Elixir sorts by metadata, of which mostly the line is the
   * first, but not for what a macro has made, a variable, or a call of a function of the same module.
   */
  readonly rank: Atom;
}

/** The violations in each of the modules that were compiled together. */
export function* violations(host: Host, modules: readonly Compiled[]): Task<Violation[][]> {
  const code = (yield* host.ensureLoaded(TYPES)) ? host.code(TYPES, WARNINGS, 1) : null;
  if (code === null) return modules.map(() => []);
  const found = listToArray(yield* call<Term>(code, list(modules.map(moduleTerm)))) ?? [];
  return modules.map(({ open }, index) =>
    (listToArray(found[index]) ?? []).map((violation) => violationOf(open.module, violation as Tuple)),
  );
}

function violationOf(module: Atom, violation: Tuple): Violation {
  const [message, meta, file, inside, kind] = violation.toArray() as [
    Bitstring,
    Term,
    Bitstring,
    Tuple2,
    Term,
  ];
  const line = lineOf(meta);
  const column = (metaGet(meta, COLUMN) as number | undefined) ?? null;
  return {
    message: message.text ?? "",
    line,
    column,
    file: file.text ?? null,
    inside: { module, name: inside.a as Atom, arity: inside.b as number },
    span: column !== null && kind instanceof Tuple2 ? [line, column + (kind.b as number)] : null,
    lead: kind === UNUSED ? "" : "\ntyping violation found at:",
    rank: kind === LOCAL ? NO_PARENS : firstKey(meta),
  };
}

/** Of what is the same otherwise, that comes first whose metadata begins with the lesser key. */
export function firstKey(meta: Term): Atom {
  return meta instanceof Cons ? ((meta.head as Tuple2).a as Atom) : LINE;
}

/** A module as `Module.Types` takes it. */
export function moduleTerm({ open, definitions }: Compiled): Tuple2 {
  const terms = definitions.map(({ name, arity, kind, clauses }) => {
    const stored = open.definition(name, arity);
    const clauseTerms = clauses.map(({ meta, args, guards, body }) =>
      tuple(meta, list([...args]), list([...guards]), body),
    );
    return tuple(
      new Tuple2(name, arity),
      atom(kind),
      text(stored === undefined ? open.file : fileOf(stored)),
      list(clauseTerms),
    );
  });
  return new Tuple2(open.module, list(terms));
}
