/**
 * Keeps the files of the playground from visit to visit. What came with a link, and what the reader makes of it, is kept under
 * that link: opening one leaves the reader's own files alone.
 */
import { type PlayFile, readFiles } from "../notes/play-files.ts";
import { attempt } from "./edits.ts";

const key = (): string =>
  `files ${location.pathname} ${location.hash.length > 1 ? digest(location.hash) : ""}`;

export function keptFiles(): PlayFile[] | null {
  const text = attempt(() => localStorage.getItem(key()));
  return text ? readFiles(attempt(() => JSON.parse(text))) : null;
}

export function keepFiles(files: readonly PlayFile[]): void {
  attempt(() => localStorage.setItem(key(), JSON.stringify(files)));
}

/** FNV-1a: enough to tell the links apart that one browser has seen. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(36);
}
