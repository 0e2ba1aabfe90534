/** A limit that the host has set was exceeded. It ends the run: no program code sees it. */
export type LimitName = "processes" | "mailbox" | "memory" | "output" | "time";

const explain: Record<LimitName, (allowed: string) => string> = {
  processes: (allowed) => `the program started more than ${allowed} processes at a time`,
  mailbox: (allowed) =>
    `a mailbox grew beyond ${allowed} messages: its process receives too slowly or not at all`,
  memory: (allowed) => `the program needs more than an estimated ${allowed} bytes of memory`,
  output: (allowed) => `the program printed more than ${allowed} bytes`,
  time: (allowed) => `the program ran for more than ${allowed} ms`,
};

export class LimitExceeded extends Error {
  readonly limit: LimitName;
  readonly allowed: number;

  constructor(limit: LimitName, allowed: number) {
    super(explain[limit](allowed.toLocaleString("en")));
    this.name = "LimitExceeded";
    this.limit = limit;
    this.allowed = allowed;
  }
}

/** Infinity where there is none. */
export interface Limits {
  readonly processes: number;
  /** Messages in one mailbox. */
  readonly mailbox: number;
  /** Bytes, as a rough sum over processes: records, stacks, messages. Terms themselves are not measured. */
  readonly memory: number;
  readonly output: number;
  /** Milliseconds of real time from the first run on. */
  readonly time: number;
}

export const NO_LIMITS: Limits = {
  processes: 0x1000000,
  mailbox: Infinity,
  memory: Infinity,
  output: Infinity,
  time: Infinity,
};
