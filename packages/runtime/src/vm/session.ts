/**
 * A session: one shell on one machine, driven by messages (`protocol.ts`). The worker of a page is a session on a port;
 * recording the outputs of the notes in Node is the same session without a worker.
 *
 * Each evaluation has an output device of its own, as group leader of the shell while it evaluates; processes inherit it.
 * So what they print later is still shown where they were started, and stopping an evaluation finds all of them.
 */
import type { Platform } from "../platform/platform.ts";
import { LimitExceeded } from "../process/limit.ts";
import { type Process, RUNNABLE, SYSTEM, WAITING } from "../process/process.ts";
import { dropToOutermostCatch, resumeRaising } from "../process/stack.ts";
import { Driver } from "../scheduler/driver.ts";
import { spawnNative } from "../scheduler/native-process.ts";
import { shuffled } from "../scheduler/policy.ts";
import { RandomSource } from "../scheduler/random.ts";
import { atom } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { CLASS_EXIT, Raised } from "../term/error.ts";
import type { Term } from "../term/term.ts";
import { Tuple, tuple } from "../term/tuple.ts";
import type { Loader } from "./code-server.ts";
import { startDevice } from "./device.ts";
import { renderDiagnostic } from "./diagnostics.ts";
import { Machine } from "./machine.ts";
import type { FromWorker, SessionOptions, ToWorker } from "./protocol.ts";

const SHELL = atom("$shell");
const EVAL = atom("eval");
/** The reason with which a stopped evaluation ends; `Beamlet.Shell` knows it. */
const STOPPED = atom("$stopped");
/** Printed text is sent on when this much has gathered, or when the machine pauses. */
const OUTPUT_CHUNK = 16_384;

const defaultLimits = { processes: 1_100_000, output: 4_000_000, mailbox: 2_000_000, memory: 1_500_000_000 };

interface Evaluation {
  readonly id: string;
  readonly code: string;
  readonly device: Process;
  started: number;
  printed: string;
  alive: number;
}

export interface SessionHost {
  readonly platform: Platform;
  readonly loader: Loader;
  /** Bytes of heap in use, where the host knows it. */
  readonly heapUsed?: () => number;
  post(message: FromWorker): void;
}

export class Session {
  readonly #host: SessionHost;
  #options: SessionOptions = { clock: "real" };
  #machine!: Machine;
  #driver!: Driver;
  #shell!: Process;
  #owner!: Process;
  #current: Evaluation | null = null;
  readonly #queue: Evaluation[] = [];
  readonly #evaluations = new Map<string, Evaluation>();

  constructor(host: SessionHost) {
    this.#host = host;
  }

  receive(message: ToWorker): void {
    switch (message.type) {
      case "start":
        this.#start(message.options);
        this.#host.post({ type: "ready" });
        return;
      case "eval":
        return this.#evaluate(message.id, message.code);
      case "stop":
        return this.#stop(message.id);
      case "reset":
        this.#end();
        return this.#start(message.options);
    }
  }

