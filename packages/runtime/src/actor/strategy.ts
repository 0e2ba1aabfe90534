/**
 * What a supervisor does about the end of a child, as data: a function from its settings, its children and an exit to a list of
 * actions. It starts and ends nothing itself, so that every rule of OTP's `supervisor` can be tested alone.
 */

/** Which others are restarted with a child that has ended: none, all, or those started after it. */
export type Strategy = "one_for_one" | "one_for_all" | "rest_for_one";

export interface Settings {
  readonly strategy: Strategy;
  /** More than so many restarts within `period` milliseconds are too many. */
  readonly intensity: number;
  readonly period: number;
  /** Whether the supervisor ends when a significant child has ended by itself, or the last of them. */
  readonly autoShutdown: "never" | "any_significant" | "all_significant";
}

/** What the decision needs to know of a child. In the order of starting. */
export interface Child {
  readonly id: string;
  readonly restart: "permanent" | "transient" | "temporary";
  readonly significant?: boolean;
  readonly running: boolean;
}

export interface Ended {
  readonly id: string;
  /** Whether it ended as it should: normally, or by `shutdown`. */
  readonly orderly: boolean;
  /** Whether it is a restart that has failed: it is tried again, whatever the reason. */
  readonly failedStart?: boolean;
}

export type Action =
  /** The child has no process from now on; or is none any more. */
  | { readonly type: "ended" | "remove"; readonly id: string }
  /** End the processes of these, in this order. */
  | { readonly type: "stop"; readonly ids: readonly string[] }
  /** Start these, in this order; should one fail, that is its end, and those behind it wait for the next decision. */
  | { readonly type: "start"; readonly ids: readonly string[] }
  /** End all children and the supervisor: there were too many restarts, or a significant child has ended. */
  | { readonly type: "shutdown"; readonly because: "intensity" | "significant" };

export interface Decision {
  readonly actions: readonly Action[];
  /** The times of the restarts that still count. */
  readonly restarts: readonly number[];
}

export function decide(
  settings: Settings,
  children: readonly Child[],
  exit: Ended,
  restarts: readonly number[],
  now: number,
): Decision {
  const index = children.findIndex(({ id }) => id === exit.id);
  if (index < 0) return { actions: [], restarts };
  const child = children[index];
  const restarted =
    exit.failedStart || child.restart === "permanent" || (child.restart === "transient" && !exit.orderly);
  const gone: Action = { type: child.restart === "temporary" ? "remove" : "ended", id: child.id };
  if (!restarted) {
    const over = endsSupervisor(settings, children, child);
    return { actions: over ? [gone, { type: "shutdown", because: "significant" }] : [gone], restarts };
  }
  const counted = [...restarts.filter((time) => now - time <= settings.period), now];
  if (counted.length > settings.intensity)
    return { actions: [gone, { type: "shutdown", because: "intensity" }], restarts: counted };
  return { actions: [gone, ...restart(settings.strategy, children, index)], restarts: counted };
}

function restart(strategy: Strategy, children: readonly Child[], index: number): Action[] {
  if (strategy === "one_for_one") return [{ type: "start", ids: [children[index].id] }];
  const affected = strategy === "one_for_all" ? children : children.slice(index);
  const others = affected.filter((child) => child !== children[index]);
  const stopped = others.filter(({ running }) => running).toReversed();
  const temporary = others.filter((child) => child.restart === "temporary");
  const started = affected.filter((child) => child.restart !== "temporary" || child === children[index]);
  return [
    { type: "stop", ids: stopped.map(({ id }) => id) },
    ...temporary.map(({ id }): Action => ({ type: "remove", id })),
    { type: "start", ids: started.map(({ id }) => id) },
  ];
}

function endsSupervisor({ autoShutdown }: Settings, children: readonly Child[], ended: Child): boolean {
  if (!ended.significant || autoShutdown === "never") return false;
  if (autoShutdown === "any_significant") return true;
  return !children.some((child) => child !== ended && child.significant && child.running);
}
