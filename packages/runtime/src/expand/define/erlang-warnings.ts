/** What Erlang's compiler says of a complete module, which Elixir passes on: in the order of the text, what macros have made first;
 * patterns that contradict themselves and binaries that cannot be built before, where it sees them earlier. */
import {
  COLUMN,
  call,
  DOT,
  lineMeta,
  line as lineOf,
  MATCH,
  metaDelete,
  metaGet,
  variable,
} from "../../syntax/quoted.ts";
import { Atom, atom } from "../../term/atom.ts";
import { text } from "../../term/bitstring.ts";
import { EMPTY, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple3 } from "../../term/tuple.ts";
import { checkUnused, exception, inFile, type Place, warn } from "../errors.ts";
import type { Definition } from "../host.ts";
import type { Scope } from "../scope.ts";
import { ignoredResults } from "./ignored-results.ts";
import { impossiblePatterns } from "./impossible-patterns.ts";
import { walk } from "./locals.ts";
import { type Finding, unreachableClauses } from "./unreachable.ts";
import { mismatchedBinaries } from "./will-fail.ts";

const KEEP = atom("keep");
const OUTER = atom("__FILE__");

/** What is told of code outside of functions, where it is compiled for one run. */
const OUTSIDE = /^(pattern cannot possibly|map update will|binary construction will|invalid )/;

/** What is wrong with the code of a file or with a module's body, apart from the functions in it. */
export function checkOutside(scope: Scope, expanded: Term): void {
  checkUnused(scope);
  if (scope.host.bootstrap) return;
  // Elixir binds the value of the whole: where that is a match, it is one with it.
  const place = lineMeta(scope.env.line as number);
  const body = call(MATCH, place, variable("result", place), expanded);
  const clauses = [{ meta: EMPTY, args: [], guards: [], body }];
  warnAsErlang(scope, [{ name: OUTER, arity: 1, kind: "def", meta: EMPTY, clauses }], OUTSIDE);
}

/** To Erlang's compiler the call of an atom, as by `then(x, :f)`, is one of a function of the module. */
function checkCalledAtoms(module: Atom, definitions: readonly Definition[]): void {
  const defined = new Set(definitions.map(({ name, arity }) => `${name.name}/${arity}`));
  for (const { name, arity, clauses } of definitions) {
    for (const { body } of clauses) {
      walk(body, ({ a: target, c }) => {
        const [called, ...rest] =
          (target instanceof Tuple3 && target.a === DOT && listToArray(target.c)) || [];
        const key =
          called instanceof Atom && rest.length === 0 ? `${called.name}/${listToArray(c)?.length}` : null;
        if (key === null || defined.has(key)) return null;
        const description = text(`undefined function ${key} in ${name.name}/${arity}`);
        throw exception("CompileError", { file: text(module.name), line: 0, description });
      });
    }
  }
}

export function warnAsErlang(at: Place, definitions: readonly Definition[], only = /^/): void {
  if (at.env.module instanceof Atom && definitions[0]?.name !== OUTER)
    checkCalledAtoms(at.env.module, definitions);
  const byFunction = definitions.map((definition) =>
    findingsIn(at, definition).filter(({ message }) => only.test(message)),
  );
  const found = byFunction.flat();
  const column = ({ meta }: Finding): number => (metaGet(meta, COLUMN) as number | undefined) ?? 0;
  const made = (finding: Finding): number => Math.sign(column(finding));
  const place = (a: Finding, b: Finding): number => lineOf(a.meta) - lineOf(b.meta) || column(a) - column(b);
  const early = byFunction.flatMap((all) => all.filter((finding) => finding.early).sort(place)).reverse();
  // The same of one line is told once.
  const told = (finding: Finding) => `${lineOf(finding.meta)} ${finding.message}`;
  const others = [
    ...new Map(found.filter(({ early }) => !early).map((one) => [told(one), one])).values(),
  ].sort((a, b) => made(a) - made(b) || place(a, b));
  // It knows the line only, not the place that `location: :keep` keeps beside it.
  for (const { meta, message } of [...early, ...others]) warn(inFile(at), metaDelete(meta, KEEP), message);
}

/** A mistake in what only warns stops no program from being compiled: of that function nothing is told. */
function findingsIn({ host, env }: Place, definition: Definition): Finding[] {
  try {
    return [
      ...impossiblePatterns(definition),
      ...unreachableClauses(definition, env.line),
      ...mismatchedBinaries(definition),
      ...ignoredResults(host, definition),
    ];
  } catch {
    return [];
  }
}
