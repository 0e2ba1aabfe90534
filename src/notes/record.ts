/** `npm run notes:record`: runs every block of every page and writes what it showed; prints what has changed. */
import { pages } from "./blocks.ts";
import { masked, type Recording, recordingsOf, type Shown, writeRecordings } from "./recording.ts";
import { runPage } from "./run-page.ts";

let changes = 0;
for (const page of pages()) {
  const before = recordingsOf(page.page);
  const after = await runPage(page);
  const changed = Object.keys({ ...before, ...after }).filter((id) => !same(before[id], after[id]));
  for (const id of changed) {
    console.log(`${page.page} ${id}\n${lines("-", before[id]?.shown)}${lines("+", after[id]?.shown)}`);
  }
  changes += changed.length;
  if (changed.length > 0) writeRecordings(page.page, after);
}
const written = changes === 1 ? "one recording written" : `${changes} recordings written`;
console.log(changes === 0 ? "every recording is up to date" : written);

function same(before: Recording | undefined, after: Recording | undefined): boolean {
  if (!before || !after || (before.picture === undefined) !== (after.picture === undefined)) return false;
  return (
    before.code === after.code && JSON.stringify(masked(before.shown)) === JSON.stringify(masked(after.shown))
  );
}

function lines(sign: string, shown: readonly Shown[] = []): string {
  return shown
    .flatMap((item) => (item.kind === "stopped" ? ["(stopped)"] : item.text.replace(/\n$/, "").split("\n")))
    .map((line) => `  ${sign} ${line}\n`)
    .join("");
}
