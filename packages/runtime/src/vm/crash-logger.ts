/**
 * Tells the logger of the errors that end plain processes, as the BEAM does. (Processes of OTP catch their errors and log
 * them themselves.)
 *
 * One process of the system, started with the first crash, calls `:logger`: so nothing of Logger is loaded before, what a
 * handler does cannot hold up or end the crashing process, and the reports keep the order of the crashes.
 */
import { register } from "../process/names.ts";
import { type Process, SYSTEM } from "../process/process.ts";
import { spawnCall } from "../process/start.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { atom } from "../term/atom.ts";
import { tuple } from "../term/tuple.ts";
import { exportCell } from "./code-server.ts";

const LOGGER = atom("logger");
const CRASH = atom("crash");

/** Logs crashes from now on. Returns the process that does once there is one. */
export function logCrashes(scheduler: Scheduler): () => Process | null {
  let logger: Process | null = null;
  scheduler.onCrash = (process, _raised, reason) => {
    if (process.flags & SYSTEM) return;
    logger ??= start(scheduler);
    scheduler.send(logger, tuple(CRASH, process, process.leader, reason));
  };
  return () => logger;
}

function start(scheduler: Scheduler): Process {
  const logger = scheduler.enter(() => spawnCall(exportCell(LOGGER, atom("crash_logger"), 0), []));
  logger.flags |= SYSTEM;
  logger.parent = 0;
  register(scheduler, LOGGER, logger);
  // No process of the program, which may list and count them.
  scheduler.processes.delete(logger.id);
  return logger;
}
