/**
 * `@type`, `@spec`, `@callback` and their like: kept as they are written until the module is complete, when `Kernel.Typespec`
 * checks and translates them. The documentation before one becomes that of the type or callback.
 */
import { S } from "../../process/stack.ts";
import { call, type Task } from "../../process/task.ts";
import { DOT, listLength } from "../../syntax/quoted.ts";
import { Atom, atom, NIL, OK, TRUE } from "../../term/atom.ts";
import type { Bitstring } from "../../term/bitstring.ts";
import { Raised } from "../../term/error.ts";
import { EMPTY, list, listToArray } from "../../term/list.ts";
import { EMPTY_MAP, mapPut } from "../../term/map.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3, tuple } from "../../term/tuple.ts";
import { cachedEnv } from "../cached-env.ts";
import { fileError, inFile, type Place, warn } from "../errors.ts";
import type { Host } from "../host.ts";
import { requireWritable } from "./attributes.ts";
import type { OpenModule } from "./open-module.ts";
import { enterModule, leaveModule } from "./open-modules.ts";

const LINE = atom("line");
const WHEN = atom("when");
const TYPE = atom("::");
const DOC = atom("doc");
const TYPEDOC = atom("typedoc");
const TYPESPEC = atom("Elixir.Kernel.Typespec");

/** Mirrors `Kernel.Typespec.deftypespec/6`. */
export function putTypespec(host: Host, kind: Atom, expression: Term, line: number, position: Term): Term {
  const env = cachedEnv(position);
  const open = requireWritable(env.module, "put_attribute", 3);
  open.typespecs.push({ kind: kind.name, expression, line, env });
  open.attributes.get(kind)?.accumulated?.push(tuple(kind, expression, position));
  const named = typespecName(expression);
  if (kind.name === "callback" || kind.name === "macrocallback") {
    const known = named !== null && open.docs.has(docKey(kind.name, named));
    if (!known) document(open, kind.name, named, line, DOC);
  } else if (kind.name === "typep") {
    const given = takeDocumentation(open, TYPEDOC, line);
    if (given.doc !== NIL && named !== null) {
      const words = `type ${named[0].name}/${named[1]} is private, @typedoc's are always discarded for private types`;
      warn({ host, env }, list([new Tuple2(LINE, given.line)]), words);
    }
  } else if (kind.name !== "spec") document(open, kind.name, named, line, TYPEDOC);
  return OK;
}

const docKey = (kind: string, [name, arity]: readonly [Atom, number]): string =>
  `${kind} ${name.name}/${arity}`;

function document(
  open: OpenModule,
  kind: string,
  named: readonly [Atom, number] | null,
  line: number,
  attribute: Atom,
): void {
  const given = takeDocumentation(open, attribute, line);
  if (named === null) return;
  const isCallback = kind === "callback" || kind === "macrocallback";
  open.docs.set(docKey(isCallback ? kind : "type", named), {
    kind: isCallback ? kind : "type",
    name: named[0],
    arity: named[1],
    line: given.line,
    signature: NIL,
    doc: given.doc,
    metadata: kind === "opaque" ? mapPut(given.metadata, atom("opaque"), TRUE) : given.metadata,
    context: undefined,
  });
}

function takeDocumentation(open: OpenModule, attribute: Atom, line: number) {
  const value = open.attributes.get(attribute)?.value;
  const metadata = open.docMetadata.get(attribute) ?? EMPTY_MAP;
  open.attributes.delete(attribute);
  open.docMetadata.delete(attribute);
  if (value instanceof Tuple2) return { line: value.a as number, doc: value.b, metadata };
  return { line, doc: NIL, metadata };
}

/** The name and arity of what a typespec is about; `null` where it is not well formed. */
export function typespecName(expression: Term): readonly [Atom, number] | null {
  let form = expression;
  if (form instanceof Tuple3 && form.a === WHEN) form = (listToArray(form.c) ?? [])[0];
  if (form instanceof Tuple3 && form.a === TYPE) form = (listToArray(form.c) ?? [])[0];
  if (!(form instanceof Tuple3) || !(form.a instanceof Atom) || form.a === DOT) return null;
  return [form.a, form.c instanceof Atom ? 0 : listLength(form.c)];
}

/** Modules of the library that is being built: what is to check their typespecs is among them. */
let waiting: [Place, OpenModule][] = [];

/** What the typespecs say, as Erlang's attributes. Those of the library wait for `translateWaiting`. */
export function* translateTypespecs(at: Place, open: OpenModule): Task<Term> {
  if (open.typespecs.length === 0 && open.accumulated("optional_callbacks").length === 0) return EMPTY;
  if (!at.host.bootstrap) return yield* translate(at, open);
  waiting.push([at, open]);
  return EMPTY;
}

/** The typespecs of the library, now that all of it is there. */
export function* translateWaiting(told: (module: Atom, typespecs: Term) => void): Task {
  const modules = waiting;
  waiting = [];
  for (const [at, open] of modules) {
    open.owner = S.p;
    enterModule(open);
    told(open.module, yield* translate(at, open));
    leaveModule(open);
  }
  return OK;
}

function* translate(at: Place, open: OpenModule): Task<Term> {
  yield* at.host.ensureLoaded(TYPESPEC);
  const code = at.host.code(TYPESPEC, atom("translate"), 2);
  if (code === null) return EMPTY;
  const result = yield* wordedBy(call(code, open.module, open.line));
  if (result instanceof Tuple2) return result.b;
  const { b: line, c: message } = result as Tuple3;
  throw fileError(inFile(at), list([new Tuple2(LINE, line)]), (message as Bitstring).text ?? "");
}

/** An error there is the compiler's, whose callers are not told. */
function* wordedBy(task: Task): Task {
  try {
    return yield* task;
  } catch (thrown) {
    if (thrown instanceof Raised) thrown.host ??= {};
    throw thrown;
  }
}
