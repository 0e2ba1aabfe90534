/**
 * The code path: folders in which object code is looked for that is neither loaded nor in the library; `code-files.ts` changes it.
 */
import { fileContent } from "../builtins/files.ts";

let folders: readonly string[] = [];

export function codeFolders(): readonly string[] {
  return folders;
}

export function setCodeFolders(paths: readonly string[]): void {
  folders = paths;
}

export interface FoundCode {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** The first file of object code of a module on the path. */
export function findObjectCode(module: string): FoundCode | null {
  for (const folder of folders) {
    const file = `${folder}/${module}.beam`;
    const bytes = fileContent(file);
    if (bytes !== null) return { file, bytes };
  }
  return null;
}
