/**
 * `beamlet/elixir` in browsers. Modules of the library are modules of the host here, which a bundler splits off and the page fetches when
 * they are first needed. Files are fetched; what Elixir prints goes to the console.
 */
import { library } from "./library-index.ts";
import { browserPlatform } from "./platform/browser/platform.ts";
import type { Loader } from "./vm/code-server.ts";
import { elixirOn } from "./vm/elixir-api.ts";
import { type OpenSession, openSessionOn } from "./vm/open-session.ts";
import type { FromWorker, SessionOptions } from "./vm/protocol.ts";

const loader: Loader = {
  has: (name) => name in library,
  names: () => Object.keys(library),
  load: (name) => library[name]().then((module) => module.default),
};

async function fetchText(file: string | URL): Promise<string> {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file} could not be fetched: the server answers ${response.status}`);
  return response.text();
}

export const { evaluate, elixirModule, loadModule, callElixir } = elixirOn(
  () => ({ platform: browserPlatform(), loader }),
  fetchText,
);

/** Starts a shell; see `openSession` for Node. */
export function openSession(options: SessionOptions, receive: (message: FromWorker) => void): OpenSession {
  return openSessionOn({ platform: browserPlatform(), loader }, options, receive);
}

export { atom } from "./term/atom.ts";
export { ElixirError, float, Tuple, tuple } from "./vm/javascript.ts";
