/**
 * Recorded outputs: what each block of a page answered when it was run in Node, one file a page under `recorded/`. They
 * are in the page's HTML, so that it is complete without JavaScript, and the tests compare every run with them.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** One thing that a block showed, in order. */
export type Shown =
  | { readonly kind: "output"; readonly text: string }
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "warning" | "error"; readonly text: string }
  /** The button of the block was pressed, and evaluates this. */
  | { readonly kind: "pressed"; readonly text: string }
  /** The block waits for ever, and was stopped. */
  | { readonly kind: "stopped" };

export interface Recording {
  /** The code that was run: a recording of other code is out of date. */
  readonly code: string;
  readonly shown: readonly Shown[];
  /** HTML of the picture of the run, where the block asks for one. */
  readonly picture?: string;
}

const folder = join(process.cwd(), "src/notes/recorded");

export function recordingsOf(page: string): Record<string, Recording> {
  const path = pathOf(page);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}

/** What the block showed and did, or `null` when it has not been recorded, or only with other code. */
export function recordingOf(page: string, id: string, code: string): Recording | null {
  const recording = recordingsOf(page)[id];
  return recording?.code === code ? recording : null;
}

export function writeRecordings(page: string, recordings: Record<string, Recording>): void {
  const path = pathOf(page);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(recordings, null, 2)}\n`);
}

/** Pids and references differ from run to run, the object code of a module from version to version, the time of day always. */
export function masked(shown: readonly Shown[]): Shown[] {
  return shown.map((item) =>
    item.kind === "stopped"
      ? item
      : {
          ...item,
          text: item.text
            .replace(/^\d\d:\d\d:\d\d\.\d{3} (?=\[)/gm, "00:00:00.000 ")
            // The lines of the library differ from version to version.
            .replace(/(\([a-z_]+ [\d.]+\) lib\/[^:\s]+):\d+:/g, "$1:")
            .replace(/#(PID|Reference|Function)<[^>]*>/g, "#$1<...>")
            .replace(/<<70, 79, 82, 49,[^>]*>>,\s*/, "<<object code>>, "),
        },
  );
}

function pathOf(page: string): string {
  return join(folder, `${page.replaceAll("/", ".")}.json`);
}
