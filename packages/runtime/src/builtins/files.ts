/** The files that programs see: what is needed of them beside the natives of `file-natives.ts`. */
/** What is needed of a host; `platform/` states it in full. */
export interface Files {
  readonly cwd: string;
  changeDirectory(path: string): void;
  read(path: string): Uint8Array;
  write(path: string, bytes: Uint8Array, append: boolean, exclusive?: boolean): void;
  line(path: string, line: number): string | null;
  list(path: string): string[];
  makeDirectory(path: string): void;
  removeDirectory(path: string): void;
  remove(path: string): void;
  rename(from: string, to: string): void;
  readLink(path: string): string;
  link(existing: string, path: string, symbolic: boolean): void;
  setMode(path: string, mode: number): void;
  setOwner(path: string, uid: number | null, gid: number | null): void;
  setTimes(path: string, accessed: number, modified: number): void;
  info(path: string, follow: boolean): Info;
}

interface Info {
  readonly type: string;
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
  readonly access: string;
}

let files: Files | null = null;

/** Says which files programs see from now on. */
export function useFiles(host: Files | null): void {
  files = host;
}

export function hostFiles(): Files | null {
  return files;
}

/** A path below the working directory as seen from there; any other as it is. */
export function relativeToWorkingDirectory(path: string): string {
  if (files === null || !path.startsWith("/")) return path;
  const below = `${files.cwd}/`;
  return path.startsWith(below) ? path.slice(below.length) : path;
}

/** The content of a file; `null` when it cannot be read. */
export function fileContent(path: string): Uint8Array | null {
  try {
    return files?.read(path) ?? null;
  } catch {
    return null;
  }
}

/** Whether there is a folder of this name. */
export function isFolder(path: string): boolean {
  try {
    return files?.info(path, true).type === "directory";
  } catch {
    return false;
  }
}

/** A line of a file, counted from 1, for messages that quote it; `null` when there is none. */
export function sourceLine(path: string, line: number): string | null {
  return path === "nofile" ? null : (files?.line(path, line) ?? null);
}

export function currentDirectory(): string | null {
  return files?.cwd ?? null;
}
