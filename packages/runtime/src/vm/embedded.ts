/**
 * Elixir in the system of TypeScript processes: one scheduler, one table of names, processes of both languages. A process of
 * TypeScript that calls Elixir does so itself, as the process that it is: `self()` is its pid, and it may be preempted, block or be
 * killed anywhere in that call.
 */
import { TYPESCRIPT, useBridge } from "../actor/bridge.ts";
import { type Body, invoke, type Suspend } from "../actor/operation.ts";
import { type ActorSystem, current } from "../actor/system.ts";
import { SyntaxDiagnostic } from "../diagnostic/syntax-diagnostic.ts";
import type { Platform } from "../platform/platform.ts";
import { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { apply, call, runTask, type Task } from "../process/task.ts";
import { type Atom, atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { error, Raised } from "../term/error.ts";
import type { Fun } from "../term/fun.ts";
import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { tuple } from "../term/tuple.ts";
import { ensureLoaded, exportCell, type Loader } from "./code-server.ts";
import { showTerms } from "./console-text.ts";
import { evaluateFile } from "./evaluator.ts";
import { bridge, ElixirError, fromTerm, isException, messageOf, toTerm } from "./javascript.ts";
import { Machine } from "./machine.ts";
import { show } from "./show.ts";
import { syntaxException } from "./syntax-exception.ts";

let machine: Machine | null = null;
let home: ActorSystem | null = null;

/** Makes Elixir run in the system in use, once: there is one code server, and it belongs to one system. */
export function embed(host: () => { platform: Platform; loader: Loader }): void {
  const system = current();
  if (home === system) return;
  useMachine(new Machine({ ...host(), scheduler: system.scheduler }), system);
  system.watchCrashes();
}

/** A machine that runs already, on the scheduler of a system. */
export function useMachine(given: Machine, system: ActorSystem): void {
  machine = given;
  home = system;
  useBridge(bridge);
  showTerms();
}

/** Runs Elixir code in the running process, which takes terms meanwhile and JavaScript values again afterwards. */
export function* inElixir(start: () => Task): Body<unknown, Suspend> {
  const p = S.p;
  const { leader } = p;
  // A process of TypeScript is no device to print on.
  if (leader instanceof Process && leader.flags & TYPESCRIPT) p.leader = (machine as Machine).user;
  takeTerms(p);
  try {
    return fromTerm(yield* invoke(runTask, [start()]));
  } catch (thrown) {
    throw thrown instanceof Raised ? yield* elixirError(thrown) : thrown;
  } finally {
    p.flags |= TYPESCRIPT;
    p.leader = leader;
  }
}

/** What waits in the mailbox becomes what Elixir can receive. */
function takeTerms(p: Process): void {
  p.flags &= ~TYPESCRIPT;
  for (let m = p.head; m !== null; m = m.next) (m as { term: Term }).term = toTerm(m.term);
}

/** The error as Elixir words it; without its library when that is what fails. */
function* elixirError(raised: Raised): Body<ElixirError, Suspend> {
  const { kind, reason } = raised;
  const stacktrace = S.system.stacktraceOf(raised);
  const shown = isException(reason) ? messageOf(reason) : show(reason);
  try {
    const format = (name: string, args: Term[]) =>
      invoke(exportCell(atom("Elixir.Exception"), atom(name), args.length).code, args) as Body<Term, Suspend>;
    const normal = (yield* format("normalize", [kind, reason, stacktrace])) as Term;
    const banner = yield* format("format_banner", [kind, reason, stacktrace]);
    const trace = yield* format("format_stacktrace", [stacktrace]);
    return new ElixirError(
      kind.name as ElixirError["kind"],
      normal,
      plain(banner, shown).replace(/^\*\* /, ""),
      plain(trace, ""),
    );
  } catch {
    return new ElixirError(kind.name as ElixirError["kind"], reason, shown);
  }
}

function plain(term: Term, otherwise: string): string {
  return term instanceof Bitstring ? (term.text ?? otherwise) : otherwise;
}

/** The value of Elixir text, with values for its variables. */
export function* evaluateText(
  source: string,
  bindings: Readonly<Record<string, unknown>>,
  file: string,
): Task {
  const binding = list(Object.entries(bindings).map(([name, value]) => tuple(atom(name), toTerm(value))));
  try {
    return yield* evaluateFile(source, file, binding);
  } catch (thrown) {
    throw thrown instanceof SyntaxDiagnostic ? error(syntaxException(thrown)) : thrown;
  }
}

/** Calls an exported function. */
export function* callFunction(module: Atom, name: string, args: readonly unknown[]): Task {
  yield* ensureLoaded(module);
  const terms = args.map(toTerm);
  return yield* call(exportCell(module, atom(name), terms.length).code, ...terms);
}

/** Calls a fun that Elixir has given. */
export function* callFun(fun: Fun, args: readonly unknown[]): Task {
  const terms = args.map(toTerm);
  if (fun.arity !== terms.length)
    throw new TypeError(`this function takes ${fun.arity} arguments, and was given ${terms.length}`);
  return yield* apply(fun, terms);
}
