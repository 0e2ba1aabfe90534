/** The tags of the notes, and the pages that list what has one. */

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

/** What has each tag, tags in the order of the alphabet. */
export function byTag<Entry extends { data: { tags: string[] } }>(
  entries: readonly Entry[],
): [string, Entry[]][] {
  return tags.map((tag) => [tag, entries.filter(({ data }) => data.tags.includes(tag))]);
}
