/** `beamlet/elixir`: Elixir in the system of TypeScript processes, and shells of its own. */
import { nodePlatform } from "./platform/node/platform.ts";
import { elixirOn } from "./vm/elixir-api.ts";
import { installedLibrary } from "./vm/node-session.ts";

export const { evaluate, elixirModule, loadModule, callElixir } = elixirOn(() => ({
  platform: nodePlatform(),
  loader: installedLibrary(),
}));

export { type Atom, atom } from "./term/atom.ts";
export type { ElixirApi, ElixirModule, EvaluateOptions } from "./vm/elixir-api.ts";
export { ElixirError, float, Tuple, tuple } from "./vm/javascript.ts";
export { openSession } from "./vm/node-session.ts";
export type { OpenSession } from "./vm/open-session.ts";
export type {
  ClockKind,
  EvaluationOptions,
  FromWorker,
  Limits,
  SessionOptions,
  ToWorker,
} from "./vm/protocol.ts";
