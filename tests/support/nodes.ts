/**
 * Other versions of Node, to run the package on: this one if its version fits, else one fetched once from the npm registry
 * into `node_modules/.cache`.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";

const cache = resolve(import.meta.dirname, "../../node_modules/.cache/node");

/** The path of a Node of that version, such as `24` or `22.12.0`; `null` when there is none to be had. */
export async function nodeBinary(version: string): Promise<string | null> {
  if (process.versions.node === version || process.versions.node.startsWith(`${version}.`))
    return process.execPath;
  const folder = join(cache, version);
  const binary = join(folder, "package/bin/node");
  if (existsSync(binary)) return binary;
  try {
    const parts = join(cache, `${version}.${process.pid}`);
    mkdirSync(parts, { recursive: true });
    const name = `node-${process.platform}-${process.arch}@${version}`;
    execFileSync("npm", ["pack", name, "--pack-destination", parts], { stdio: "pipe", timeout: 60_000 });
    const tarball = readdirSync(parts).find((file) => file.endsWith(".tgz"))!;
    execFileSync("tar", ["-xzf", tarball, "package/bin/node"], { cwd: parts });
    renameSync(parts, folder);
    return binary;
  } catch {
    return null;
  }
}
