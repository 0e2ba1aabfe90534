/** Pids as TypeScript sees them: typed by the messages that they take. At run time a pid is the process's record. */
import { EXITED, MARK, Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { atom } from "../term/atom.ts";
import { Pid as TermPid } from "../term/identifier.ts";
import { shortly } from "./show.ts";
import { here } from "./system.ts";

declare const accepts: unique symbol;
declare const serves: unique symbol;

/**
 * The identifier of a process that takes messages of type `M`. A pid of a process that takes more is assignable to it;
 * `Pid<never>` is any process at all.
 */
export interface Pid<in M = any> {
  readonly node: number;
  readonly id: number;
  readonly serial: number;
  readonly [accepts]?: (message: M) => void;
}

/** The pid of a server: the requests that it answers with a `Reply`, the casts and the other messages that it takes. */
export interface ServerPid<in Request = any, out Reply = any, in Cast = any, in Info = any>
  extends Pid<Info> {
  readonly [serves]: (request: Request, cast: Cast) => Reply;
}

/** A place where a pid is to be found when it is needed: `registry.via(key)`. Mirrors Elixir's `{:via, module, name}`. */
export interface Via<in M = any> {
  /** The process there now. */
  whereis(): Pid<M> | undefined;
  /** Puts a process there; `false` when there is one already. */
  register(pid: Pid<never>): boolean;
}

/** Whom to send to: a pid, a registered name, or a place in a registry. */
export type Destination<M = any> = Pid<M> | string | Via<M>;

/** Whom to call without knowing what it answers: anything but a `ServerPid`. */
export type AnyServer = (Pid<never> & { readonly [serves]?: undefined }) | string | Via<never>;

/** The process of a destination, which may be dead; `null` when there is none. @internal */
export function processOf(to: Destination<never>): Process | null {
  if (to instanceof Process) {
    // Most have the same mark; where it differs one of them may be Elixir's, and have none.
    if (
      S.p !== null &&
      (to.flags ^ S.p.flags) >> MARK &&
      to.status !== EXITED &&
      S.system.processes.get(to.id) !== to
    )
      throw new Error(`${to} is of another system`);
    return to;
  }
  if (typeof to === "string") return here().names.get(atom(to)) ?? null;
  if (to instanceof TermPid) return here().find(to);
  if (typeof (to as Via)?.whereis === "function") {
    const there = (to as Via).whereis();
    return there ? processOf(there) : null;
  }
  throw new TypeError(`${shortly(to)} is no pid, name or place in a registry`);
}

/** The process of a destination, unless it is dead. @internal */
export function livingOf(to: Destination<never>): Process | null {
  const p = processOf(to);
  return p?.status === EXITED ? null : p;
}

/** Whether a value is a pid. Mirrors `is_pid/1`. */
export function isPid(value: unknown): value is Pid {
  return value instanceof TermPid;
}
