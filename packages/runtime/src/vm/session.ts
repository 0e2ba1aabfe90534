/**
 * A session: one shell on one machine, driven by messages (`protocol.ts`). The worker of a page is a session on a port;
 * recording the outputs of the notes in Node is the same session without a worker.
 *
 * Each evaluation has an output device of its own, as group leader of the shell while it evaluates; processes inherit it.
 * So what they print later is still shown where they were started, and stopping an evaluation finds all of them.
 */

import type { CrashReport } from "../actor/crash.ts";
import { eraseKey } from "../builtins/process-dict.ts";
import type { Platform } from "../platform/platform.ts";
import { LimitExceeded } from "../process/limit.ts";
import { unlink } from "../process/links.ts";
import { Process, RUNNABLE, SYSTEM, WAITING } from "../process/process.ts";
import { dropToOutermostCatch, resumeRaising, S } from "../process/stack.ts";
import { Driver } from "../scheduler/driver.ts";
import type { LimitGuard } from "../scheduler/guard.ts";
import { fail } from "../scheduler/hold.ts";
import { spawnNative } from "../scheduler/native-process.ts";
import { RandomSource } from "../scheduler/random.ts";
import { isIdle } from "../scheduler/scheduler.ts";
import { atom, NIL } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { CLASS_EXIT, Raised } from "../term/error.ts";
import type { Pid } from "../term/identifier.ts";
import type { Term } from "../term/term.ts";
import { Tuple, tuple } from "../term/tuple.ts";
import type { Loader } from "./code-server.ts";
import { culpritOf } from "./culprit.ts";
import { startDevice } from "./device.ts";
import { lineIn, renderDiagnostic } from "./diagnostics.ts";
import { Evaluation, type EvaluationRequest } from "./evaluation.ts";
import { defaultLimits } from "./limits.ts";
import { Machine } from "./machine.ts";
import { ProgramHeap } from "./program-heap.ts";
import type { FromWorker, SessionOptions, ToWorker } from "./protocol.ts";
import { blockOf, Recordings } from "./recordings.ts";
import { ShellSnapshot } from "./shell-snapshot.ts";
import type { TypeScriptBlocks } from "./typescript-blocks.ts";
import { waitingProcesses } from "./waiting-processes.ts";

const SHELL = atom("$shell");
const EVAL = atom("eval");
const STATE = atom("state");
/** The reason with which a stopped evaluation ends; `Beamlet.Shell` knows it. */
const STOPPED = atom("$stopped");
/** Milliseconds after which printed text is sent on at the latest. */
const OUTPUT_DELAY = 20;
/** Milliseconds between two counts of the processes that each evaluation has alive. */
const COUNT_DELAY = 100;
/** A limit that is exceeded again so soon was not exceeded by what has been stopped: nothing but a new machine helps. */
const RELAPSE = 2000;

const RAND_SEED = atom("rand_seed");

export interface SessionHost {
  readonly platform: Platform;
  readonly loader: Loader;
  /** Bytes of heap in use, garbage included, where the host knows it. */
  readonly heapUsed?: () => number;
  /** What evaluates TypeScript: few pages need it. */
  loadTypeScript?(): Promise<{ readonly TypeScriptBlocks: typeof TypeScriptBlocks }>;
  post(message: FromWorker): void;
}

export class Session {
  readonly #host: SessionHost;
  readonly #heap: ProgramHeap;
  #options: SessionOptions = { clock: "real" };
  #machine!: Machine;
  #driver!: Driver;
  #shell!: Process;
  #owner!: Process;
  #recordings!: Recordings;
  #typescript: TypeScriptBlocks | null = null;
  #current: Evaluation | null = null;
  readonly #queue: Evaluation[] = [];
  readonly #evaluations = new Map<string, Evaluation>();
  /** What stack traces call the texts that have been evaluated. */
  readonly #files = new Set<string>();
  /** The one that began last: what belongs to none is shown there. */
  #last: Evaluation | null = null;
  /** Bindings and environment of the shell, `null` while they are those of a new one. */
  #state: Term | null = null;
  /** What the shell was before each evaluation, in the order of evaluations. */
  readonly #snapshots = new Map<string, ShellSnapshot>();
  #flushTimer: ReturnType<typeof setTimeout> | null = null;
  #countTimer: ReturnType<typeof setTimeout> | null = null;
  #limitExceededAt = -Infinity;

