/**
 * Prints, as JSON, the library modules that whatever block of a page comes first needs, or with `commands` those that every
 * run of the command needs: found by running such programs and listing what they load. A process of its own, as the build's
 * has the whole library loaded.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodePlatform } from "../src/platform/node/platform.ts";
import { text } from "../src/term/bitstring.ts";
import { EMPTY } from "../src/term/list.ts";
import { type Loader, libraryModule } from "../src/vm/code-server.ts";
import { Machine } from "../src/vm/machine.ts";
import { Session } from "../src/vm/session.ts";

const BLOCKS = ["self()", ":ok", "1"];

const [, , folder, host] = process.argv;
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".js"))
  .map((name) => name.slice(0, -3));
const loaded: string[] = [];
const loader: Loader = {
  has: (name) => names.includes(name),
  names: () => names,
  load(name) {
    loaded.push(name);
    return libraryModule(name, readFileSync(join(folder, `${name}.js`), "utf8"));
  },
};

const platform = { ...nodePlatform(), write() {} };

async function runBlocks(): Promise<void> {
  const session = new Session({
    platform,
    loader,
    heapUsed: () => 0,
    post(message) {
      if (message.type === "error") throw new Error(`${message.banner}\n${message.stacktrace}`);
    },
  });
  session.receive({ type: "start", options: { clock: "virtual" } });
  for (const [index, code] of BLOCKS.entries()) session.receive({ type: "eval", id: `first-${index}`, code });
  await session.settled();
  session.close();
}

async function runCommands(): Promise<void> {
  const machine = new Machine({ platform, loader, log: false });
  const outcomes = [
    await machine.call("Elixir.Beamlet.Eval", "outcome", [text("self()")]),
    await machine.call("Elixir.Beamlet.Script", "run", [EMPTY, text("/dev/null"), EMPTY]),
    await machine.call("Elixir.IO", "puts", [text("")]),
  ];
  machine.end();
  const failed = outcomes.find(({ kind }) => kind !== "returned");
  if (failed !== undefined) throw new Error(await machine.explain(failed));
}

await (host === "commands" ? runCommands() : runBlocks());
console.log(JSON.stringify(loaded));
