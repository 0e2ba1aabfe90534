/** `beamlet repl`: the shell of `IEx` at a terminal, or on piped input, and the menus of Ctrl-C and Ctrl-G. */
import process from "node:process";
import { nodePlatform } from "../platform/node/platform.ts";
import type { Platform } from "../platform/platform.ts";
import { LimitExceeded } from "../process/limit.ts";
import { type Process, SYSTEM } from "../process/process.ts";
import { apply, type Task } from "../process/task.ts";
import { keywordGet } from "../syntax/quoted.ts";
import { atom, bool, TRUE } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import { chardataText, charlist } from "../term/chardata.ts";
import { Fun } from "../term/fun.ts";
import type { Pid } from "../term/identifier.ts";
import { EMPTY, list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple, tuple } from "../term/tuple.ts";
import { configure } from "../vm/application-natives.ts";
import { type Machine, Stuck } from "../vm/machine.ts";
import { History, historyPath } from "./history.ts";
import { type Completion, type Continuation, LineEditor } from "./line-editor.ts";
import { haltStatus, makeMachine } from "./machine.ts";
import { parseArguments, UsageError, valuesOf } from "./options.ts";

declare const VERSION: string;

const BREAK_MENU = `
BREAK: (a)bort (A)bort with dump (c)ontinue (p)roc info (i)nfo
       (l)oaded (v)ersion (k)ill (D)b-tables (d)istribution
`;
const SWITCH_HELP = `  i                 - interrupt job
  c                 - connect to job
  q                 - quit beamlet
  ? | h             - this message
`;

export async function runRepl(words: readonly string[]): Promise<number> {
  const { options, flags, rest } = parseArguments(words, {
    "-r": true,
    "--dot-iex": true,
    "--no-color": false,
    "--color": false,
  });
  if (rest.length > 0)
    throw new UsageError(`repl takes no file; to load one first: beamlet repl -r ${rest[0]}`);
  const terminal = process.stdin.isTTY && process.stdout.isTTY ? new Terminal() : null;
  const colors =
    valuesOf(flags, "--color").length > 0 ||
    (terminal !== null && valuesOf(flags, "--no-color").length === 0);
  const { machine, close } = makeMachine(options, {
    platform: terminal?.platform ?? nodePlatform(),
    interactive: terminal !== null,
    keepDocumentation: true,
    onDeviceOptions: (options, from) => terminal?.useShell(options, from),
  });
  configure(machine.scheduler, "elixir", "ansi_enabled", bool(colors));
  terminal?.attach(machine);
  machine.platform.write("stdout", `Beamlet ${VERSION} [Erlang/OTP 25] [node ${process.versions.node}]\n\n`);
  try {
    const dotIex = valuesOf(flags, "--dot-iex").map(text);
    const settings = list([
      tuple(atom("on_eof"), atom("halt")),
      ...dotIex.map((path) => tuple(atom("dot_iex"), path)),
    ]);
    const outcome = await machine.call("Elixir.IEx.Server", "start_with", [
      list(valuesOf(flags, "-r").map(text)),
      settings,
    ]);
    if (outcome.kind === "returned") return 0;
    machine.platform.write("stderr", `${await machine.explain(outcome)}\n`);
    return 1;
  } catch (error) {
    const { haltStatus: halted } = machine.scheduler;
    if (halted !== null) return haltStatus(halted, machine.platform);
    if (!(error instanceof Stuck || error instanceof LimitExceeded)) throw error;
    machine.platform.write("stderr", `beamlet: ${error.message}\n`);
    return 1;
  } finally {
    terminal?.close();
    close();
  }
}

/** The process that reads expressions at the terminal, and what it answers about what is being typed. */
interface Shell {
  readonly process: Pid;
  /** Completes, as `IEx.Autocomplete.expand/2` does. */
  readonly expand: Fun;
  /** Whether an expression goes on; `null` for a shell that takes line by line. */
  readonly incomplete: Fun | null;
  /** The prompt of the lines behind the first. */
  readonly prompt: string;
}

class Terminal {
  readonly platform: Platform;
  readonly #editor: LineEditor;
  #machine!: Machine;
  #shell: Shell | null = null;
  #paused = false;

  constructor() {
    const platform = nodePlatform();
    const history = new History(historyPath(), (message) => this.#write(message));
    const lines = history.load();
    this.#editor = new LineEditor({
      input: process.stdin,
      output: process.stdout,
      history: lines,
      onExpression: (expression) => history.add(expression),
      complete: (before) => this.#complete(before),
      onInterrupt: (key) => void (key === "C" ? this.#breakMenu() : this.#switchMenu()),
    });
    this.platform = {
      ...platform,
      write: (stream, written) =>
        stream === "stderr" && !process.stderr.isTTY ? platform.write(stream, written) : this.#write(written),
      readLine: (prompt, from) =>
        this.#editor.readLine(prompt, from === this.#shell?.process ? this.#continuation() : null),
    };
  }

  attach(machine: Machine): void {
    this.#machine = machine;
  }

