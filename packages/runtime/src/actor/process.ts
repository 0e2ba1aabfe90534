/** Processes: starting, linking, watching, naming and ending them. The words and their meaning are Erlang's. */
import { extraOf } from "../process/extra.ts";
import { link as linkProcesses, linkSignal, unlink as unlinkProcesses } from "../process/links.ts";
import {
  demonitor as endMonitor,
  monitor as monitorProcess,
  Monitor as ProcessMonitor,
} from "../process/monitor.ts";
import { register as registerName } from "../process/names.ts";
import { NOPROC } from "../process/outcome.ts";
import { EXITED, type Process, TRAP_EXIT } from "../process/process.ts";
import { unlinkMessage } from "../process/receive.ts";
import { S } from "../process/stack.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { atom } from "../term/atom.ts";
import type { Reference, Pid as TermPid } from "../term/identifier.ts";
import { Tuple5 } from "../term/tuple.ts";
import { AWAITED, TYPESCRIPT } from "./bridge.ts";
import {
  type AsyncOperation,
  type Body,
  begin,
  generatorOf,
  type MessagesOf,
  type Suspend,
} from "./operation.ts";
import { checkOptions, SPAWN } from "./options.ts";
import { type Destination, livingOf, type Pid, processOf, type Via } from "./pid.ts";
import { ExitError, fromReason, KILL, NORMAL, type Reason, toReason } from "./reason.ts";
import type { Down, Exit } from "./receive.ts";
import { shortly, unexpected } from "./show.ts";
import { current, here, homeOf, running } from "./system.ts";

/** How a process is started. */
export interface SpawnOptions {
  /** Registers the process under a name, or at a place in a registry. Taken already: an `Error`, and no process. */
  readonly name?: string | Via;
  /** Shown where processes are listed. Mirrors `Process.set_label/1`. */
  readonly label?: string;
  /** Ends the process with the reason `"shutdown"` when it aborts. */
  readonly signal?: AbortSignal;
  /**
   * Runs what stands in `finally`, and disposes of what `using` holds, also when a signal ends the process: at once, so nothing in it may wait
   * (a `yield*` there is the end). As in Erlang, a process that a signal ends does nothing more unless this is `true`.
   */
  readonly runFinally?: boolean;
}

/** The messages that the body of a process receives; those of the system are sent by nobody. A body that says nothing takes any. */
type Accepted<Y> = [MessagesOf<Y>] extends [never] ? any : Exclude<MessagesOf<Y>, Down | Exit>;

/**
 * Starts a process. Its pid takes the messages that the body receives; the body is a generator function, in which `yield*`
 * is where the process may stand still. An error that it does not catch ends this process and is reported. Mirrors `spawn/1`.
 *
 * @example
 * const echo = spawn(function* () {
 *   for (;;) {
 *     const { from, text } = yield* receive<{ from: Pid<string>; text: string }>();
 *     send(from, text.toUpperCase());
 *   }
 * });
 */
export function spawn<Y extends Suspend<any>>(
  body: () => Generator<Y, unknown, any>,
  options?: SpawnOptions,
): Pid<Accepted<Y>> {
  checkBody(body, "spawn");
  const scheduler = here();
  if (options !== undefined) checkSpawn(options);
  let generator: Generator | undefined;
  const start = options?.runFinally ? () => (generator = body()) : body;
  const p = scheduler.enter(() => scheduler.spawn(begin, null, start));
  p.flags |= TYPESCRIPT | scheduler.mark;
  if (options !== undefined) configure(p, options);
  if (start !== body)
    scheduler.observe(p, ({ kind }) => {
      if (kind === "signalled") finish(p, generator);
    });
  return p;
}

/** @internal */
export function checkBody(body: unknown, who: string): void {
  if (typeof body !== "function")
    throw unexpected(`${who} takes a generator function, function* () { … }`, body);
}

/** Leaves a body before its end. */
function finish(p: Process, generator: Generator | undefined): void {
  try {
    generator?.return(undefined);
  } catch (reason) {
    if (!(reason instanceof ExitError)) current().onCrash({ kind: "process", pid: p, name: null, reason });
  }
}

function checkSpawn(options: SpawnOptions): void {
  checkOptions(options, SPAWN);
  const { name, signal } = options;
  if (signal !== undefined && typeof signal?.aborted !== "boolean")
    throw unexpected("a signal is an AbortSignal", signal);
  if (name !== undefined && typeof name !== "string" && typeof name?.register !== "function")
    throw unexpected("a name is a string or a place in a registry", name);
}

function configure(p: Process, { name, label, signal }: SpawnOptions): void {
  if (name !== undefined)
    try {
      enterName(name, p);
    } catch (thrown) {
      exit(p, "kill");
      throw thrown;
    }
  if (label !== undefined) extraOf(p).label = label;
  if (signal !== undefined) {
    const abort = () => exit(p, "shutdown");
    if (signal.aborted) abort();
    else {
      signal.addEventListener("abort", abort);
      here().observe(p, () => signal.removeEventListener("abort", abort));
    }
  }
}

