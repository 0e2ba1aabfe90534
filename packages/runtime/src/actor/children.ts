/** Starting and ending the children of supervisors, and what both kinds of supervisor say of them. */
import { Process } from "../process/process.ts";
import { Atom } from "../term/atom.ts";
import { type Bridge, bridge, type SupervisorAnswer } from "./bridge.ts";
import { callWith } from "./call.ts";
import { StartError } from "./callbacks.ts";
import { CHILD, type ChildSpec } from "./child-spec.ts";
import type { AsyncOperation, Operation, Suspend } from "./operation.ts";
import { checkOptions } from "./options.ts";
import { type Destination, isPid, type Pid } from "./pid.ts";
import { exit, isAlive, link, type MonitorRef, monitor, operation, unlink } from "./process.ts";
import { ExitError, type Reason } from "./reason.ts";
import { Exit, receive, receiveDown } from "./receive.ts";
import { shortly, unexpected } from "./show.ts";

/** A child as its supervisor reports it. Its `pid` is `null` once it has ended, `"restarting"` while it cannot be restarted. */
export interface ChildInfo {
  readonly id: string;
  readonly pid: Pid | "restarting" | null;
  readonly type: "worker" | "supervisor";
}

/** How many children there are. Mirrors `Supervisor.count_children/1`. */
export interface ChildCount {
  readonly specs: number;
  readonly active: number;
  readonly supervisors: number;
  readonly workers: number;
}

/** What a supervisor throws whose children cannot all be started. */
export class ChildError extends StartError {
  readonly id: string;

  constructor(id: string, reason: Reason) {
    super(reason, undefined, `the child ${shortly(id)}`);
    this.id = id;
  }
}

/** @internal */
export function checkSpec(spec: ChildSpec): void {
  if (typeof spec?.start !== "function" || typeof spec.id !== "string")
    throw unexpected("a child is an object with an id and a start function", spec);
  checkOptions(spec, `start, ${CHILD}`);
  check(spec);
}

/** What may be said of supervisors and of children. */
const CHOICES: Record<string, string> = {
  strategy: "one_for_one or one_for_all or rest_for_one",
  autoShutdown: "never or any_significant or all_significant",
  intensity: "a number",
  period: "a number",
  maxChildren: "a number",
  restart: "permanent or transient or temporary",
  shutdown: "a number or kill",
  type: "worker or supervisor",
  significant: "a boolean",
};

/** Says what is wrong in the options of a supervisor, or in a child. @internal */
export function check(given: any): void {
  for (const what in CHOICES) {
    const value = given[what];
    // Booleans compare as 0 and 1.
    const word = value >= 0 ? `a ${typeof value}` : value;
    if (value !== undefined && !CHOICES[what].split(" or ").includes(word))
      throw unexpected(`${what} is ${CHOICES[what]}`, value);
  }
}

/** Starts a child in the process of its supervisor; `null` when its `init` says to ignore it. @internal */
export function* startOne(spec: ChildSpec): Generator<Suspend<any>, Process | null, any> {
  try {
    const started = spec.start();
    const pid = Symbol.iterator in Object(started) ? yield* started as Operation<Pid> : started;
    if (!(pid instanceof Process)) throw unexpected("start gives a pid", pid);
    // Who has started it otherwise than with a link would leave it without a supervisor.
    link(pid as Pid);
    return pid;
  } catch (thrown) {
    if (thrown instanceof StartError && thrown.reason === "ignore") return null;
    throw thrown;
  }
}

/** Starts a child for who has asked for it; `started` is told of its pid. @internal */
export function* startAsked(
  spec: ChildSpec,
  started: (pid: Process | null) => void,
): Generator<Suspend<any>, { ok: Process | null } | { error: Reason }, any> {
  try {
    const pid = yield* startOne(spec);
    started(pid);
    return { ok: pid };
  } catch (thrown) {
    return { error: startFailure(thrown) };
  }
}

/** Why a start has failed. @internal */
export function startFailure(thrown: unknown): Reason {
  return thrown instanceof StartError || thrown instanceof ExitError ? thrown.reason : thrown;
}

/** Ends children that are alive, all at once, and waits until they have ended. @internal */
export function* endChildren(
  ended: readonly (readonly [Pid, ChildSpec])[],
): Generator<Suspend<any>, void, any> {
  const refs: [MonitorRef, Pid, ChildSpec][] = [];
  for (const [pid, spec] of ended) {
    refs.push([monitor(pid), pid, spec]);
    unlink(pid);
    yield* receive((m: Exit): m is Exit => m instanceof Exit && m.pid === pid, { after: 0 });
    exit(pid, spec.shutdown === "kill" ? "kill" : "shutdown");
  }
  for (const [ref, pid, { type, shutdown = type === "supervisor" ? Infinity : 5000 }] of refs) {
    if (shutdown !== "kill" && (yield* receiveDown(ref, shutdown))) continue;
    exit(pid, "kill");
    yield* receiveDown(ref);
  }
}

/** A request to a supervisor, from either language. @internal */
export interface Asked {
  readonly type: string;
  readonly argument?: any;
}

/** The `handleCall` of a supervisor that does what it is asked so. @internal */
export function answering<State>(
  handle: (asked: Asked, state: State) => Generator<Suspend<any>, SupervisorAnswer, any>,
) {
  return function* (request: any, _from: unknown, state: State): Generator<Suspend<any>, any, any> {
    const [tag, argument] = Array.isArray(request) ? request : [request];
    if (!(tag instanceof Atom)) return { reply: yield* handle(tag ?? {}, state) };
    const type = tag.name;
    const answer = yield* handle({ type, argument }, state);
    return { reply: (bridge as Bridge).supervisorAnswer(type, answer) };
  };
}

/** Asks a supervisor; an error in its answer is thrown. @internal */
export function ask<Reply>(
  supervisor: Destination<never>,
  type: string,
  argument?: unknown,
): AsyncOperation<Reply> {
  return operation(function* () {
    const answer = yield* callWith<{ ok: Reply } | { error: Reason }>(
      supervisor,
      { type, argument },
      Infinity,
    );
    if (!("error" in answer)) return answer.ok;
    throw type === "start_child" || type === "restart_child"
      ? new StartError(answer.error)
      : new Error(`the supervisor has no child ${shortly(argument)}: ${shortly(answer.error)}`);
  });
}

/** @internal */
export function infoOf({ id, type = "worker" }: ChildSpec, pid: ChildInfo["pid"]): ChildInfo {
  return { id, pid, type };
}

/** @internal */
export function count(children: readonly ChildInfo[]): ChildCount {
  const supervisors = children.filter(({ type }) => type === "supervisor").length;
  return {
    specs: children.length,
    active: children.filter(({ pid }) => isPid(pid) && isAlive(pid)).length,
    supervisors,
    workers: children.length - supervisors,
  };
}

/**
 * Starts another child, behind the others. Throws a `StartError` when it cannot, or when there are too many. Mirrors
 * `Supervisor.start_child/2` and `DynamicSupervisor.start_child/2`.
 */
export function startChild(supervisor: Destination<never>, spec: ChildSpec): AsyncOperation<Pid> {
  checkSpec(spec);
  return ask(supervisor, "start_child", spec);
}

/** The children, in the order of starting. Mirrors `Supervisor.which_children/1`. */
export function whichChildren(supervisor: Destination<never>): AsyncOperation<ChildInfo[]> {
  return ask(supervisor, "which_children");
}

/** How many children there are. Mirrors `Supervisor.count_children/1`. */
export function countChildren(supervisor: Destination<never>): AsyncOperation<ChildCount> {
  return ask(supervisor, "count_children");
}
