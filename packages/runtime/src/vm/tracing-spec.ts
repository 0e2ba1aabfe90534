/** Match specifications of traces: whether a call or a message is told, what with it, and what else is to be told later. */
import { type Calls, MatchSpec } from "../builtins/match-spec.ts";
import { stacktrace } from "../builtins/process-info.ts";
import { S } from "../process/stack.ts";
import { Atom, FALSE, TRUE, UNDEFINED } from "../term/atom.ts";
import { EMPTY, list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple3, type Tuple4 } from "../term/tuple.ts";
import type { Tracee } from "./tracing.ts";

/** What the specification says of one call or message. */
export interface Verdict {
  /** What is told with it: `true` is for nothing more, `null` for not even itself. */
  told: Term | null;
  /** Whether its return is told too, and its exception. */
  returns: boolean;
  exceptions: boolean;
}

/** That of the specification which is running, and whose it is. */
let verdict: Verdict;
let tracee: Tracee;

const action =
  (change: (...args: Term[]) => void) =>
  (...args: Term[]): Term => {
    change(...args);
    return TRUE;
  };

const setFlag = (flag: string, isSet: boolean) =>
  isSet ? tracee.flags.add(flag) : tracee.flags.delete(flag);

const ACTIONS: Calls = new Map([
  ["message/1", action((term) => (verdict.told = term === FALSE ? null : term))],
  ["return_trace/0", action(() => (verdict.returns = true))],
  ["exception_trace/0", action(() => (verdict.returns = verdict.exceptions = true))],
  ["silent/1", action((on) => setFlag("silent", on === TRUE))],
  ["enable_trace/1", action((flag) => flag instanceof Atom && setFlag(flag.name, true))],
  ["disable_trace/1", action((flag) => flag instanceof Atom && setFlag(flag.name, false))],
  ["caller/0", caller],
]);

function caller(): Term {
  const [place] = listToArray(stacktrace(S.p)) as Tuple4[];
  return place === undefined ? UNDEFINED : new Tuple3(place.a, place.b, place.c);
}

export class TraceSpec {
  readonly term: Term;
  readonly #program: MatchSpec | null;

  private constructor(term: Term, program: MatchSpec | null) {
    this.term = term;
    this.#program = program;
  }

  /** `true` and `[]` match all; `null` when the term is no specification. */
  static of(term: Term): TraceSpec | null {
    if (term === TRUE || term === EMPTY) return new TraceSpec(term, null);
    const program = MatchSpec.ofTrace(term, ACTIONS);
    return program === null ? null : new TraceSpec(term, program);
  }

  /** `null` where nothing matches. */
  judge(parts: Term[], of: Tracee): Verdict | null {
    verdict = { told: TRUE, returns: false, exceptions: false };
    tracee = of;
    return this.#program === null || this.#program.run(list(parts)) !== undefined ? verdict : null;
  }
}