  /** Resolves when nothing more can happen without the host: all evaluations are done, or wait for ever. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#onSettled = resolve;
      this.#machine.scheduler.onWake();
    });
  }

  close(): void {
    this.#end();
  }

  #onSettled: (() => void) | null = null;

  // -- The machine

  #start(options: SessionOptions): void {
    this.#options = options;
    const { platform, loader, heapUsed } = this.#host;
    this.#machine = new Machine({
      platform,
      loader,
      clock: options.clock,
      seed: options.seed,
      policy: options.seed === undefined ? undefined : shuffled(new RandomSource(options.seed)),
      limits: { ...defaultLimits, ...options.limits },
      heapUsed,
      onDiagnostic: (diagnostic) => {
        if (this.#current === null) return;
        const { id } = this.#current;
        this.#flush(this.#current);
        const line = diagnostic.file === fileOf(id) && diagnostic.line > 0 ? diagnostic.line : null;
        const { severity } = diagnostic;
        this.#host.post({ type: "diagnostic", id, severity, line, text: renderDiagnostic(diagnostic) });
      },
    });
    const { scheduler } = this.#machine;
    this.#owner = spawnNative(scheduler, (message) => this.#report(message));
    this.#startShell();
    this.#driver = new Driver(scheduler, {
      onState: (state) => {
        this.#flushAll();
        this.#countAlive();
        if (state === "idle") this.#onSettled?.();
      },
      onError: (error) => this.#fail(error),
    });
    this.#driver.start();
  }

  #startShell(): void {
    const { scheduler } = this.#machine;
    this.#shell = this.#machine.spawn("Elixir.Beamlet.Shell", "start", [this.#owner]);
    scheduler.observe(this.#shell, (outcome) => {
      const evaluation = this.#current;
      // As in iex, a shell that has died is replaced by a new one without bindings.
      if (evaluation !== null) {
        const banner = `** (EXIT from ${this.#machine.show(this.#shell)}) shell process exited with reason: ${this.#machine.show(outcome.reason)}`;
        this.#host.post({ type: "error", id: evaluation.id, line: null, banner, stacktrace: "" });
      }
      this.#startShell();
      this.#finish();
    });
  }

  #end(): void {
    this.#driver.stop();
    this.#machine.end();
    this.#current = null;
    this.#queue.length = 0;
    this.#evaluations.clear();
  }

  /** A limit was exceeded, or the runtime itself failed: the machine is of no more use. */
  #fail(error: unknown): void {
    const message =
      error instanceof LimitExceeded
        ? error.message
        : `the runtime failed: ${error instanceof Error ? error.stack : error}`;
    const banner = `** (${error instanceof LimitExceeded ? "limit exceeded" : "internal error"}) ${message}`;
    const stopped =
      this.#current === null ? [...this.#evaluations.values()].slice(-1) : [this.#current, ...this.#queue];
    this.#flushAll();
    this.#end();
    this.#start(this.#options);
    for (const { id } of stopped) {
      const stacktrace = "The shell starts anew: bindings, modules and processes are gone.";
      this.#host.post({ type: "error", id, line: null, banner, stacktrace });
      this.#host.post({ type: "done", id, elapsed: 0 });
    }
  }

  // -- Evaluations

  #evaluate(id: string, code: string): void {
    const device = startDevice(this.#machine.scheduler, {
      write: (printed) => {
        this.#machine.scheduler.countOutput(printed.length);
        evaluation.printed += printed;
        if (evaluation.printed.length > OUTPUT_CHUNK) this.#flush(evaluation);
      },
    });
    const evaluation: Evaluation = { id, code, device, started: 0, printed: "", alive: 0 };
    this.#evaluations.set(id, evaluation);
    this.#queue.push(evaluation);
    if (this.#current === null) this.#next();
  }

  #next(): void {
    const evaluation = this.#queue.shift() ?? null;
    this.#current = evaluation;
    if (evaluation === null) return;
    const { scheduler } = this.#machine;
    evaluation.started = scheduler.now();
    this.#shell.leader = evaluation.device;
    const { id, code } = evaluation;
    const request = tuple(EVAL, text(id), text(code.toWellFormed()), text(fileOf(id)));
    scheduler.enter(() => scheduler.send(this.#shell, tuple(SHELL, request)));
  }

  #finish(): void {
    const evaluation = this.#current;
    if (evaluation === null) return;
    this.#flush(evaluation);
    const elapsed = this.#machine.scheduler.now() - evaluation.started;
    this.#host.post({ type: "done", id: evaluation.id, elapsed });
    this.#next();
  }

  #report(message: Term): void {
    if (!(message instanceof Tuple) || this.#current === null) return;
    const { id } = this.#current;
    this.#flushAll();
    const event = message.at(2);
    if (!(event instanceof Tuple)) return this.#finish();
    const [, line, shown, stacktrace] = event.toArray();
    const at = typeof line === "number" ? line : null;
    if (event.size === 3) this.#host.post({ type: "value", id, line: at, text: plain(shown) });
    else
      this.#host.post({ type: "error", id, line: at, banner: plain(shown), stacktrace: plain(stacktrace) });
  }

  #stop(id: string): void {
    const evaluation = this.#evaluations.get(id);
    if (evaluation === undefined) return;
    const queued = this.#queue.indexOf(evaluation);
    if (queued >= 0) this.#queue.splice(queued, 1);
    const { scheduler } = this.#machine;
    scheduler.enter(() => {
      for (const process of [...scheduler.processes.values()]) {
        if (process.leader === evaluation.device && process !== this.#shell && !(process.flags & SYSTEM)) {
          scheduler.exitSignal(this.#owner, process, atom("kill"));
        }
      }
      if (evaluation === this.#current) this.#interrupt(this.#shell);
    });
    if (evaluation !== this.#current) this.#host.post({ type: "done", id, elapsed: 0 });
  }

  /** Ends what the shell is evaluating with an exit that the program cannot catch. */
  #interrupt(shell: Process): void {
    const { scheduler } = this.#machine;
    if (!dropToOutermostCatch(shell)) return;
    if (shell.timer !== null) scheduler.stopReceiveTimer(shell);
    shell.saved = null;
    const raised = new Raised(CLASS_EXIT, STOPPED);
    if (shell.status === WAITING) {
      resumeRaising(shell, raised);
      shell.status = RUNNABLE;
      scheduler.ready(shell);
    } else if (shell.status === RUNNABLE) resumeRaising(shell, raised);
    else scheduler.fail(shell, raised);
  }

  // -- What is shown

  #flush(evaluation: Evaluation): void {
    if (evaluation.printed === "") return;
    this.#host.post({ type: "output", id: evaluation.id, text: evaluation.printed });
    evaluation.printed = "";
  }

  #flushAll(): void {
    for (const evaluation of this.#evaluations.values()) this.#flush(evaluation);
  }

  #countAlive(): void {
    const counts = new Map<Process, number>();
    for (const process of this.#machine.scheduler.processes.values()) {
      if (process === this.#shell || process.flags & SYSTEM) continue;
      counts.set(process.leader as Process, (counts.get(process.leader as Process) ?? 0) + 1);
    }
    for (const evaluation of this.#evaluations.values()) {
      const count = counts.get(evaluation.device) ?? 0;
      if (count === evaluation.alive) continue;
      evaluation.alive = count;
      this.#host.post({ type: "alive", id: evaluation.id, count });
    }
  }
}

/** Stack traces name the block: the id up to its colon, behind which the page counts its runs. */
function fileOf(id: string): string {
  return id.split(":")[0];
}

function plain(term: Term): string {
  return term instanceof Bitstring ? (term.text ?? new TextDecoder().decode(term.bytes)) : "";
}
