/** The tags of the notes, and the pages that list what has one. */
import { sections } from "./sections.ts";

/** What a note can be about, in the order of the alphabet: a tag that is not here is a slip of the pen. */
export const tags = [
  "beam",
  "concurrency",
  "elixir",
  "otp",
  "phoenix",
  "process",
  "testing",
  "typescript",
] as const;

export function addressOf(tag: string): string {
  return `/tags/${tag}/`;
}

/** What has each tag, tags in the order of the alphabet, and the notes in the order in which one reads them. */
export function byTag<Entry extends { id: string; data: { tags: string[]; sidebar: { order?: number } } }>(
  entries: readonly Entry[],
): [string, Entry[]][] {
  const sorted = entries.toSorted((a, b) => placeOf(a) - placeOf(b));
  return tags.map((tag) => [tag, sorted.filter(({ data }) => data.tags.includes(tag))]);
}

/** Sections first, then the places within them. */
function placeOf({ id, data }: { id: string; data: { sidebar: { order?: number } } }): number {
  const section = sections.findIndex(({ folder }) => id.startsWith(`${folder}/`));
  return 100 * section + (data.sidebar.order ?? 0);
}
