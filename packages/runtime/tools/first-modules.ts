/**
 * Prints, as JSON, the library modules that whatever block comes first needs: found by running such blocks and listing what
 * they load. A process of its own, as the build's has the whole library loaded.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodePlatform } from "../src/platform/node/platform.ts";
import { type Loader, moduleSource } from "../src/vm/code-server.ts";
import { Session } from "../src/vm/session.ts";

const BLOCKS = ["self()", ":ok", "1"];

const folder = process.argv[2];
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".js"))
  .map((name) => name.slice(0, -3));
const loaded: string[] = [];
const loader: Loader = {
  has: (name) => names.includes(name),
  names: () => names,
  load(name) {
    loaded.push(name);
    return moduleSource(name, readFileSync(join(folder, `${name}.js`), "utf8"));
  },
};

const session = new Session({
  platform: nodePlatform(),
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
console.log(JSON.stringify(loaded));
