/** Who waits. */
import type { Process } from "../process/process.ts";

/** A process that waits, for the message that a program is stuck. */
export interface Waiting {
  readonly process: Process;
  readonly messages: number;
  readonly on: "message" | "host";
}
