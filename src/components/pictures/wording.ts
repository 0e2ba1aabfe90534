/** What an entry of the trace means, as a sentence: for those who step through a run, and for tables. */
import type { TraceEntry } from "beamlet/protocol";
import { duration, type History, messageText, pidText } from "./history.ts";

/** `null` for what is no step of the program. */
export function sentence(entry: TraceEntry, history: History): string | null {
  const who = history.title(entry.pid);
  const name = (pid: number) => (pid === entry.pid ? "itself" : history.title(pid));
  switch (entry.type) {
    case "spawn":
      return `${entry.parent === 0 ? "The runtime" : history.title(entry.parent)} starts ${history.fullTitle(entry.pid)}`;
    case "exit":
      return entry.isCrash ? `${who} crashes: ${entry.reason}` : `${who} ends: ${entry.reason}`;
    case "send":
      if (entry.message === 0)
        return `${who} sends ${messageText(entry.text)} to ${entry.target}, where nobody is`;
      return entry.pid === 0
        ? `A timer sends ${messageText(entry.text)} to ${name(entry.to)}`
        : `${who} sends ${messageText(entry.text)} to ${name(entry.to)}`;
    case "deliver":
      if (entry.origin === "down") return `${who} is told that ${name(entry.from)} has ended: ${entry.text}`;
      if (entry.origin === "exit") return `The exit signal becomes a message to ${who}: ${entry.text}`;
      return `${messageText(entry.text)} is in the mailbox of ${who}`;
    case "skip":
      return `${who} looks at a message that no clause matches, and leaves it`;
    case "match":
      return `${who} takes ${messageText(history.messageOf(entry.message))} out of its mailbox`;
    case "block":
      if (entry.on === "device") return `${who} waits until its text is printed`;
      return entry.until === null
        ? `${who} waits for a message`
        : `${who} waits for a message, until ${duration(history.sinceBegin(entry.until))} at the latest`;
    case "timeout":
      return `${who}: the time is over, and no message matched`;
    case "link":
      return `${who} and ${name(entry.other)} are linked`;
    case "unlink":
      return `${who} and ${name(entry.other)} are no longer linked`;
    case "monitor":
      return `${who} monitors ${name(entry.other)}`;
    case "demonitor":
      return `${who} no longer monitors ${name(entry.other)}`;
    case "signal":
      return `An exit signal from ${history.title(entry.from)} reaches ${who}: ${entry.reason}`;
    case "name":
      return entry.name === null
        ? `${who} gives up its name`
        : `${pidText(entry.pid)} is registered under the name ${entry.name}`;
    case "print":
      return `${who} prints ${JSON.stringify(entry.text.trimEnd())}`;
    case "value":
      return `The value is ${entry.text}`;
    case "in":
      return `The scheduler runs ${who}`;
    case "out":
      return `${who} has used ${reductions(entry.reductions)} and ${ending[entry.state]}`;
    default:
      return null;
  }
}

const ending = {
  preempted: "is preempted",
  waiting: "waits",
  held: "waits for the runtime",
  exited: "has ended",
};

export function reductions(count: number): string {
  return count === 1 ? "1 reduction" : `${count.toLocaleString("en")} reductions`;
}
