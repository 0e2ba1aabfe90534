/** The tags of the notes, and the pages that list what has one. */

/** A tag is a word of small letters, digits and dashes: it is part of an address. */
export const TAG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export function addressOf(tag: string): string {
  return `/tags/${tag}/`;
}

/** What has each tag, tags in the order of the alphabet. */
export function byTag<Entry extends { data: { tags: string[] } }>(
  entries: readonly Entry[],
): [string, Entry[]][] {
  const tags = [...new Set(entries.flatMap(({ data }) => data.tags))].sort();
  return tags.map((tag) => [tag, entries.filter(({ data }) => data.tags.includes(tag))]);
}
