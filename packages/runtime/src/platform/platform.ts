/** What a host gives to the runtime: where text goes and comes from, files, the outside world. */
export interface Platform {
  readonly kind: "node" | "browser";
  write(stream: "stdout" | "stderr", text: string): void;
  /** The next line of the standard input with its newline; `null` at its end. Absent where there is none. */
  readLine?(): Promise<string | null>;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly files?: FileSystem;
}

/** Synchronous, as Elixir's `File` is. Errors are thrown as the host's, with a POSIX `code`. */
export interface FileSystem {
  readonly cwd: string;
  read(path: string): Uint8Array;
  write(path: string, bytes: Uint8Array, append: boolean): void;
  exists(path: string): boolean;
}
