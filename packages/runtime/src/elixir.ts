/** `beamlet/elixir`: shells that evaluate Elixir. */
export { type OpenSession, openSession } from "./vm/node-session.ts";
export type {
  ClockKind,
  EvaluationOptions,
  FromWorker,
  Limits,
  SessionOptions,
  ToWorker,
} from "./vm/protocol.ts";
