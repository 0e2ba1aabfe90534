/** Who waits while nothing can happen any more, and what lies in the mailboxes: the explanation of a standstill. */

import { placeOf } from "../compile/index.ts";
import type { Process } from "../process/process.ts";
import { suspendedCallers } from "../process/stack.ts";
import { waitingIn } from "../scheduler/scheduler.ts";
import type { Machine } from "./machine.ts";
import type { WaitingProcess } from "./protocol.ts";

/** How much is told. */
const MOST_WAITING = 10;
const MOST_MESSAGES = 5;
const MOST_CHARACTERS = 200;
const MOST_CALLERS = 8;

export function waitingProcesses(
  machine: Machine,
  shell: Process,
  isOfProgram: (process: Process) => boolean,
  isProgram: (file: string) => boolean,
): WaitingProcess[] {
  const waiting: WaitingProcess[] = [];
  for (const { process } of waitingIn(machine.scheduler)) {
    if (!isOfProgram(process)) continue;
    if (waiting.length === MOST_WAITING) break;
    const messages: string[] = [];
    for (
      let message = process.head;
      message !== null && messages.length < MOST_MESSAGES;
      message = message.next
    )
      messages.push(shortened(machine.show(message.term)));
    const isShell = process === shell;
    const place = placeIn(process, isProgram);
    const registered = process.extra?.name;
    waiting.push({
      pid: machine.show(process),
      name: registered ? machine.show(registered) : null,
      isShell,
      place,
      messages,
      count: process.mailboxLength,
    });
  }
  return waiting;
}

/** The first clause of the receive, or the call in which it is. */
function placeIn(process: Process, isProgram: (file: string) => boolean): WaitingProcess["place"] {
  const { target } = process;
  const calls = suspendedCallers(process, MOST_CALLERS).map(({ resume, label }) => placeOf(resume, label));
  if (typeof target === "function") calls.unshift(placeOf(target, 0));
  for (const place of calls) {
    const line = place?.line || place?.clauses?.[0];
    if (place && line && line > 0 && isProgram(place.file)) return { file: place.file, line };
  }
  return null;
}

function shortened(shown: string): string {
  return shown.length > MOST_CHARACTERS ? `${shown.slice(0, MOST_CHARACTERS)}…` : shown;
}
