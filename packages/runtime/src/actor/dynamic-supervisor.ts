/** Supervisors of children that come and go: started by request, each restarted alone, ended all at once. Mirrors `DynamicSupervisor`. */
import type { Process } from "../process/process.ts";
import { castWith } from "./call.ts";
import type { Callbacks, StartOptions } from "./callbacks.ts";
import { type ChildOptions, type ChildSpec, specOf } from "./child-spec.ts";
import {
  type Asked,
  answering,
  ask,
  type ChildInfo,
  check,
  count,
  endChildren,
  infoOf,
  startAsked,
  startOne,
} from "./children.ts";
import type { AsyncOperation, Suspend } from "./operation.ts";
import { checkOptions, START } from "./options.ts";
import { type Destination, type Pid, processOf } from "./pid.ts";
import { self, trapExit } from "./process.ts";
import { isOrderly, toReason } from "./reason.ts";
import { Exit } from "./receive.ts";
import { begin } from "./server.ts";
import { decide, type Settings } from "./strategy.ts";
import type { SupervisorPid } from "./supervisor.ts";
import { here } from "./system.ts";

export { countChildren, startChild, whichChildren } from "./children.ts";
export { stop } from "./gen-server.ts";

/** How a dynamic supervisor is started. */
export interface Options extends StartOptions {
  /** How many restarts are allowed within `period`; 3 unless given. */
  readonly intensity?: number;
  /** Milliseconds; 5000 unless given. */
  readonly period?: number;
  /** How many children there may be at a time. */
  readonly maxChildren?: number;
}

const OPTIONS = /* @__PURE__ */ START.concat(", intensity, period, maxChildren");

/** Starts a supervisor without children. */
export function start(options: Options = {}): AsyncOperation<SupervisorPid> {
  return launch(options, false);
}

/** As `start`, linked to the process that starts it. Mirrors `DynamicSupervisor.start_link/1`. */
export function startLink(options: Options = {}): AsyncOperation<SupervisorPid> {
  return launch(options, true);
}

/** The specification of a dynamic supervisor as another's child. */
export function child(options: Options & ChildOptions = {}): ChildSpec {
  return { ...specOf("DynamicSupervisor", options, OPTIONS, startLink), type: "supervisor" };
}

function launch(options: Options, linked: boolean): AsyncOperation<SupervisorPid> {
  checkOptions(options, OPTIONS);
  const { intensity = 3, period = 5000, maxChildren = Infinity, ...rest } = options;
  const settings: Settings = { strategy: "one_for_one", intensity, period, autoShutdown: "never" };
  check(options);
  return begin(callbacks, { settings, maxChildren }, rest, linked, "DynamicSupervisor");
}

interface State {
  readonly settings: Settings;
  readonly maxChildren: number;
  readonly children: Map<Process, ChildSpec>;
  /** Those whose restart has failed, to be tried again. */
  readonly failed: Set<ChildSpec>;
  restarts: readonly number[];
}

type Steps<Result = void> = Generator<Suspend<any>, Result, any>;

const handleCall = answering(handle);

const callbacks: Callbacks<any, State, any, any, { retry: ChildSpec }, unknown> = {
  init({ settings, maxChildren }: Pick<State, "settings" | "maxChildren">) {
    trapExit(true);
    return { state: { settings, maxChildren, children: new Map(), failed: new Set(), restarts: [] } };
  },

  handleCall,

  *handleInfo(message, state) {
    if (!(message instanceof Exit)) return;
    const pid = message.pid as Process;
    const spec = state.children.get(pid);
    if (spec === undefined) return;
    state.children.delete(pid);
    return yield* settle(state, spec, isOrderly(toReason(message.reason)), false);
  },

  *handleCast({ retry }, state) {
    if (state.failed.delete(retry)) return yield* settle(state, retry, false, true);
  },

  *terminate(_reason, { children }) {
    yield* endChildren([...children].map(([pid, spec]) => [pid as Pid, spec]));
  },
};

function* settle(
  state: State,
  spec: ChildSpec,
  orderly: boolean,
  failedStart: boolean,
): Steps<{ stop: string } | undefined> {
  const { id, restart = "permanent" } = spec;
  const child = { id, restart, running: false };
  const ended = { id, orderly, failedStart };
  const { actions, restarts } = decide(state.settings, [child], ended, state.restarts, here().now());
  state.restarts = restarts;
  for (const { type } of actions) {
    if (type === "shutdown") return { stop: "shutdown" };
    if (type !== "start") continue;
    try {
      const pid = yield* startOne(spec);
      if (pid !== null) state.children.set(pid, spec);
    } catch {
      state.failed.add(spec);
      castWith(self(), { retry: spec });
    }
  }
}

function list({ children, failed }: State): ChildInfo[] {
  return [
    ...[...children].map(([pid, spec]) => infoOf(spec, pid)),
    ...[...failed].map((spec) => infoOf(spec, "restarting")),
  ];
}

function* handle({ type, argument }: Asked, state: State): Steps<{ ok: unknown } | { error: unknown }> {
  const { children } = state;
  switch (type) {
    case "which_children":
      return { ok: list(state) };
    case "count_children":
      return { ok: count(list(state)) };
    case "start_child": {
      if (children.size + state.failed.size >= state.maxChildren) return { error: "max_children" };
      const started = yield* startAsked(argument, (pid) => pid && children.set(pid, argument));
      return "ok" in started && started.ok === null ? { error: "ignore" } : started;
    }
    case "terminate_child": {
      const pid = processOf(argument) as Process;
      const spec = children.get(pid);
      if (spec === undefined) break;
      children.delete(pid);
      yield* endChildren([[pid, spec]]);
      return { ok: null };
    }
  }
  return { error: "not_found" };
}

/** Ends a child for good. Mirrors `DynamicSupervisor.terminate_child/2`. */
export function terminateChild(supervisor: Destination<never>, pid: Pid<never>): AsyncOperation<null> {
  return ask(supervisor, "terminate_child", pid);
}
