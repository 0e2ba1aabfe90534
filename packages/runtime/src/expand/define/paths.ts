/** Paths of sources: messages name them as seen from the working directory, environments in full. */
import type { Host } from "../host.ts";

/** Mirrors `Path.relative_to_cwd/1` for a file below the working directory. */
export function relativePath(host: Host, file: string): string {
  const below = `${host.workingDirectory()}/`;
  return file.startsWith(below) ? file.slice(below.length) : file;
}

/** Mirrors `Path.absname/1`. */
export function absolutePath(host: Host, file: string): string {
  const directory = host.workingDirectory();
  return directory === null || file.startsWith("/") ? file : `${directory}/${file}`;
}
