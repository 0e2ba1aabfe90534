/** Puts the built runtime where the site serves it: `public/beamlet/`. */
import { execFileSync } from "node:child_process";
import { cpSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const target = join(root, "public/beamlet");
const dist = join(root, "packages/runtime/dist");

rmSync(target, { recursive: true, force: true });
cpSync(join(dist, "browser"), target, { recursive: true });
cpSync(join(dist, "lib"), join(target, "lib"), { recursive: true });

// The package as it would be installed: what the page "Run in Node" puts into its projects.
const packed = execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", target], {
  cwd: join(root, "packages/runtime"),
  encoding: "utf8",
});
renameSync(join(target, packed.trim().split("\n").at(-1)!), join(target, "beamlet.tgz"));
