/** State in a process of its own, read and changed by functions that run there. Mirrors `Agent`. */
import { callWith, castWith } from "./call.ts";
import type { Maybe, StartOptions } from "./callbacks.ts";
import { type ChildOptions, type ChildSpec, specOf } from "./child-spec.ts";
import { type AsyncOperation, isGenerator } from "./operation.ts";
import { START } from "./options.ts";
import type { Destination, ServerPid } from "./pid.ts";
import { begin } from "./server.ts";
import { unexpected } from "./show.ts";

export { stop } from "./gen-server.ts";

/** The pid of an agent that holds a `State`. */
export type AgentPid<State> = ServerPid<(state: State) => void, unknown, (state: State) => State>;

/** What is asked of an agent: its `handleCall`, as a function of the state. */
type Request = (state: any) => Generator<any, any, any>;

const callbacks = {
  *init(initial: () => unknown): Generator<any, any, any> {
    return { state: yield* result(initial()) };
  },
  handleCall: (request: Request, _from: unknown, state: unknown) => request(state),
  *handleCast(change: (state: unknown) => unknown, state: unknown): Generator<any, any, any> {
    return { state: yield* result(change(state)) };
  },
};

/** What a function has returned, or the generator that it is. */
function* result(returned: any): Generator<any, any, any> {
  return isGenerator(returned) ? yield* returned : returned;
}

/**
 * Starts an agent; the function makes its first state. Mirrors `Agent.start/2`.
 *
 * @example
 * const cache = await Agent.start(() => new Map<string, number>());
 * await Agent.update(cache, (map) => map.set("a", 1));
 * await Agent.get(cache, (map) => map.get("a")); // 1
 */
export function start<State>(
  initial: () => Maybe<State>,
  options: StartOptions = {},
): AsyncOperation<AgentPid<State>> {
  return launch(initial, options, false);
}

/** As `start`, linked to the process that starts it. Mirrors `Agent.start_link/2`. */
export function startLink<State>(
  initial: () => Maybe<State>,
  options: StartOptions = {},
): AsyncOperation<AgentPid<State>> {
  return launch(initial, options, true);
}

function launch(initial: () => unknown, options: StartOptions, linked: boolean): AsyncOperation<any> {
  check(initial);
  return begin(callbacks, initial, options, linked, "Agent");
}

/** The specification of an agent as a supervisor's child. */
export function child<State>(
  initial: () => Maybe<State>,
  options: StartOptions & ChildOptions = {},
): ChildSpec {
  return specOf("Agent", options, START, (rest) => startLink(initial, rest));
}

/** What a function says of the state. It runs in the agent; its result is copied. Mirrors `Agent.get/3`. */
export function get<State, Result>(
  agent: AgentPid<State> | string,
  view: (state: State) => Maybe<Result>,
  timeout?: number,
): AsyncOperation<Result> {
  const request = function* get(state: State) {
    return { reply: yield* result(view(state)) };
  };
  return ask(agent, view, request, timeout);
}

/** Changes the state, and waits until that is done. Mirrors `Agent.update/3`. */
export function update<State>(
  agent: AgentPid<State> | string,
  change: (state: State) => Maybe<State>,
  timeout?: number,
): AsyncOperation<void> {
  const request = function* update(state: State) {
    return { reply: undefined, state: yield* result(change(state)) };
  };
  return ask(agent, change, request, timeout);
}

/** Changes the state and answers at once: the function returns both, `[answer, state]`. Mirrors `Agent.get_and_update/3`. */
export function getAndUpdate<State, Result>(
  agent: AgentPid<State> | string,
  change: (state: State) => Maybe<readonly [Result, State]>,
  timeout?: number,
): AsyncOperation<Result> {
  const request = function* getAndUpdate(old: State) {
    const [reply, state] = yield* result(change(old));
    return { reply, state };
  };
  return ask(agent, change, request, timeout);
}

/** Changes the state without waiting. Mirrors `Agent.cast/2`. */
export function cast<State>(agent: AgentPid<State> | string, change: (state: State) => Maybe<State>): void {
  check(change);
  castWith(agent as Destination<never>, change);
}

function ask(agent: unknown, change: unknown, request: Request, timeout?: number): AsyncOperation<any> {
  check(change);
  return callWith(agent as Destination<never>, request, timeout);
}

/** Whoever asks is told, not the agent, which would end. */
function check(change: unknown): void {
  if (typeof change !== "function") throw unexpected("an agent takes functions", change);
}