function enterName(name: string | Via, p: Process): void {
  const entered = typeof name === "string" ? registerName(homeOf(p), atom(name), p) : name.register(p);
  if (!entered)
    throw new Error(
      `the ${typeof name === "string" ? `name ${shortly(name)}` : "key"} is registered already`,
    );
}

/**
 * Starts a process that is linked to this one: when either ends abnormally, so does the other. Mirrors
 * `spawn_link/1`.
 */
export function spawnLink<Y extends Suspend<any>>(
  body: () => Generator<Y, unknown, any>,
  options?: SpawnOptions,
): Pid<Accepted<Y>> {
  running("spawnLink()");
  const pid = spawn(body, options);
  link(pid);
  return pid;
}

/** Starts a process that this one watches: a `Down` message tells its end. Mirrors `spawn_monitor/1`. */
export function spawnMonitor<Y extends Suspend<any>>(
  body: () => Generator<Y, unknown, any>,
  options?: SpawnOptions,
): [pid: Pid<Accepted<Y>>, monitor: MonitorRef] {
  running("spawnMonitor()");
  const pid = spawn(body, options);
  return [pid, monitor(pid)];
}

/** The pid of the running process. Mirrors `self/0`. */
export function self<M = any>(): Pid<M> {
  return running("self()");
}

/** Links this process and another. A dead one ends this process with the reason `"noproc"`. Mirrors `Process.link/1`. */
export function link(pid: Pid<never>): void {
  const p = running("link()");
  const other = processOf(pid);
  if (other === null || other.status === EXITED) linkSignal(other ?? p, p, NOPROC);
  else linkProcesses(p, other);
}

/** Ends a link. Mirrors `Process.unlink/1`; an `Exit` that has arrived stays in the mailbox. */
export function unlink(pid: Pid<never>): void {
  const p = running("unlink()");
  const other = processOf(pid);
  if (other !== null) unlinkProcesses(p, other);
}

/** What `monitor` returns and `Down` messages name. */
export interface MonitorRef {
  readonly id: number;
}

/**
 * Watches a process. When it ends, this one gets a `Down` message: at once, with the reason `"noproc"`, if it is dead already. Mirrors
 * `Process.monitor/1`.
 */
export function monitor(to: Destination<never>): MonitorRef {
  const p = running("monitor()");
  const target = processOf(to);
  return monitorProcess(p, target, target ?? toReason(to));
}

/**
 * Stops watching, and takes back a `Down` message that has arrived but has not been received. `true` when it was still
 * watching. Mirrors `Process.demonitor(ref, [:flush])`.
 */
export function demonitor(reference: MonitorRef): boolean {
  const p = running("demonitor()");
  if (!(reference instanceof ProcessMonitor))
    throw new TypeError("demonitor takes what monitor has returned");
  const active = endMonitor(reference);
  if (!active) removeDown(p, reference);
  return active;
}

function removeDown(p: Process, reference: Reference): void {
  let before = null;
  for (let m = p.head; m !== null; before = m, m = m.next) {
    if (m.term instanceof Tuple5 && m.term.b === reference) return unlinkMessage(p, before, m);
  }
}

/** Ends this process with a reason, by an `ExitError` that it may still catch. Mirrors `exit/1`. */
export function exit(reason: Reason): never;
/**
 * Sends an exit signal. A process that traps exits gets an `Exit` message; others end. `"kill"` cannot be trapped; `"normal"` is
 * ignored unless a process sends it to itself. Mirrors `Process.exit/2`.
 */
export function exit(pid: Destination<never>, reason: Reason): void;
export function exit(...args: [Reason] | [Destination<never>, Reason]): void {
  if (args.length === 1) throw new ExitError(args[0]);
  const p = livingOf(args[0] as Destination<never>);
  if (p === null) return;
  const reason = toReason(args[1]);
  const from = S.p;
  // The host is no process: its signals come from nobody, so that a normal one is ignored.
  const scheduler = homeOf(p);
  if (from !== null || reason !== NORMAL) scheduler.enter(() => scheduler.exitSignal(from ?? p, p, reason));
}

/**
 * Whether exit signals come as `Exit` messages in place of ending this process. Returns what held before. Mirrors
 * `Process.flag(:trap_exit, …)`.
 */
export function trapExit(trap: boolean): boolean {
  const p = running("trapExit()");
  const before = (p.flags & TRAP_EXIT) !== 0;
  if (trap) p.flags |= TRAP_EXIT;
  else p.flags &= ~TRAP_EXIT;
  return before;
}

