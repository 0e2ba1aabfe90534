/** A folder of its own for the files that a test gives to the command; gone when the tests have ended. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "beamlet-"));
after(() => rmSync(folder, { recursive: true }));

/** The path of a file of this name with this text. */
export function file(name: string, text = ""): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A path in the folder, of a file that is still to be made. */
export function pathOf(name: string): string {
  return join(folder, name);
}
