/** What a host gives to the runtime: where text goes and comes from, files, the outside world. */
export interface Platform {
  readonly kind: "node" | "browser";
  write(stream: "stdout" | "stderr", text: string): void;
  /** The next line of the standard input with its newline, `null` at its end; the prompt comes before it. `from` is the process that asks. */
  readLine?(prompt: string, from: object): Promise<string | null>;
  /** Columns and rows of the terminal, `null` when the output is no terminal. */
  terminalSize?(): readonly [columns: number, rows: number] | null;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly files?: FileSystem;
  readonly programs?: ProgramRunner;
  readonly signals?: SignalSource;
}

/** Signals of the operating system, by names such as `SIGTERM`. */
export interface SignalSource {
  /** What happens when the signal arrives, in place of what was set before; `null` leaves it to the host. */
  listen(signal: string, listener: (() => void) | null): void;
}

/** Programs of the operating system. */
export interface ProgramRunner {
  /** Runs a program to its end. Rejects with the host's error, with a POSIX `code`, when it cannot be started. */
  run(
    file: string,
    args: readonly string[],
    options: {
      readonly cwd: string | null;
      /** Changes of the environment; `null` takes a variable away. */
      readonly env: Readonly<Record<string, string | null>>;
      /** Whether what it writes to the standard error is part of the output. */
      readonly mergeErrors: boolean;
    },
  ): Promise<{ readonly status: number; readonly output: Uint8Array }>;
}

/** Synchronous, as Elixir's `File` is. Errors are thrown as the host's, with a POSIX `code`. */
export interface FileSystem {
  readonly cwd: string;
  changeDirectory(path: string): void;
  read(path: string): Uint8Array;
  write(path: string, bytes: Uint8Array, append: boolean, exclusive?: boolean): void;
  exists(path: string): boolean;
  /** A line of a text, counted from 1; `null` when it cannot be read. */
  line(path: string, line: number): string | null;
  list(path: string): string[];
  makeDirectory(path: string): void;
  removeDirectory(path: string): void;
  remove(path: string): void;
  rename(from: string, to: string): void;
  readLink(path: string): string;
  link(existing: string, path: string, symbolic: boolean): void;
  setMode(path: string, mode: number): void;
  /** What is `null` stays as it is. */
  setOwner(path: string, uid: number | null, gid: number | null): void;
  /** Times are in seconds since 1970. */
  setTimes(path: string, accessed: number, modified: number): void;
  /** Of the file itself, or with `follow` of what a link leads to. */
  info(path: string, follow: boolean): FileInfo;
}

export interface FileInfo {
  readonly type: "regular" | "directory" | "symlink" | "device" | "other";
  readonly size: number;
  readonly mode: number;
  readonly links: number;
  readonly inode: number;
  readonly device: number;
  readonly uid: number;
  readonly gid: number;
  readonly accessed: number;
  readonly modified: number;
  readonly changed: number;
  readonly access: "read" | "write" | "read_write" | "none";
}
