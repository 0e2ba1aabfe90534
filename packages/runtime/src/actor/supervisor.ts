/**
 * Supervisors: they start their children in order, restart those that end (`strategy.ts` decides which), and end them in
 * the reverse order. Mirrors `Supervisor`, and answers its requests.
 */
import type { Process } from "../process/process.ts";
import { castWith } from "./call.ts";
import type { Callbacks, StartOptions } from "./callbacks.ts";
import { type ChildOptions, type ChildSpec, specOf } from "./child-spec.ts";
import {
  type Asked,
  answering,
  ask,
  ChildError,
  type ChildInfo,
  check,
  checkSpec,
  count,
  endChildren,
  infoOf,
  startAsked,
  startFailure,
  startOne,
} from "./children.ts";
import type { AsyncOperation, Suspend } from "./operation.ts";
import { checkOptions, START } from "./options.ts";
import type { Destination, Pid, ServerPid } from "./pid.ts";
import { self, trapExit } from "./process.ts";
import { isOrderly, toReason } from "./reason.ts";
import { Exit } from "./receive.ts";
import { begin } from "./server.ts";
import { shortly, unexpected } from "./show.ts";
import { type Action, decide, type Ended, type Settings, type Strategy } from "./strategy.ts";
import { here } from "./system.ts";

export type { ChildOptions, ChildSpec } from "./child-spec.ts";
export {
  type ChildCount,
  ChildError,
  type ChildInfo,
  countChildren,
  startChild,
  whichChildren,
} from "./children.ts";
export { stop } from "./gen-server.ts";
export type { Strategy } from "./strategy.ts";

/** How a supervisor is started, and what it does about children that end. */
export interface Options extends StartOptions {
  /** `"one_for_one"` unless given. */
  readonly strategy?: Strategy;
  /** How many restarts are allowed within `period`; 3 unless given. */
  readonly intensity?: number;
  /** Milliseconds; 5000 unless given. */
  readonly period?: number;
  /** Whether the end of significant children ends the supervisor: `"never"` unless given. */
  readonly autoShutdown?: Settings["autoShutdown"];
}

const OPTIONS = /* @__PURE__ */ START.concat(", strategy, intensity, period, autoShutdown");

/** The pid of a supervisor. */
export type SupervisorPid = ServerPid<never, unknown, never>;

/**
 * Starts a supervisor and its children. When one of them cannot be started, those before it are ended and a `StartError` is
 * thrown. Mirrors `Supervisor.start_link/2`, without the link.
 *
 * @example
 * const supervisor = await Supervisor.start([
 *   GenServer.child(Cache, undefined, { name: "cache" }),
 *   { id: "poll", start: () => spawnLink(poll) },
 * ], { strategy: "rest_for_one" });
 */
export function start(children: readonly ChildSpec[], options: Options = {}): AsyncOperation<SupervisorPid> {
  return launch(children, options, false);
}

/** As `start`, linked to the process that starts it. Mirrors `Supervisor.start_link/2`. */
export function startLink(
  children: readonly ChildSpec[],
  options: Options = {},
): AsyncOperation<SupervisorPid> {
  return launch(children, options, true);
}

/** The specification of a supervisor as another's child. */
export function child(children: readonly ChildSpec[], options: Options & ChildOptions = {}): ChildSpec {
  const spec = specOf("Supervisor", options, OPTIONS, (rest) => startLink(children, rest));
  return { ...spec, type: "supervisor" };
}

function launch(
  children: readonly ChildSpec[],
  options: Options,
  linked: boolean,
): AsyncOperation<SupervisorPid> {
  checkOptions(options, OPTIONS);
  const { strategy = "one_for_one", intensity = 3, period = 5000, autoShutdown = "never", ...rest } = options;
  const settings = { strategy, intensity, period, autoShutdown };
  check(settings);
  if (!Array.isArray(children)) throw unexpected("a supervisor takes an array of children", children);
  children.forEach(checkSpec);
  const ids = children.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new Error(`two children have the id ${shortly(twice)}`);
  return begin(callbacks, { settings, children }, rest, linked, "Supervisor");
}

interface Running {
  readonly spec: ChildSpec;
  pid: Process | null;
  /** Its restart has failed, and is going to be tried again. */
  restarting: boolean;
}

interface State {
  readonly settings: Settings;
  children: Running[];
  restarts: readonly number[];
}

type Steps<Result = void> = Generator<Suspend<any>, Result, any>;

const handleCall = answering(handle);

