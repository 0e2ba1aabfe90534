/** Processes: starting, linking, watching, naming and ending them. The words and their meaning are Erlang's. */

import { extraOf } from "../process/extra.ts";
import { Monitor as ProcessMonitor } from "../process/monitor.ts";
import { EXITED, type Process, TRAP_EXIT } from "../process/process.ts";
import { type Atom, atom } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import type { Reference } from "../term/identifier.ts";
import { TYPESCRIPT } from "./bridge.ts";
import { type AsyncOperation, type Body, begin, type MessagesOf, type Suspend } from "./operation.ts";
import { type Destination, type Pid, processOf, type Via } from "./pid.ts";
import { ExitError, fromReason, NORMAL, type Reason, toReason } from "./reason.ts";
import { here, homeOf, running } from "./system.ts";

export interface SpawnOptions {
  /** Registers the process under a name. */
  readonly name?: string | Via;
  /** Shown where processes are listed. */
  readonly label?: string;
  /** Ends the process with the reason `shutdown` when it aborts. */
  readonly signal?: AbortSignal;
}

/** Starts a process. Its pid takes the messages that the body receives. */
export function spawn<Y extends Suspend<any>>(
  body: () => Generator<Y, unknown, any>,
  options?: SpawnOptions,
): Pid<MessagesOf<Y>> {
  if (typeof body !== "function")
    throw new TypeError(`spawn takes a generator function, function* () { … }, not ${String(body)}`);
  const scheduler = here();
  const { name } = options ?? {};
  if (typeof name === "string" && scheduler.names.has(atom(name))) throw nameTaken(name);
  const p = scheduler.isRunning
    ? scheduler.spawn(begin, null, body)
    : scheduler.enter(() => scheduler.spawn(begin, null, body));
  p.flags |= TYPESCRIPT;
  if (options !== undefined) configure(p, options);
  return p as Pid;
}

function configure(p: Process, { name, label, signal }: SpawnOptions): void {
  if (typeof name === "string") here().register(atom(name), p);
  else if (name !== undefined && !name.register(p as Pid)) {
    kill(p);
    throw new Error(`the key is registered already, by ${String(name.whereis()?.id)}`);
  }
  if (label !== undefined) extraOf(p).label = text(label);
  if (signal !== undefined) {
    const abort = () => exit(p as Pid, "shutdown");
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    here().observe(p, () => signal.removeEventListener("abort", abort));
  }
}

function kill(p: Process): void {
  exit(p as Pid, "kill");
}

function nameTaken(name: string): Error {
  return new Error(`the name ${JSON.stringify(name)} is registered already`);
}

/** Starts a process that is linked to this one: if either fails, so does the other. */
export function spawnLink<Y extends Suspend<any>>(
  body: () => Generator<Y, unknown, any>,
  options?: SpawnOptions,
): Pid<MessagesOf<Y>> {
  running("spawnLink()");
  const pid = spawn(body, options);
  link(pid);
  return pid;
}

/** Starts a process that this one watches: a `Down` message tells its end. */
export function spawnMonitor<Y extends Suspend<any>>(
  body: () => Generator<Y, unknown, any>,
  options?: SpawnOptions,
): [pid: Pid<MessagesOf<Y>>, monitor: MonitorRef] {
  running("spawnMonitor()");
  const pid = spawn(body, options);
  return [pid, monitor(pid)];
}

/** The pid of the running process. */
export function self<M = any>(): Pid<M> {
  return running("self()") as Pid<M>;
}

/** Links this process and another. A dead one ends this process with the reason `noproc`, as in Erlang. */
export function link(pid: Pid): void {
  const p = running("link()");
  const other = pid as Process;
  if (other.status === EXITED) here().linkSignal(other, p, atom("noproc"));
  else here().link(p, other);
}

export function unlink(pid: Pid): void {
  here().unlink(running("unlink()"), pid as Process);
}

/** What `monitor` returns and `Down` messages name. */
export type MonitorRef = Reference;