/** Gives a process a name, this one unless told otherwise. Taken already, or named already: an `Error`. Mirrors `Process.register/2`. */
export function register(name: string, pid: Pid<never> = self()): void {
  const p = livingOf(pid);
  if (p === null) throw new Error(`${shortly(pid)} is dead, and gets no name`);
  const own = p.extra?.name;
  if (own && own.name !== name)
    throw new Error(`${shortly(p)} is registered already, as ${shortly(own.name)}`);
  enterName(name, p);
}

/** Takes a name back; `false` when nobody has it. Mirrors `Process.unregister/1`. */
export function unregister(name: string): boolean {
  return here().unregister(atom(name));
}

/** The process of a name. Mirrors `Process.whereis/1`. */
export function whereis<M = any>(name: string): Pid<M> | undefined {
  return here().names.get(atom(name));
}

/** Whether a process has not ended. Mirrors `Process.alive?/1`. */
export function isAlive(pid: Pid<never>): boolean {
  return livingOf(pid) !== null;
}

/** Notes that code outside of processes waits for something of a process, or no longer does. @internal */
export function noteAwaited(p: Process, isAwaited: boolean): void {
  if (isAwaited) p.flags |= AWAITED;
  else p.flags &= ~AWAITED;
}

/** @internal */
export function isAwaited(p: Process): boolean {
  return (p.flags & AWAITED) !== 0;
}

/**
 * For code outside of processes: runs a body in a process of its own. The promise has its result, or is rejected with the error
 * that it did not catch, or with an `ExitError` when a signal has ended it. An aborted `signal` ends the process.
 *
 * @example
 * const answer = await run(function* () {
 *   yield* sleep(100);
 *   return 42;
 * });
 */
export function run<Result>(
  body: () => Body<Result>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Result> {
  checkBody(body, "run");
  checkOptions(options, "signal");
  const { signal } = options;
  return new Promise((resolve, reject) => {
    let result: { value: Result } | undefined;
    const p = spawn(
      function* () {
        try {
          result = { value: yield* generatorOf(body) };
        } catch (thrown) {
          reject(thrown);
        }
      },
      { signal },
    ) as Process;
    const end = ({ reason }: { reason: unknown }) => {
      if (result !== undefined) resolve(result.value);
      else reject(signal?.aborted ? signal.reason : new ExitError(fromReason(reason)));
    };
    noteAwaited(p, true);
    if (p.status === EXITED) end({ reason: KILL });
    else homeOf(p).observe(p, end);
  });
}

/** An operation that other code may await. @internal */
export abstract class Awaitable<Result> implements AsyncOperation<Result> {
  /** Gives up the wait of other code. */
  protected readonly signal: AbortSignal | undefined;
  /** The system that is in use when it is made, which it may not be any more when it is awaited. A private field would make calls slower. */
  protected readonly home: Scheduler;
  /** Once it is awaited: whoever does so again waits for the same. Most operations are a process's, and never have it. */
  declare begun?: Promise<Result>;

  constructor(signal?: AbortSignal, to?: unknown) {
    this.signal = signal;
    this.home = homeOf(to as TermPid);
  }

  get [Symbol.toStringTag](): string {
    return "AsyncOperation";
  }

  abstract [Symbol.iterator](): Iterator<Suspend, Result, any>;

  // biome-ignore lint/suspicious/noThenProperty: an operation is awaited outside of processes.
  then<A = Result, B = never>(
    fulfilled?: ((value: Result) => A | PromiseLike<A>) | null,
    rejected?: ((reason: any) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    if (S.p !== null) throw new Error("a process waits with yield*, not with await");
    const operation = this;
    const wholly = function* () {
      return yield* operation as AsyncOperation<Result>;
    };
    this.begun ??= this.home.enter(() => run(wholly, { signal: this.signal }));
    return this.begun.then(fulfilled, rejected);
  }

  catch<B = never>(rejected?: ((reason: any) => B | PromiseLike<B>) | null): Promise<Result | B> {
    return this.then(null, rejected);
  }

  finally(settled?: (() => void) | null): Promise<Result> {
    return this.then().finally(settled);
  }
}

/**
 * An operation of a generator function; awaited outside of processes, it runs in one of its own, which is of the same system as the
 * process `beside`, if that is given.
 */
export function operation<Result>(
  body: () => Body<Result, Suspend>,
  beside?: Destination<never>,
): AsyncOperation<Result> {
  checkBody(body, "operation");
  return new Prepared(body, beside);
}

class Prepared<Result> extends Awaitable<Result> {
  readonly #body: () => Body<Result, Suspend>;

  constructor(body: () => Body<Result, Suspend>, beside?: Destination<never>) {
    super(undefined, beside);
    this.#body = body;
  }
  [Symbol.iterator](): Body<Result, Suspend> {
    return this.#body();
  }
}
