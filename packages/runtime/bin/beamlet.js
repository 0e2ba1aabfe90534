#!/usr/bin/env node
import * as nodeModule from "node:module";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`beamlet needs Node 22.12 or newer; this is ${process.version}\n`);
  process.exit(1);
}
// Compiled code is kept in the system's temporary folder, which makes the next start faster.
nodeModule.enableCompileCache();
await import("../dist/cli.js");
