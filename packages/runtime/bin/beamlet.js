#!/usr/bin/env node
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`beamlet needs Node 22.12 or newer; this is ${process.version}\n`);
  process.exit(1);
}
await import("../dist/cli.js");