  constructor(host: SessionHost) {
    this.#host = host;
    this.#heap = new ProgramHeap(host.heapUsed, () => this.#machine.scheduler);
  }

  receive(message: ToWorker): void {
    switch (message.type) {
      case "start":
        this.#start(message.options);
        this.#host.post({ type: "ready" });
        return;
      case "eval":
        return this.#evaluate({ ...message, language: message.language ?? "elixir" });
      case "act":
        return this.#act(message.id, message.code);
      case "stop":
        return this.#stop(message.id);
      case "watch":
        return this.#recordings.watch(message.id, message.isWatched);
      case "reset":
        this.#end();
        this.#start(message.options);
        this.#host.post({ type: "ready" });
        return;
    }
  }

  /** Resolves when nothing more can happen without the host: all evaluations are done, or wait for ever. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#onSettled = resolve;
      this.#machine.scheduler.onWake();
    });
  }

  /** Begins anew after `close`. */
  restart(options: SessionOptions): void {
    this.#start(options);
  }

  close(): void {
    this.#end();
  }

  #onSettled: (() => void) | null = null;

  // -- The machine

  #start(options: SessionOptions): void {
    this.#options = options;
    const { processes, mailbox, memory } = { ...defaultLimits, ...options.limits };
    this.#machine = new Machine({
      platform: this.#host.platform,
      onOutput: (_stream, printed, from) => this.#printOf(from, printed),
      loader: this.#host.loader,
      clock: options.clock,
      seed: options.seed,
      limits: { processes, mailbox, memory },
      heapUsed: this.#heap.gauge(memory),
      onDiagnostic: (diagnostic) => {
        const { file, severity } = diagnostic;
        // What ran last of the block: what it showed before is no longer there.
        const from = [...this.#evaluations.values()].findLast(({ id }) => blockOf(id) === file);
        const evaluation = from ?? this.#evaluationOf(S.p) ?? this.#last;
        if (evaluation === null) return;
        const line = lineIn(blockOf(evaluation.id), diagnostic);
        evaluation.tell({ type: "diagnostic", severity, line, text: renderDiagnostic(diagnostic) });
      },
    });
    const { scheduler } = this.#machine;
    this.#recordings = new Recordings({
      scheduler,
      post: (message) => this.#host.post(message),
      isProgram: (file) => this.#files.has(file),
    });
    this.#owner = spawnNative(scheduler, (message) => this.#report(message));
    this.#startShell("start", []);
    this.#driver = new Driver(scheduler, {
      onState: (state) => {
        this.#flushAll();
        this.#countSoon();
        if (state === "idle") this.#settle();
      },
      onError: (error) => this.#fail(error),
    });
    this.#driver.start();
  }

  /** Nothing can happen without the host, unless code of the host's is about to go on. */
  #settle(): void {
    const evaluation = this.#current;
    const tell = () => {
      this.#tellStuck();
      this.#onSettled?.();
    };
    if (evaluation?.language !== "typescript") return tell();
    setTimeout(() => {
      if (this.#current !== evaluation || !isIdle(this.#machine.scheduler)) return;
      // What else a block of TypeScript waits for, only the host knows.
      if (this.#typescript?.waitsFor((process) => this.#evaluationOf(process) === evaluation)) tell();
    });
  }

  #startShell(name: "start" | "restart", args: Term[]): void {
    const { scheduler } = this.#machine;
    const shell = this.#machine.spawn("Elixir.Beamlet.Shell", name, [this.#owner, ...args]);
    this.#shell = shell;
    this.#state = null;
    this.#snapshots.clear();
    const evaluation = this.#current ?? this.#last;
    if (evaluation !== null) shell.leader = evaluation.device;
    // As in iex, a shell that has died is replaced by a new one without bindings.
    scheduler.observe(shell, (outcome) => {
      const id = (this.#current ?? this.#last)?.id ?? "";
      this.#startShell("restart", [text(id), shell, outcome.reason]);
    });
  }

  #end(): void {
    this.#driver.stop();
    this.#machine.end();
    this.#recordings.end();
    this.#typescript?.end();
    this.#typescript = null;
    this.#files.clear();
    this.#current = this.#last = null;
    this.#queue.length = 0;
    this.#evaluations.clear();
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    if (this.#countTimer !== null) clearTimeout(this.#countTimer);
    this.#flushTimer = this.#countTimer = null;
  }

  /** A limit was exceeded, or the runtime itself failed. */
  #fail(error: unknown): void {
    this.#flushAll();
    if (error instanceof LimitExceeded) {
      if (error.limit === "memory") this.#heap.abandon();
      const relapse = performance.now() - this.#limitExceededAt < RELAPSE;
      this.#limitExceededAt = performance.now();
      const processes = this.#machine.scheduler.processes.values();
      const culprit = culpritOf(error, processes, (process) => this.#evaluationOf(process), this.#current);
      if (culprit !== null && !relapse && this.#shell.mailboxLength < 1000) {
        tellError(culprit, `** (limit exceeded) ${error.message}`);
        this.#stop(culprit.id);
        this.#driver.start();
        return;
      }
    }
    const isLimit = error instanceof LimitExceeded;
    const detail = isLimit ? error.message : error instanceof Error ? error.stack : error;
    const banner = `** (${isLimit ? "limit exceeded" : "internal error"}) ${detail}`;
    const stopped = this.#current === null ? [this.#last] : [this.#current, ...this.#queue];
    this.#end();
    this.#start(this.#options);
    for (const evaluation of stopped) {
      if (evaluation === null) continue;
      tellError(evaluation, banner, "The shell starts anew: bindings, modules and processes are gone.");
      evaluation.tell({ type: "restarted" });
      evaluation.tell({ type: "done", elapsed: 0 });
    }
  }

  #evaluationOf(process: Process | null): Evaluation | null {
    if (process === null || process.flags & SYSTEM) return null;
    for (const evaluation of this.#evaluations.values())
      if (evaluation.device === process.leader) return evaluation;
    return null;
  }

  /** What is written to the system's own devices, shown where its process was started. Logged events are told apart. */
  #printOf(from: Pid, printed: string): void {
    const leader = from instanceof Process ? from.leader : null;
    const evaluation = [...this.#evaluations.values()].find(({ device }) => device === leader) ?? this.#last;
    if (evaluation === null) return;
    const severity = /^\n?[\d:.]+ \[(warning|error)\]/.exec(printed)?.[1] as "warning" | "error" | undefined;
    if (severity === undefined) return this.#print(evaluation, printed);
    evaluation.tell({ type: "diagnostic", severity, line: null, text: printed.trim() });
  }

  // -- Evaluations

  #evaluate(request: EvaluationRequest): void {
    const { scheduler } = this.#machine;
    const evaluation = new Evaluation(
      request,
      (write) => startDevice(scheduler, { write }),
      (printing, printed) => this.#print(printing, printed),
      this.#host.post,
    );
    // No process of the program, which may list and count them.
    scheduler.processes.delete(evaluation.device.id);
    this.#evaluations.set(evaluation.id, evaluation);
    this.#queue.push(evaluation);
    if (this.#current === null) this.#next();
  }

  #next(): void {
    const evaluation = this.#queue.shift() ?? null;
    this.#current = evaluation;
    if (evaluation === null) return;
    this.#last = evaluation;
    const { scheduler } = this.#machine;
    const { id, code, seed, replaces } = evaluation;
    if (replaces !== undefined) this.#goBackTo(replaces);
    this.#snapshots.set(id, new ShellSnapshot(scheduler, this.#shell, this.#state));
    evaluation.started = scheduler.now();
    this.#shell.leader = evaluation.device;
    if (seed !== undefined) {
      scheduler.random = new RandomSource(seed);
      eraseKey(this.#shell, RAND_SEED);
    }
    this.#files.add(blockOf(id));
    if (evaluation.language === "typescript") return void this.#runTypeScript(evaluation);
    const request = tuple(EVAL, text(id), text(code.toWellFormed()), text(blockOf(id)), this.#state ?? NIL);
    this.#recordings.begin(evaluation, this.#shell, () => {
      scheduler.enter(() => scheduler.send(this.#shell, tuple(SHELL, request)));
    });
  }

  async #runTypeScript(evaluation: Evaluation): Promise<void> {
    const { scheduler } = this.#machine;
    const { TypeScriptBlocks } = await this.#host.loadTypeScript!();
    if (this.#current !== evaluation) return;
    const blocks = (this.#typescript ??= new TypeScriptBlocks(this.#machine, (report) =>
      this.#crashed(report),
    ));
    scheduler.hostLeader = evaluation.device;
    scheduler.yieldsToHost = true;
    this.#recordings.begin(evaluation, this.#shell, () => {});
    const error = await blocks.evaluate(evaluation.code, {
      file: blockOf(evaluation.id),
      print: (printed) => this.#print(evaluation, printed),
      value: (line, shown) => evaluation.tell({ type: "value", line, text: shown }),
    });
    // It may have been stopped meanwhile.
    if (this.#current !== evaluation) return;
    if (error !== null) evaluation.tell({ type: "error", ...error });
    this.#finish();
    scheduler.onWake();
  }

  /** A TypeScript process has ended with an error. */
  #crashed(report: CrashReport): void {
    const evaluation = this.#evaluationOf(report.pid as Process) ?? this.#last;
    if (evaluation === null) return;
    evaluation.tell({ type: "diagnostic", severity: "error", ...this.#typescript!.describe(report) });
  }

  /** Makes everything what it was before an evaluation, but for what the processes of earlier ones hold. */
  #goBackTo(id: string): void {
    const snapshot = this.#snapshots.get(id);
    if (snapshot === undefined) return;
    let isLater = false;
    for (const other of [...this.#snapshots.keys()]) {
      isLater ||= other === id;
      if (!isLater) continue;
      const evaluation = this.#evaluations.get(other);
      if (evaluation !== undefined) this.#endProcesses(evaluation);
      this.#snapshots.delete(other);
    }
    snapshot.restore(this.#machine.scheduler, this.#shell);
    this.#state = snapshot.state;
  }

  /** Evaluates beside the shell; what is printed belongs to the evaluation. */
  #act(id: string, code: string): void {
    const evaluation = this.#evaluations.get(id);
    if (evaluation === undefined) return;
    const args = [this.#owner, text(id), text(code), this.#state ?? NIL];
    this.#machine.spawn("Elixir.Beamlet.Shell", "act", args).leader = evaluation.device;
    this.#countSoon();
  }

  #finish(): void {
    const evaluation = this.#current;
    if (evaluation === null) return;
    if (evaluation.discard) this.#goBackTo(evaluation.id);
    evaluation.done = true;
    evaluation.ended = performance.now();
    this.#recordings.finish(evaluation.id);
    evaluation.tell({ type: "done", elapsed: this.#machine.scheduler.now() - evaluation.started });
    this.#countSoon();
    this.#next();
  }

  #report(message: Term): void {
    if (!(message instanceof Tuple)) return;
    const id = plain(message.at(1));
    this.#flushAll();
    const event = message.at(2);
    if (!(event instanceof Tuple)) {
      if (id === this.#current?.id) this.#finish();
      return;
    }
    const [kind, line, shown, stacktrace] = event.toArray();
    if (kind === STATE) {
      this.#state = line;
      return;
    }
    const at = typeof line === "number" ? line : null;
    if (event.size === 3) this.#host.post({ type: "value", id, line: at, text: plain(shown) });
    else
      this.#host.post({ type: "error", id, line: at, banner: plain(shown), stacktrace: plain(stacktrace) });
  }

  #stop(id: string): void {
    const evaluation = this.#evaluations.get(id);
    if (evaluation === undefined) return this.#host.post({ type: "done", id, elapsed: 0 });
    const queued = this.#queue.indexOf(evaluation);
    if (queued >= 0) this.#queue.splice(queued, 1);
    const { scheduler } = this.#machine;
    this.#endProcesses(evaluation);
    if (evaluation !== this.#current) this.#host.post({ type: "done", id, elapsed: 0 });
    else if (evaluation.language === "typescript") this.#finish();
    else scheduler.enter(() => this.#interrupt(this.#shell));
    this.#countSoon();
  }

  /** Ends what an evaluation has started, but for the shell. */
  #endProcesses(evaluation: Evaluation): void {
    const { scheduler } = this.#machine;
    scheduler.enter(() => {
      for (const process of [...scheduler.processes.values()]) {
        if (process.leader !== evaluation.device || process === this.#shell || process.flags & SYSTEM)
          continue;
        // The shell goes on: that it is linked to what it has started shall not end it now.
        unlink(this.#shell, process);
        scheduler.exitSignal(this.#owner, process, atom("kill"));
      }
    });
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
    else fail(scheduler, shell, raised);
  }

  // -- What is shown

  #print(evaluation: Evaluation, printed: string): void {
    const most = this.#options.limits?.output ?? defaultLimits.output;
    evaluation.written += printed.length;
    if (evaluation.written > most) {
      if (evaluation.written - printed.length > most) return;
      (this.#machine.scheduler.guard as LimitGuard).exceed(new LimitExceeded("output", most));
    }
    evaluation.print(printed);
    this.#flushTimer ??= setTimeout(() => this.#flushAll(), OUTPUT_DELAY);
  }

  #flushAll(): void {
    if (this.#flushTimer !== null) clearTimeout(this.#flushTimer);
    this.#flushTimer = null;
    for (const evaluation of this.#evaluations.values()) evaluation.flush();
  }

  #tellStuck(): void {
    const evaluation = this.#current;
    if (evaluation === null) return;
    const shell = evaluation.language === "elixir" ? null : this.#shell;
    const isOfProgram = (process: Process) => process !== shell && this.#evaluationOf(process) !== null;
    const isProgram = (file: string) => this.#files.has(file);
    const waiting = waitingProcesses(this.#machine, this.#shell, isOfProgram, isProgram);
    evaluation.tell({ type: "stuck", waiting });
  }

  #countSoon(): void {
    this.#countTimer ??= setTimeout(() => {
      this.#countTimer = null;
      this.#countAlive();
    }, COUNT_DELAY);
  }

  #countAlive(): void {
    const counts = new Map<Process, number>();
    for (const process of this.#machine.scheduler.processes.values()) {
      if (process === this.#shell || process.flags & SYSTEM) continue;
      counts.set(process.leader as Process, (counts.get(process.leader as Process) ?? 0) + 1);
    }
    for (const evaluation of this.#evaluations.values()) {
      const count = counts.get(evaluation.device) ?? 0;
      if (count > 0) this.#countSoon();
      else if (evaluation !== this.#last && evaluation.isOver) this.#evaluations.delete(evaluation.id);
      if (count === evaluation.alive) continue;
      evaluation.alive = count;
      evaluation.tell({ type: "alive", count });
    }
  }
}

function tellError(evaluation: Evaluation, banner: string, stacktrace = ""): void {
  evaluation.tell({ type: "error", line: null, banner, stacktrace });
}

function plain(term: Term): string {
  return term instanceof Bitstring ? (term.text ?? new TextDecoder().decode(term.bytes)) : "";
}
