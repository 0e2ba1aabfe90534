/**
 * The bundle of the browser's worker: a file with what every block needs, and in files of their own what not every program
 * needs: groups of natives (`src/vm/late/`), and processes for TypeScript. All must have the same classes of terms, so the
 * others take every source file that the first one contains from there: through `SHARED`, a table of what they import from each.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import * as esbuild from "esbuild";

const source = resolve(import.meta.dirname, "../src");
const late = join(source, "vm/late.ts");

export async function bundleWorker(folder: string, options: esbuild.BuildOptions): Promise<void> {
  const common = {
    ...options,
    bundle: true,
    minify: true,
    charset: "utf8",
    write: false,
    platform: "browser",
    outdir: folder,
  } as const;
  const entry = { entryPoints: { worker: join(source, "vm/worker.ts") }, format: "iife" } as const;
  const empty = { contents: "export const lateNatives = () => [];" };

  const { metafile } = await esbuild.build({
    ...common,
    ...entry,
    metafile: true,
    plugins: [replacing(late, empty)],
  });
  const inFirst = new Set(Object.keys(metafile.inputs).map((path) => resolve(path)));
  inFirst.delete(late);

  const shared = new Map<string, Set<string>>();
  const modules: Record<string, string[]> = {};
  const entryPoints: Record<string, string> = { typescript: join(source, "vm/typescript-blocks.ts") };
  for (const file of readdirSync(join(source, "vm/late"))) {
    const group = basename(file, ".ts");
    const path = join(source, "vm/late", file);
    const { lateNatives, callers = [] } = await import(path);
    const names = lateNatives({}).map(({ module }: { module: string }) => module);
    modules[group] = [...new Set<string>([...names, ...callers])];
    entryPoints[`natives-${group}`] = path;
  }
  const others = await esbuild.build({
    ...common,
    entryPoints,
    format: "cjs",
    banner: {},
    footer: {},
    plugins: [takingFrom(inFirst, shared)],
  });
  const first = await esbuild.build({
    ...common,
    ...entry,
    define: { ...options.define, LATE_MODULES: JSON.stringify(modules) },
    plugins: [replacing(late, empty), replacing(join(source, "vm/shared.ts"), { contents: table(shared) })],
  });
  for (const { path, text } of [...first.outputFiles, ...others.outputFiles]) writeFileSync(path, text);
}

/** Another text in place of a file. */
function replacing(file: string, result: { contents: string }): esbuild.Plugin {
  return {
    name: "replacing",
    setup(build) {
      build.onLoad({ filter: /\.ts$/, namespace: "file" }, ({ path }) =>
        path === file ? { ...result, loader: "ts", resolveDir: source } : undefined,
      );
    },
  };
}

/** Imports of the given files become lookups in `SHARED`; which names they ask for is noted. */
function takingFrom(files: ReadonlySet<string>, shared: Map<string, Set<string>>): esbuild.Plugin {
  return {
    name: "shared",
    setup(build) {
      build.onLoad({ filter: /\.ts$/, namespace: "file" }, ({ path }) => {
        for (const [, list, from] of readFileSync(path, "utf8").matchAll(
          /^(?:import|export) \{([^}]*)\} from "(\.[^"]*)"/gm,
        )) {
          const target = resolve(dirname(path), from);
          if (!files.has(target)) continue;
          const names = shared.get(target) ?? new Set();
          shared.set(target, names);
          for (const item of list.split(",")) {
            const name = item.trim().split(" as ")[0];
            if (name !== "" && !name.startsWith("type ")) names.add(name);
          }
        }
        return undefined;
      });
      build.onResolve({ filter: /^\./ }, ({ path, importer }) => {
        const target = resolve(dirname(importer), path);
        return files.has(target) ? { path: relative(source, target), namespace: "shared" } : undefined;
      });
      build.onLoad({ filter: /./, namespace: "shared" }, ({ path }) => ({
        contents: `module.exports = SHARED[${JSON.stringify(path)}];`,
      }));
    },
  };
}

function table(shared: ReadonlyMap<string, ReadonlySet<string>>): string {
  const files = [...shared].map(([file, names], index) => ({
    path: relative(source, file),
    names: [...names],
    index,
  }));
  const imports = files.map(
    ({ path, names, index }) =>
      `import { ${names.map((name) => `${name} as ${name}_${index}`).join(", ")} } from "./${path}";`,
  );
  const entries = files.map(
    ({ path, names, index }) =>
      `${JSON.stringify(path)}: { ${names.map((name) => `${name}: ${name}_${index}`).join(", ")} }`,
  );
  return `${imports.join("\n")}\nexport const SHARED = { ${entries.join(", ")} };`;
}
