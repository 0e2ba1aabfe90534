/**
 * How the expander reports: a diagnostic with the text goes to the host, then, where expansion cannot go on,
 * a `CompileError` says that errors have been logged. Inside a function definition of an open module expansion
 * goes on after most errors and the module fails at its end, so that one run shows them all.
 */
import { call, type Task } from "../process/task.ts";
import { COLUMN, line as lineOf, metaGet } from "../syntax/quoted.ts";
import { Atom, atom, NIL, TRUE } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { CLASS_ERROR, type FailedCall, Raised } from "../term/error.ts";
import { EMPTY, list, listToArray } from "../term/list.ts";
import { mapFrom } from "../term/map.ts";
import { Float } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Tuple, Tuple2 } from "../term/tuple.ts";
import { openModule } from "./define/open-modules.ts";
import type { Env } from "./env.ts";
import type { Host } from "./host.ts";
import { type Assigned, type Scope, unreadVariables } from "./scope.ts";

const KEEP = atom("keep");
const SPAN = atom("span");
const MODULE_BODY = atom("__MODULE__");

/** Where a warning or error belongs: a scope, or an environment apart from it. */
export interface Place {
  readonly host: Host;
  readonly env: Env;
}

/** Reports an error and returns what to throw. */
export function fileError(at: Place, meta: Term, message: string): Raised {
  report(at, "error", meta, message);
  return compileError(at.env);
}

/** The file of a place alone: errors there say that the file, not the module, cannot be compiled. */
export function inFile({ host, env }: Place): Place {
  return { host, env: env.with({ module: NIL, function: NIL, tracker: null }) };
}

/** Reports an error after which the rest of the module can still be expanded; throws when there is no module. */
export function moduleError(at: Place, meta: Term, message: string): void {
  report(at, "error", meta, message);
  const module = openModule(at.env.module);
  if (module === undefined) throw compileError(at.env);
  module.tainted = true;
}

/** Reports an error after which the rest of the function can still be expanded; throws outside functions. */
export function functionError(at: Place, meta: Term, message: string): void {
  if (!at.env.inFunction) throw fileError(at, meta, message);
  moduleError(at, meta, message);
}

export function warn(at: Place, meta: Term, message: string): void {
  if (!at.host.bootstrap) report(at, "warning", meta, message);
}

/** The error that ends the expansion after others have been reported. */
export function compileError(env: Env): Raised {
  const what = env.module !== NIL && env.tracker !== null ? `module ${inspectAtom(env.module)}` : "file";
  const raised = exception("CompileError", {
    description: text(`cannot compile ${what} (errors have been logged)`),
    file: env.file,
    line: 0,
  });
  // Frames of Elixir's compiler leave no room for those of what it compiles.
  raised.host = {};
  return raised;
}

export function argumentError(message: string): Raised {
  return exception("ArgumentError", { message: text(message) });
}

/** An Elixir exception as an error. */
export function exception(
  name: string,
  fields: Record<string, Term>,
  failed: FailedCall | null = null,
): Raised {
  const entries: [Term, Term][] = Object.entries(fields).map(([key, value]) => [atom(key), value]);
  entries.push([atom("__struct__"), atom(`Elixir.${name}`)], [atom("__exception__"), TRUE]);
  return new Raised(CLASS_ERROR, mapFrom(entries), null, failed);
}

function report(at: Place, severity: "warning" | "error", meta: Term, message: string): void {
  const { env } = at;
  const keep = metaGet(meta, KEEP);
  const kept =
    keep instanceof Tuple2 && keep.a instanceof Bitstring && typeof keep.b === "number" ? keep : null;
  const column = metaGet(meta, COLUMN);
  const span = metaGet(meta, SPAN);
  const named = env.function instanceof Tuple2 ? env.function : null;
  at.host.diagnostic({
    severity,
    message,
    file: kept === null ? env.fileName : ((kept.a as Bitstring).text ?? "nofile"),
    line: kept === null ? lineOf(meta) : (kept.b as number),
    column: kept === null && typeof column === "number" ? column : null,
    span: span instanceof Tuple2 ? [span.a as number, span.b as number] : null,
    inside:
      named !== null
        ? { module: env.module, name: named.a as Atom, arity: named.b as number }
        : env.module !== NIL
          ? { module: env.module, name: MODULE_BODY, arity: 0 }
          : null,
  });
}