  /** Told by a shell each time before it reads. */
  useShell(options: Term, process: Pid): void {
    const [expand, incomplete, prompt] = ["expand_fun", "incomplete_fun", "continuation_prompt"].map((name) =>
      keywordGet(options, atom(name)),
    );
    if (!(expand instanceof Fun)) return;
    this.#shell = {
      process,
      expand,
      incomplete: incomplete instanceof Fun ? incomplete : null,
      prompt: chardataText(prompt ?? EMPTY) ?? "",
    };
  }

  #continuation(): Continuation | null {
    const { incomplete, prompt } = this.#shell!;
    if (incomplete === null) return null;
    return {
      prompt,
      isOpen: async (typed) => (await this.#ask(incomplete, text(`${typed}\n`))) === TRUE,
    };
  }

  /** What a function of the shell returns, in a process of its own; `null` when it fails. */
  async #ask(fun: Fun, argument: Term): Promise<Term | null> {
    const outcome = await this.#machine.runTask(function* (): Task {
      return yield* apply(fun, [argument]);
    });
    return outcome.kind === "returned" ? outcome.value : null;
  }

  close(): void {
    this.#editor.close();
  }

  #write(written: string): void {
    // Before there is an editor, the history may have something to say.
    if (this.#editor === undefined) process.stdout.write(written);
    else this.#editor.write(written);
  }

  async #complete(before: string): Promise<Completion | null> {
    if (this.#shell === null) return null;
    const answer = await this.#ask(this.#shell.expand, charlist([...before].reverse().join("")));
    if (!(answer instanceof Tuple)) return null;
    const [found, insert, candidates] = answer.toArray();
    if (found !== atom("yes")) return null;
    return {
      insert: chardataText(insert) ?? "",
      candidates: (listToArray(candidates) ?? []).map((item) => chardataText(item) ?? ""),
    };
  }

  /** What a program does goes on while the menu is shown, as the host may be busy with nothing else. */
  async #breakMenu(): Promise<void> {
    if (this.#paused) return;
    this.#paused = true;
    this.#editor.leave();
    process.stdout.write(BREAK_MENU.replaceAll("\n", "\r\n"));
    for (;;) {
      const key = await this.#editor.readKey();
      if (key === "a" || key === "\x03" || key === "A") {
        process.stdout.write(key === "\x03" ? "^C\r\n" : `${key}\r\n`);
        this.#editor.close();
        process.exit(key === "A" ? 1 : 0);
      }
      const report = this.#report(key);
      if (report !== null) process.stdout.write(`${report}\n${BREAK_MENU}`.replaceAll("\n", "\r\n"));
      else if (key === "c" || key === "\r" || key === "\x04") break;
    }
    process.stdout.write("\r\n");
    this.#paused = false;
    this.#editor.refresh();
  }

  #report(key: string): string | null {
    const { scheduler } = this.#machine;
    const processes = [...scheduler.processes.values()].filter(({ flags }) => !(flags & SYSTEM));
    switch (key) {
      case "p":
        return processes.map((process) => this.#describe(process)).join("\n");
      case "i":
        return `processes: ${processes.length}\nmemory: ${Math.round(process.memoryUsage().heapUsed / 1024)} KB\nuptime: ${Math.round(process.uptime())} s`;
      case "l":
        return `Beamlet ${VERSION}`;
      case "v":
        return `Beamlet ${VERSION}, Elixir 1.18.4, Node ${process.versions.node}`;
      case "k":
      case "D":
      case "d":
        return "not in this system: use Process.exit/2, :ets.all/0, Node.list/0";
      default:
        return null;
    }
  }

  #describe(process: Process): string {
    const { initial } = process;
    const call =
      initial === null
        ? ""
        : `  ${this.#machine.show(initial.module)}.${this.#machine.show(initial.name).slice(1)}/${initial.arity}`;
    return `${this.#machine.show(process)}${call}  messages: ${process.mailboxLength}`;
  }

  /** What is a job control in Erlang: here, one job, which may be interrupted. */
  async #switchMenu(): Promise<void> {
    if (this.#paused) return;
    this.#paused = true;
    this.#editor.leave();
    process.stdout.write("\r\nUser switch command\r\n");
    let interrupted = false;
    for (;;) {
      process.stdout.write(" --> ");
      const key = (await this.#editor.readKey()).trim();
      process.stdout.write(`${key}\r\n`);
      if (key === "q") {
        this.#editor.close();
        process.exit(0);
      }
      if (key === "c") break;
      if (key === "i") interrupted = true;
      else process.stdout.write(SWITCH_HELP.replaceAll("\n", "\r\n"));
    }
    this.#paused = false;
    this.#editor.refresh();
    // What comes of it is shown by the job, once that is connected again.
    if (interrupted) this.#interrupt();
  }

  #interrupt(): void {
    const { scheduler } = this.#machine;
    const server = scheduler.names.get(atom("iex_server"));
    if (server !== undefined)
      scheduler.enter(() => scheduler.send(server, tuple(atom("EXIT"), server, atom("interrupt"))));
  }
}
