/** How much memory a process takes, roughly. */
import type { Process } from "./process.ts";

const RECORD_BYTES = 280;
const MESSAGE_BYTES = 48;

/** What a process takes without the terms it holds, as `process_info(pid, :memory)` tells. */
export function memoryOf(p: Process): number {
  return RECORD_BYTES + p.depth * 8 + p.mailboxLength * MESSAGE_BYTES + (p.extra === null ? 0 : 300);
}
