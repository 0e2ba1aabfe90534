/**
 * A machine: one system of processes with its devices, on a host. Machines of one host run one after the other, as they
 * share the code server; what a program has defined is forgotten when the next machine is made.
 */

import { useFiles } from "../builtins/files.ts";
import { useEnvironment } from "../builtins/os.ts";
import { usePrograms } from "../builtins/programs.ts";
import { handlesSignals, useSignals } from "../builtins/signal-source.ts";
import type { Diagnostic } from "../expand/host.ts";
import type { Platform } from "../platform/platform.ts";
import type { Outcome } from "../process/outcome.ts";
import type { Process } from "../process/process.ts";
import { spawnCall, spawnTask } from "../process/start.ts";
import { call, type Task } from "../process/task.ts";
import { Driver } from "../scheduler/driver.ts";
import { useFrames } from "../scheduler/frames.ts";
import { LimitGuard } from "../scheduler/guard.ts";
import { awaitPromise } from "../scheduler/hold.ts";
import { makeScheduler } from "../scheduler/make.ts";
import type { SchedulerOptions } from "../scheduler/options.ts";
import { halt, type Scheduler } from "../scheduler/scheduler.ts";
import { atom, FALSE } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { type Pid, resetReferences } from "../term/identifier.ts";
import type { Term } from "../term/term.ts";
import { configure } from "./application-natives.ts";
import { setCodeFolders } from "./code-path.ts";
import { configureCodeServer, ensureLoaded, exportCell, type Loader, resetModules } from "./code-server.ts";
import { logCrashes } from "./crash-logger.ts";
import { startDevice } from "./device.ts";
import { renderDiagnostic, useHostDevice } from "./diagnostics.ts";
import { type HostOptions, installHost } from "./host.ts";
import { show } from "./show.ts";
import { functionOf, stacktraceOf } from "./stacktrace.ts";

export interface MachineOptions extends SchedulerOptions {
  readonly platform: Platform;
  readonly loader: Loader;
  /** A scheduler that runs already; one is made unless given. */
  readonly scheduler?: Scheduler;
  /** While the library is built: `Kernel` may be missing. */
  readonly bootstrap?: boolean;
  /** Told of each warning and error of the compiler; unless given, they go to the standard error. */
  readonly onDiagnostic?: (diagnostic: Diagnostic) => void;
  /** Takes what is written to the devices `user` and `standard_error`, in place of the platform. */
  readonly onOutput?: (stream: "stdout" | "stderr", text: string, from: Pid) => void;
  /** Whether there is a handler of the logger, to which crashes of processes are told; true unless given. */
  readonly log?: boolean;
  /** Whether `Code.fetch_docs/1` knows the program's own modules, as if they had been compiled to files. */
  readonly keepDocumentation?: boolean;
  /** Told of the function that completes what is typed at the device `user`. */
  readonly onDeviceOptions?: (options: Term, from: Pid) => void;
  /** Whether a program in which all processes wait may be woken by the host: a shell that its user can interrupt. */
  readonly interactive?: boolean;
  /** Told of each module that is compiled, with its JavaScript text, its documentation and its definitions. */
  readonly onModule?: HostOptions["onModule"];
}

const LONGEST_INTERVAL = 0x7fffffff;

export class Machine {
  readonly scheduler: Scheduler;
  readonly platform: Platform;
  /** The device that prints to the standard output. */
  readonly user: Process;
  readonly #crashLogger: () => Process | null;
  readonly #driver: Driver;
  #awake: ReturnType<typeof setInterval> | undefined;
  readonly #waiting = new Set<{ resolve(outcome: Outcome): void; reject(error: unknown): void }>();

