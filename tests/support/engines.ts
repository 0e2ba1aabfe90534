/**
 * The engines of other browsers, as Debian has them: Gecko in firefox-esr, driven by WebDriver BiDi, and WebKit in the MiniBrowser
 * of webkit2gtk-driver, driven by WebDriver. Both do the little that the tests need: open an address, and evaluate a function there.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Engine {
  open(url: string): Promise<void>;
  /** What the function gives in the page, with these arguments: it sees nothing of the tests, and its value is JSON. */
  evaluate<Args extends unknown[], Value>(
    code: (...args: Args) => Value | Promise<Value>,
    ...args: Args
  ): Promise<Value>;
  close(): Promise<void>;
}

interface Kind {
  /** The programs it consists of, and the packages of Debian that have them. */
  readonly programs: Readonly<Record<string, string>>;
  /** Whether its stacks tell the places of code that was made from text. */
  readonly tellsPlaces: boolean;
  start(): Promise<Engine>;
}

export const engines: Readonly<Record<string, Kind>> = {
  Firefox: { programs: { "firefox-esr": "firefox-esr" }, tellsPlaces: true, start: startFirefox },
  WebKit: {
    programs: { WebKitWebDriver: "webkit2gtk-driver", Xvfb: "xvfb" },
    tellsPlaces: false,
    start: startWebKit,
  },
};

/** What has to be done before an engine can start; `null` when it can. */
export function missing({ programs }: Kind): string | null {
  const packages = Object.keys(programs)
    .filter((name) => spawnSync("which", [name]).status !== 0)
    .map((name) => programs[name]);
  return packages.length === 0 ? null : `not installed: apt-get install ${packages.join(" ")}`;
}

/** A call of the function, as an expression whose value is a promise of JSON. */
function called(code: (...args: never[]) => unknown, args: readonly unknown[]): string {
  return `(async () => JSON.stringify(await (${code})(...${JSON.stringify(args)})) ?? "null")()`;
}

/** Resolves with what the pattern finds in what a program writes. */
function written(program: ChildProcess, stream: "stdout" | "stderr", pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    program[stream]!.on("data", (part) => {
      text += part;
      const found = pattern.exec(text);
      if (found !== null) resolve(found[1]);
    });
    program.on("exit", () => reject(new Error(`${program.spawnfile} ended: ${text}`)));
  });
}

async function ended(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const exit = new Promise((resolve) => program.once("exit", resolve));
  program.kill();
  await exit;
}

// -- Firefox

interface Answer {
  readonly id?: number;
  readonly type: string;
  readonly result?: unknown;
  readonly message?: string;
}

async function startFirefox(): Promise<Engine> {
  const profile = mkdtempSync(join(tmpdir(), "firefox-"));
  const args = ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"];
  const program = spawn("firefox-esr", args, { stdio: ["ignore", "ignore", "pipe"] });
  const address = await written(program, "stderr", /WebDriver BiDi listening on (ws:\S+)/);
  const socket = new WebSocket(`${address}/session`);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.onmessage = ({ data }) => {
    const answer = JSON.parse(data) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  };
  let commands = 0;
  const command = async (method: string, params: object): Promise<unknown> => {
    const id = ++commands;
    socket.send(JSON.stringify({ id, method, params }));
    const answer = await new Promise<Answer>((resolve) => waiting.set(id, resolve));
    waiting.delete(id);
    if (answer.type !== "success") throw new Error(`${method}: ${answer.message}`);
    return answer.result;
  };
  await command("session.new", { capabilities: {} });
  const { contexts } = (await command("browsingContext.getTree", {})) as { contexts: { context: string }[] };
  const { context } = contexts[0];
  return {
    async open(url) {
      await command("browsingContext.navigate", { context, url, wait: "complete" });
    },
    async evaluate(code, ...args) {
      const { result, exceptionDetails } = (await command("script.evaluate", {
        expression: called(code, args),
        target: { context },
        awaitPromise: true,
        userActivation: true,
      })) as { result?: { value: string }; exceptionDetails?: { text: string } };
      if (result === undefined) throw new Error(exceptionDetails?.text);
      return JSON.parse(result.value);
    },
    async close() {
      socket.close();
      await ended(program);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

// -- WebKit

async function startWebKit(): Promise<Engine> {
  const screen = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const display = `:${await written(screen, "stdout", /(\d+)\n/)}`;
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
    stdio: "ignore",
    env: { ...process.env, DISPLAY: display },
  });
  const command = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: JSON.stringify(body) });
    const { value } = (await response.json()) as { value: unknown };
    if (!response.ok) throw new Error(`${path}: ${(value as { message: string }).message}`);
    return value;
  };
  await answers(() => command("GET", "/status"));
  const { sessionId } = (await command("POST", "/session", {
    capabilities: { alwaysMatch: { timeouts: { script: 60_000, pageLoad: 60_000 } } },
  })) as { sessionId: string };
  const session = `/session/${sessionId}`;
  const engine: Engine = {
    async open(url) {
      await command("POST", `${session}/url`, { url });
      // The driver answers before the modules of the page have run.
      await engine.evaluate(
        () =>
          new Promise<void>((loaded) => {
            if (document.readyState === "complete") loaded();
            else addEventListener("load", () => loaded());
          }),
      );
    },
    async evaluate(code, ...args) {
      const script = `${called(code, args)}.then((value) => arguments[0]({ value }), (error) => arguments[0]({ error: String(error) }))`;
      const { value, error } = (await command("POST", `${session}/execute/async`, { script, args: [] })) as {
        value?: string;
        error?: string;
      };
      if (value === undefined) throw new Error(error);
      return JSON.parse(value);
    },
    async close() {
      await command("DELETE", session);
      await ended(driver);
      await ended(screen);
    },
  };
  return engine;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** Waits until a program that has just started answers. */
async function answers(ask: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await ask();
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
