/**
 * What a reader has changed, kept from visit to visit: by page and block, whatever becomes of the text of the page. The code
 * that was changed is kept with it, so that a note that has changed since can be told from one that has not.
 */
export interface Edit {
  readonly code: string;
  /** The code of the note when it was edited. */
  readonly original: string;
}

const prefix = (): string => `edit ${location.pathname} `;

export function kept(block: string): Edit | null {
  const text = attempt(() => localStorage.getItem(prefix() + block));
  if (!text) return null;
  const edit = attempt(() => JSON.parse(text));
  return typeof edit?.code === "string" && typeof edit.original === "string" ? edit : null;
}

/** Code that is again what the note has is no edit. */
export function keep(block: string, edit: Edit): void {
  if (edit.code === edit.original) return forget(block);
  attempt(() => localStorage.setItem(prefix() + block, JSON.stringify(edit)));
}

export function forget(block: string): void {
  attempt(() => localStorage.removeItem(prefix() + block));
}

export function hasEdits(): boolean {
  return attempt(() => Object.keys(localStorage).some((key) => key.startsWith(prefix()))) ?? false;
}

/** Without storage, or with a full one, edits last as long as the page. */
export function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