  constructor(options: MachineOptions) {
    const {
      platform,
      loader,
      bootstrap,
      onModule,
      onDiagnostic,
      keepDocumentation,
      onDeviceOptions,
      ...more
    } = options;
    const {
      interactive = false,
      onOutput = platform.write.bind(platform),
      log = true,
      ...schedulerOptions
    } = more;
    this.platform = platform;
    const scheduler = schedulerOptions.scheduler ?? makeScheduler(schedulerOptions);
    useFrames(scheduler);
    // A system that exists already has the limits of whoever has made it.
    const guard =
      schedulerOptions.scheduler === undefined
        ? new LimitGuard(scheduler, schedulerOptions.limits, schedulerOptions.heapUsed)
        : null;
    scheduler.guard ??= guard;
    this.scheduler = scheduler;
    scheduler.stacktraceOf = stacktraceOf;
    scheduler.callee = exportCell;
    scheduler.functionOf = functionOf;
    resetModules();
    if (schedulerOptions.scheduler === undefined) resetReferences();
    useFiles(platform.files ?? null);
    usePrograms(platform.programs ?? null);
    useSignals(platform.signals ?? null);
    useEnvironment(platform.env);
    installHost({
      bootstrap: bootstrap ?? false,
      keepDocumentation: keepDocumentation ?? false,
      onModule: onModule ?? (() => {}),
      onDiagnostic:
        onDiagnostic ?? ((diagnostic) => platform.write("stderr", `${renderDiagnostic(diagnostic)}\n\n`)),
    });
    setCodeFolders([]);
    configureCodeServer({ loader, wait: (promise) => awaitPromise(scheduler, promise) });
    this.user = startDevice(scheduler, {
      name: "user",
      write: (text, from) => {
        guard?.printed(text.length);
        onOutput("stdout", text, from);
      },
      readLine: platform.readLine?.bind(platform),
      size: platform.terminalSize?.bind(platform),
      onOptions: onDeviceOptions,
    });
    this.#driver = new Driver(scheduler, {
      onState: (state) => {
        if (state === "idle" && handlesSignals()) this.#stayAwake();
        else if (state === "idle" && !interactive)
          this.#give(new Stuck("every process waits for a message that nobody will send"));
        else if (scheduler.haltStatus !== null) this.#give(new Stuck("the program has halted"));
      },
      onError: (error) => this.#give(error),
    });
    useHostDevice(
      startDevice(scheduler, {
        name: "standard_error",
        write: (text, from) => onOutput("stderr", text, from),
      }),
    );
    this.#crashLogger = log ? logCrashes(scheduler) : () => null;
    if (!log) configure(scheduler, "logger", "default_handler", FALSE);
  }

  /** Runs a task in a process of its own, and everything it starts, until it has ended or all wait. */
  runTask(start: () => Task): Promise<Outcome> {
    return this.#finish(this.scheduler.enter(() => spawnTask(start)));
  }

  /** Starts a process at a function; it prints to the standard output. */
  spawn(module: string, name: string, args: Term[]): Process {
    const cell = exportCell(atom(module), atom(name), args.length);
    const process = this.scheduler.enter(() => spawnCall(cell, args));
    process.leader = this.user;
    return process;
  }

  show(term: Term): string {
    return show(term);
  }

  /** Calls a function in a process of its own. Throws `Stuck` when it can never end. */
  call(module: string, name: string, args: Term[]): Promise<Outcome> {
    return this.#finish(this.spawn(module, name, args));
  }

  /** Several may be waited for at a time: one may have begun because of another. */
  #finish(process: Process): Promise<Outcome> {
    process.leader = this.user;
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
    const waiting = { resolve, reject };
    this.#waiting.add(waiting);
    this.scheduler.observe(process, (outcome) => {
      this.#waiting.delete(waiting);
      // The host goes on before the processes that the program has left behind.
      if (this.#waiting.size === 0) this.scheduler.stop();
      resolve(outcome);
    });
    this.#driver.start();
    return promise;
  }

  /** Resolves when the crashes so far have been logged. */
  async flushLog(): Promise<void> {
    if (this.#crashLogger() !== null && this.scheduler.haltStatus === null)
      await this.call("logger", "await_crashes", []);
  }

  /** All wait for a signal: the host must not take that for the end of its work. */
  #stayAwake(): void {
    this.#awake ??= setInterval(() => {}, LONGEST_INTERVAL);
  }

  #give(error: unknown): void {
    for (const { reject } of this.#waiting) reject(error);
    this.#waiting.clear();
  }

  /** The report of an outcome that is no value, as Elixir words it; in its bare form when it cannot. */
  async explain(outcome: Outcome): Promise<string> {
    if (outcome.kind !== "raised") return show(outcome.reason);
    const { kind, reason } = outcome.raised;
    const stacktrace = stacktraceOf(outcome.raised);
    const bare = `** (${kind.name}) ${show(reason)}\n${show(stacktrace)}`;
    const format = function* (): Task {
      if ((yield* ensureLoaded(atom("Elixir.Exception"))) === null) return atom("none");
      return yield* call(
        exportCell(atom("Elixir.Exception"), atom("format"), 3).code,
        kind,
        reason,
        stacktrace,
      );
    };
    try {
      const result = await this.runTask(format);
      return result.kind === "returned" && result.value instanceof Bitstring
        ? (result.value.text ?? bare)
        : bare;
    } catch {
      return bare;
    }
  }

  /** Ends all processes. */
  end(): void {
    this.#driver.stop();
    clearInterval(this.#awake);
    halt(this.scheduler, 0);
  }
}

/** The process that a host waits for cannot go on. */
export class Stuck extends Error {}
