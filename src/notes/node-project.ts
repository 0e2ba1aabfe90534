/** The project of "Run in Node": a program and the package that runs it. The same files are mounted, downloaded and tested. */
export type ProjectFiles = Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>;

export type Command = readonly [command: string, ...args: string[]];

/** What is typed into the terminal of the project, one command after the other; the last one runs the program. */
export const commands: readonly Command[] = [
  ["npm", "install", "--no-audit", "--no-fund"],
  ["npm", "start", "--silent"],
];

/** `packed` is the package as `npm pack` makes it. */
export function projectFiles(code: string, packed: Uint8Array<ArrayBuffer>): ProjectFiles {
  const manifest = {
    name: "beamlet-program",
    private: true,
    type: "module",
    scripts: { start: "beamlet run main.exs" },
    dependencies: { beamlet: "file:beamlet.tgz" },
  };
  return {
    "package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    "main.exs": `${code.trimEnd()}\n`,
    "README.md": `An Elixir program and the package that runs it in Node 22.12 or newer:\n\n    npm install\n    npm start\n`,
    "beamlet.tgz": packed,
  };
}
