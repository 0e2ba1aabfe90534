/** Pids as TypeScript sees them: typed by the messages that they take. At run time a pid is the process's record. */
import { Process } from "../process/process.ts";
import { atom } from "../term/atom.ts";
import { Pid as AnyPid } from "../term/identifier.ts";
import { here } from "./system.ts";

declare const accepts: unique symbol;

/** The identifier of a process that takes messages of type `M`. */
export interface Pid<in M = any> {
  readonly node: number;
  readonly id: number;
  readonly serial: number;
  readonly [accepts]?: (message: M) => void;
}

/** A place where a pid is to be found when it is needed: `registry.via(key)`. */
export interface Via<in M = any> {
  whereis(): Pid<M> | undefined;
  register(pid: Pid): boolean;
}

/** Whom to send to: a pid, a registered name, or a place in a registry. */
export type Destination<M = any> = Pid<M> | string | Via<M>;

/** The living process of a destination. @internal */
export function processOf(to: Destination): Process | null {
  if (to instanceof AnyPid) return to instanceof Process ? to : here().find(to);
  if (typeof to === "string") return here().names.get(atom(to)) ?? null;
  if (typeof (to as Via)?.whereis === "function") return ((to as Via).whereis() as Process) ?? null;
  throw new TypeError(`${String(to)} is no pid, name or place in a registry`);
}

/** Whether a value is a pid. */
export function isPid(value: unknown): value is Pid {
  return value instanceof AnyPid;
}
