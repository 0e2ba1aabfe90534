/** Who waits while nothing can happen any more, and what lies in the mailboxes: the explanation of a standstill. */

import type { Process } from "../process/process.ts";
import { waitingIn } from "../scheduler/scheduler.ts";
import type { Machine } from "./machine.ts";
import type { WaitingProcess } from "./protocol.ts";

/** How much is told. */
const MOST_WAITING = 10;
const MOST_MESSAGES = 5;
const MOST_CHARACTERS = 200;

export function waitingProcesses(
  machine: Machine,
  shell: Process,
  isOfProgram: (process: Process) => boolean,
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
    waiting.push({ pid: machine.show(process), isShell, messages, count: process.mailboxLength });
  }
  return waiting;
}

function shortened(shown: string): string {
  return shown.length > MOST_CHARACTERS ? `${shown.slice(0, MOST_CHARACTERS)}…` : shown;
}