/** Metadata that also says where the name ends. */
export function withSpan(meta: Term, name: string): Term {
  const column = metaGet(meta, COLUMN);
  if (typeof column !== "number") return meta;
  return list([new Tuple2(SPAN, new Tuple2(lineOf(meta), column + [...name].length))], meta);
}

/** Warns of a variable of a finished scope that nobody reads. */
export function warnUnread(scope: Scope, { pair, overridden }: Assigned, meta: Term): void {
  warn(scope, meta, unusedVariable((pair.a as Atom).name, overridden));
}

export function checkUnused(scope: Scope): void {
  for (const one of unreadVariables(scope.state.unused))
    warnUnread(scope, one, withSpan(one.meta, (one.pair.a as Atom).name));
}

function unusedVariable(name: string, overridden: boolean): string {
  if (name.startsWith("_")) {
    return (
      `unknown compiler variable "${name}" ` +
      "(expected one of __MODULE__, __ENV__, __DIR__, __CALLER__, __STACKTRACE__)"
    );
  }
  if (name.startsWith("&") || name === "capture") {
    return `variable "${name}" is unused (this might happen when using a capture argument as a pattern)`;
  }
  const why = overridden
    ? "there is a variable with the same name in the context, use the pin operator (^) to match on it or prefix " +
      "this variable with underscore if it is not meant to be used"
    : "if the variable is not meant to be used, prefix it with an underscore";
  return `variable "${name}" is unused (${why})`;
}

/** `"x"`, with the context of a variable that a macro has made. */
export function variableInfo(name: string, context: Term): string {
  if (context === NIL || !(context instanceof Atom)) return `"${name}"`;
  return `"${name}" (context ${inspectAtom(context)})`;
}

const MACRO = atom("Elixir.Macro");
const KERNEL = atom("Elixir.Kernel");

/** Mirrors `Macro.to_string/1`. */
export function source(at: { readonly host: Host }, quoted: Term): Task<string> {
  return printed(at.host, MACRO, "to_string", quoted);
}

/** Mirrors `inspect/1`. */
export function inspect(at: { readonly host: Host }, term: Term): Task<string> {
  return printed(at.host, KERNEL, "inspect", term);
}

function* printed(host: Host, module: Atom, name: string, term: Term): Task<string> {
  const available = !host.bootstrap && (yield* host.ensureLoaded(module));
  const code = available ? host.code(module, atom(name), 1) : null;
  if (code === null) return plain(term);
  let result: Term;
  try {
    result = yield* call(code, term);
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    return plain(term);
  }
  return result instanceof Bitstring ? (result.text ?? plain(term)) : plain(term);
}

/** A rendering that needs no library, for errors while it is being built. */
function plain(term: Term): string {
  if (term instanceof Atom) return inspectAtom(term);
  if (term instanceof Bitstring) return JSON.stringify(term.text ?? "<<...>>");
  if (term instanceof Float) return String(term.value);
  if (term instanceof Tuple) return `{${term.toArray().map(plain).join(", ")}}`;
  if (term === EMPTY) return "[]";
  const items = listToArray(term);
  if (items !== null) return `[${items.map(plain).join(", ")}]`;
  return typeof term === "object" ? `#${term.constructor.name}` : String(term);
}

const ALIAS = /^Elixir(\.\p{Lu}[\p{L}\p{N}_]*)+$/u;
const IDENTIFIER = /^[\p{Ll}\p{Lo}_][\p{L}\p{N}_]*(@[\p{L}\p{N}_@]*)?[?!]?$/u;
const OPERATORS = new Set(
  (
    "! != !== % %{} & && &&& * ** + ++ +++ - -- --- -> . .. ... ..// / :: < <- <<< <<>> <<~ <= <> <|> <~ <~> = == === " +
    "=> =~ > >= >>> @ [] \\\\ ^ ^^^ {} | || ||| |> ~> ~>> ~~~"
  ).split(" "),
);

/** An atom as source text. Mirrors `inspect/1`. */
export function inspectAtom(value: Atom): string {
  const { name } = value;
  if (name === "nil" || name === "true" || name === "false") return name;
  if (name === "Elixir") return "Elixir";
  if (ALIAS.test(name)) return name.slice("Elixir.".length);
  if (IDENTIFIER.test(name) || OPERATORS.has(name)) return `:${name}`;
  return `:"${name.replace(/["\\#]/g, (c) => (c === "#" ? c : `\\${c}`)).replace(/\n/g, "\\n")}"`;
}
