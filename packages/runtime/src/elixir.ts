/** `beamlet/elixir`: Elixir in the system of TypeScript processes, and shells of its own. */
export { type Atom, atom } from "./term/atom.ts";
export {
  callElixir,
  type ElixirModule,
  type EvaluateOptions,
  elixirModule,
  evaluate,
  loadModule,
} from "./vm/elixir-api.ts";
export { ElixirError, float, Tuple, tuple } from "./vm/javascript.ts";
export { type OpenSession, openSession } from "./vm/node-session.ts";
export type {
  ClockKind,
  EvaluationOptions,
  FromWorker,
  Limits,
  SessionOptions,
  ToWorker,
} from "./vm/protocol.ts";
