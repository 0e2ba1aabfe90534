/**
 * Processes by key, with a value each; those that end are gone from it at once. Mirrors `Registry`, but is an object and no
 * process: it needs no supervisor, and looking up sends no message.
 */
import type { Process } from "../process/process.ts";
import { checkOptions } from "./options.ts";
import { livingOf, type Pid, processOf, type Via } from "./pid.ts";
import { self } from "./process.ts";
import { send } from "./send.ts";
import { unexpected } from "./show.ts";
import { homeOf } from "./system.ts";

/** A process under a key, with the value that it was registered with. */
export interface Entry<Value, M = any> {
  readonly pid: Pid<M>;
  readonly value: Value;
}

export interface RegistryOptions {
  /** Whether a key has one process or any number of them. */
  readonly keys: "unique" | "duplicate";
}

/**
 * A registry of processes that take messages of type `M`.
 *
 * @example
 * const rooms = new Registry<string>({ keys: "unique" });
 * await GenServer.start(Room, "lobby", { name: rooms.via("lobby") });
 * await call(rooms.via("lobby"), { type: "members" });
 */
export class Registry<Key = any, Value = undefined, M = any> {
  readonly keys: RegistryOptions["keys"];
  readonly #entries = new Map<Key, Entry<Value, M>[]>();
  readonly #keysOf = new Map<Process, Key[]>();

  constructor(options: RegistryOptions) {
    checkOptions(options, "keys");
    const { keys } = options;
    if (keys !== "unique" && keys !== "duplicate")
      throw unexpected('the keys of a registry are "unique" or "duplicate"', keys);
    this.keys = keys;
  }

  /**
   * Puts a process, this one unless given, under a key. `false` when the keys are unique and it has one, or when the process has
   * ended. Mirrors `Registry.register/3`.
   */
  register(key: Key, value?: Value, pid: Pid<never> = self()): boolean {
    const p = livingOf(pid);
    if (p === null) return false;
    let entries = this.#entries.get(key);
    if (entries === undefined) this.#entries.set(key, (entries = []));
    else if (this.keys === "unique") return false;
    entries.push({ pid: p as Pid<M>, value: value as Value });
    const keys = this.#keysOf.get(p);
    if (keys !== undefined) keys.push(key);
    else {
      this.#keysOf.set(p, [key]);
      homeOf(p).observe(p, () => {
        for (const key of this.keysOf(p as Pid)) this.#remove(key, p);
        this.#keysOf.delete(p);
      });
    }
    return true;
  }

  /** Takes a process away from a key. Mirrors `Registry.unregister/2`. */
  unregister(key: Key, pid: Pid<never> = self()): void {
    const p = processOf(pid);
    if (p === null) return;
    this.#remove(key, p);
    const keys = this.#keysOf.get(p)?.filter((other) => other !== key);
    if (keys !== undefined) this.#keysOf.set(p, keys);
  }

  #remove(key: Key, p: Process): void {
    const left = this.lookup(key).filter(({ pid }) => pid !== (p as Pid));
    if (left.length > 0) this.#entries.set(key, left);
    else this.#entries.delete(key);
  }

  /** The processes under a key, in the order of registering. Mirrors `Registry.lookup/2`. */
  lookup(key: Key): readonly Entry<Value, M>[] {
    return this.#entries.get(key) ?? [];
  }

  /** The process under a key, the first one when there are several. */
  whereis(key: Key): Pid<M> | undefined {
    return this.lookup(key)[0]?.pid;
  }

  /** The keys of a process. Mirrors `Registry.keys/2`. */
  keysOf(pid: Pid<never> = self()): readonly Key[] {
    return this.#keysOf.get(processOf(pid) as Process) ?? [];
  }

  /** How many entries there are. Mirrors `Registry.count/1`. */
  get size(): number {
    let size = 0;
    for (const entries of this.#entries.values()) size += entries.length;
    return size;
  }

  /** Sends a message to all processes under a key. Mirrors the usual use of `Registry.dispatch/3`. */
  dispatch(key: Key, message: M): void {
    for (const { pid } of this.lookup(key)) send(pid, message);
  }

  /** The place of a key, wherever a name or a destination is asked for. Mirrors `{:via, Registry, {registry, key}}`. */
  via(key: Key, value?: Value): Via<M> {
    return {
      whereis: () => this.whereis(key),
      register: (pid) => this.register(key, value, pid),
    };
  }
}