/** Watches a process. When it ends, or if it is dead already, this one gets a `Down` message. */
export function monitor(to: Destination): MonitorRef {
  const p = running("monitor()");
  const target = processOf(to);
  return here().monitor(p, target, (target ?? atom(String(to))) as Process);
}

/** Stops watching, and takes back a `Down` message that has arrived but has not been received. */
export function demonitor(reference: MonitorRef): boolean {
  const p = running("demonitor()");
  if (!(reference instanceof ProcessMonitor))
    throw new TypeError("demonitor takes what monitor has returned");
  const active = here().demonitor(reference);
  if (!active) removeDown(p, reference);
  return active;
}

function removeDown(p: Process, reference: MonitorRef): void {
  let before = null;
  for (let m = p.head; m !== null; before = m, m = m.next) {
    if ((m.term as { b?: unknown })?.b !== reference) continue;
    if (before === null) p.head = m.next;
    else before.next = m.next;
    if (p.last === m) p.last = before;
    p.mailboxLength--;
    return;
  }
}

/** Ends this process with a reason. */
export function exit(reason: Reason): never;
/** Sends an exit signal. `"kill"` cannot be trapped; `"normal"` is ignored, except by the process itself. */
export function exit(pid: Destination, reason: Reason): void;
export function exit(...args: [Reason] | [Destination, Reason]): void {
  if (args.length === 1) throw new ExitError(args[0]);
  const p = processOf(args[0] as Destination);
  if (p === null || p.status === EXITED) return;
  const scheduler = homeOf(p);
  const from = scheduler.isRunning ? running("exit()") : p;
  const reason = toReason(args[1]);
  // From outside there is no sender; a normal exit is then ignored as that of another process would be.
  if (from === p && reason === NORMAL && !scheduler.isRunning) return;
  scheduler.enter(() => scheduler.exitSignal(from, p, reason));
}

/** Whether exit signals come as `Exit` messages in place of ending this process. Returns what held before. */
export function trapExit(trap: boolean): boolean {
  const p = running("trapExit()");
  const before = (p.flags & TRAP_EXIT) !== 0;
  p.flags = trap ? p.flags | TRAP_EXIT : p.flags & ~TRAP_EXIT;
  return before;
}

/** Gives a process a name. */
export function register(name: string, pid: Pid = self()): void {
  if (!homeOf(pid as Process).register(atom(name), pid as Process)) throw nameTaken(name);
}

export function unregister(name: string): boolean {
  return here().unregister(atom(name));
}

/** The process of a name. */
export function whereis<M = any>(name: string): Pid<M> | undefined {
  return here().names.get(atom(name) as Atom) as Pid<M> | undefined;
}

export function isAlive(pid: Pid): boolean {
  return (pid as Process).status !== EXITED;
}

/**
 * For code outside of processes: runs a body in a process of its own. The promise has its result, or is rejected with what
 * ended it.
 */
export function run<Result>(
  body: () => Body<Result>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const scheduler = here();
    let result: { value: Result } | undefined;
    const p = spawn(
      function* () {
        try {
          result = { value: yield* body() };
        } catch (thrown) {
          reject(thrown);
        }
      },
      signal === undefined ? undefined : { signal },
    ) as Process;
    scheduler.observe(p, (outcome) => {
      if (result !== undefined) resolve(result.value);
      else reject(new ExitError(fromReason(outcome.reason)));
    });
  });
}

/** Makes an operation of a generator function; awaited outside of processes, it runs in one of its own. */
export function operation<Result>(body: () => Body<Result>): AsyncOperation<Result> {
  return new Prepared(body);
}

class Prepared<Result> implements AsyncOperation<Result> {
  readonly #body: () => Body<Result>;

  constructor(body: () => Body<Result>) {
    this.#body = body;
  }
  [Symbol.iterator](): Body<Result> {
    return this.#body();
  }
  // biome-ignore lint/suspicious/noThenProperty: an operation is awaited outside of processes.
  then<A = Result, B = never>(
    fulfilled?: ((value: Result) => A | PromiseLike<A>) | null,
    rejected?: ((reason: any) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return run(this.#body).then(fulfilled, rejected);
  }
}