const callbacks: Callbacks<any, State, any, any, { retry: string }, unknown> = {
  *init({ settings, children }: { settings: Settings; children: readonly ChildSpec[] }) {
    trapExit(true);
    const state: State = { settings, children: [], restarts: [] };
    for (const spec of children) {
      try {
        add(state, spec, yield* startOne(spec));
      } catch (thrown) {
        yield* end(state.children.toReversed());
        return { stop: new ChildError(spec.id, startFailure(thrown)) };
      }
    }
    return { state };
  },

  handleCall,

  *handleInfo(message, state) {
    if (!(message instanceof Exit)) return;
    const running = state.children.find(({ pid }) => pid === (message.pid as Process));
    if (running === undefined) return;
    running.pid = null;
    return yield* settle(state, { id: running.spec.id, orderly: isOrderly(toReason(message.reason)) });
  },

  *handleCast({ retry }, state) {
    const running = find(state, retry);
    if (!running?.restarting) return;
    return yield* settle(state, { id: retry, orderly: false, failedStart: true });
  },

  *terminate(_reason, state) {
    yield* end(state.children.toReversed());
  },
};

function add(state: State, spec: ChildSpec, pid: Process | null): void {
  // One that is to be ignored stays listed, unless nobody would ever start it.
  if (pid !== null || spec.restart !== "temporary") state.children.push({ spec, pid, restarting: false });
}

/** Does what `decide` says about the end of a child. */
function* settle(state: State, ended: Ended): Steps<{ stop: string } | undefined> {
  const children = state.children.map(({ spec, pid }) => ({
    id: spec.id,
    restart: spec.restart ?? "permanent",
    significant: spec.significant,
    running: pid !== null,
  }));
  const { actions, restarts } = decide(state.settings, children, ended, state.restarts, here().now());
  state.restarts = restarts;
  for (const action of actions) {
    if (action.type === "shutdown") return { stop: "shutdown" };
    yield* perform(state, action);
  }
}

function remove(state: State, id: string): void {
  state.children = state.children.filter(({ spec }) => spec.id !== id);
}

function* perform(state: State, action: Action): Steps {
  const named = (ids: readonly string[]) => ids.map((id) => find(state, id) as Running);
  switch (action.type) {
    case "remove":
      return remove(state, action.id);
    case "stop":
      return yield* end(named(action.ids));
    case "start":
      for (const running of named(action.ids)) {
        try {
          running.pid = yield* startOne(running.spec);
          running.restarting = false;
        } catch {
          // Other messages come first, such as the order to stop.
          running.restarting = true;
          castWith(self(), { retry: running.spec.id });
          return;
        }
      }
  }
}

/** One after the other, as they may depend on each other. */
function* end(children: readonly Running[]): Steps {
  for (const running of children) {
    if (running.pid !== null) yield* endChildren([[running.pid as Pid, running.spec]]);
    running.pid = null;
    running.restarting = false;
  }
}

function find(state: State, id: string): Running | undefined {
  return state.children.find(({ spec }) => spec.id === id);
}

function list({ children }: State): ChildInfo[] {
  return children.map(({ spec, pid, restarting }) => infoOf(spec, restarting ? "restarting" : pid));
}

function* handle({ type, argument }: Asked, state: State): Steps<{ ok: unknown } | { error: unknown }> {
  if (type === "which_children") return { ok: list(state) };
  if (type === "count_children") return { ok: count(list(state)) };
  if (type === "start_child") {
    const spec = argument as ChildSpec;
    const known = find(state, spec.id);
    if (known !== undefined) return { error: known.pid === null ? "already_present" : "already_started" };
    return yield* startAsked(spec, (pid) => add(state, spec, pid));
  }
  const running = find(state, argument as string);
  if (running === undefined) return { error: "not_found" };
  const { spec } = running;
  if (type === "terminate_child") yield* end([running]);
  else if (running.restarting) return { error: "restarting" };
  else if (running.pid !== null) return { error: "running" };
  else if (type === "restart_child")
    return yield* startAsked(spec, (pid) => {
      running.pid = pid;
    });
  if (type === "delete_child" || spec.restart === "temporary") remove(state, spec.id);
  return { ok: null };
}

/** Ends a child; it stays listed, to be restarted by `restartChild`. Mirrors `Supervisor.terminate_child/2`. */
export function terminateChild(supervisor: Destination<never>, id: string): AsyncOperation<null> {
  return ask(supervisor, "terminate_child", id);
}

/** Starts a child again that was ended. Mirrors `Supervisor.restart_child/2`. */
export function restartChild(supervisor: Destination<never>, id: string): AsyncOperation<Pid> {
  return ask(supervisor, "restart_child", id);
}

/** Forgets a child that was ended. Mirrors `Supervisor.delete_child/2`. */
export function deleteChild(supervisor: Destination<never>, id: string): AsyncOperation<null> {
  return ask(supervisor, "delete_child", id);
}
