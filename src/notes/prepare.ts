/** Puts the built runtime where the site serves it: `public/beamlet/`. */
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const target = join(root, "public/beamlet");
const dist = join(root, "packages/runtime/dist");

rmSync(target, { recursive: true, force: true });
cpSync(join(dist, "browser"), target, { recursive: true });
cpSync(join(dist, "lib"), join(target, "lib"), { recursive: true });
