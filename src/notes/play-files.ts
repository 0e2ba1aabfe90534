/** The files of a playground: what they may be called, which of them run for others, and what is evaluated of each. */
export interface PlayFile {
  readonly name: string;
  readonly code: string;
}

const MOST_FILES = 20;
const LONGEST_NAME = 40;

/** Why a file cannot have this name beside others; `null` when it can. */
export function problemWith(name: string, others: readonly string[]): string | null {
  if (name === "") return "A file needs a name, such as counter.ex.";
  if (/[/\\]/.test(name)) return "All files are in one folder: a name has no slash.";
  if (!/\.exs?$/.test(name)) return "A name ends in .ex, for modules, or in .exs, for a script or tests.";
  if (!/^\w[\w.-]*\.exs?$/.test(name))
    return "A name is made of letters from a to z, digits, _, - and dots, and begins with a letter or a digit.";
  if (name.length > LONGEST_NAME)
    return `A name has at most ${LONGEST_NAME} characters; this has ${name.length}.`;
  if (others.includes(name)) return `There is a ${name} already.`;
  return null;
}

/** Why there can be no more files; `null` when there can. */
export function problemWithCount(count: number): string | null {
  return count < MOST_FILES ? null : `A playground has at most ${MOST_FILES} files.`;
}

/** A script runs for its own sake; other files hold modules, which run before it. */
export function isScript(name: string): boolean {
  return name.endsWith(".exs");
}

/** Modules stand before scripts, as they run before them; otherwise the order is the one in which they were made. */
export function inOrder<File extends { readonly name: string }>(files: readonly File[]): File[] {
  return files.toSorted((a, b) => Number(isScript(a.name)) - Number(isScript(b.name)));
}

/** A file of tests runs as with `mix test`: ExUnit is there, and the tests run at its end. Its lines keep their numbers. */
export function programOf(name: string, code: string): string {
  if (!/(^|_)test\.exs$/.test(name) || /\bExUnit\.run\b/.test(code)) return code;
  return `ExUnit.start(autorun: false); ${code}\nExUnit.run()`;
}

/** Files from a link or a storage, whose content is anybody's; `null` for what is none. */
export function readFiles(given: unknown): PlayFile[] | null {
  if (!Array.isArray(given) || given.length === 0 || given.length > MOST_FILES) return null;
  const files: PlayFile[] = [];
  for (const file of given) {
    if (typeof file?.name !== "string" || typeof file.code !== "string") return null;
    if (
      problemWith(
        file.name,
        files.map(({ name }) => name),
      ) !== null
    )
      return null;
    files.push({ name: file.name, code: file.code });
  }
  return inOrder(files);
}
