/** What a reader has changed, kept from visit to visit: by page and block, whatever becomes of the text of the page. */
const keyOf = (block: string): string => `edit ${location.pathname} ${block}`;

export function kept(block: string): string | null {
  return attempt(() => localStorage.getItem(keyOf(block))) ?? null;
}

export function keep(block: string, code: string): void {
  attempt(() => localStorage.setItem(keyOf(block), code));
}

export function forget(block: string): void {
  attempt(() => localStorage.removeItem(keyOf(block)));
}

/** Without storage, or with a full one, edits last as long as the page. */
function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
