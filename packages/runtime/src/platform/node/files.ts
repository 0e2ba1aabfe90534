/** The files of the machine that Node runs on. */
import {
  accessSync,
  appendFileSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  type Stats,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import process from "node:process";
import type { FileInfo, FileSystem } from "../platform.ts";
import { sourceLine } from "./source-lines.ts";

export const nodeFiles: FileSystem = {
  get cwd() {
    return process.cwd();
  },
  changeDirectory: (path) => process.chdir(path),
  read: (path) => new Uint8Array(readFileSync(path)),
  write(path, bytes, append, exclusive = false) {
    if (append) appendFileSync(path, bytes);
    else writeFileSync(path, bytes, { flag: exclusive ? "wx" : "w" });
  },
  exists: (path) => existsSync(path),
  line: sourceLine,
  list: (path) => readdirSync(path),
  makeDirectory: (path) => void mkdirSync(path),
  removeDirectory: (path) => rmdirSync(path),
  remove: (path) => unlinkSync(path),
  rename: (from, to) => renameSync(from, to),
  readLink: (path) => readlinkSync(path),
  link: (existing, path, symbolic) => (symbolic ? symlinkSync : linkSync)(existing, path),
  setMode: (path, mode) => chmodSync(path, mode),
  setOwner: (path, uid, gid) => {
    const { uid: user, gid: group } = statSync(path);
    chownSync(path, uid ?? user, gid ?? group);
  },
  setTimes: (path, accessed, modified) => utimesSync(path, accessed, modified),
  info(path, follow) {
    const stats = follow ? statSync(path) : lstatSync(path);
    return {
      type: typeOf(stats),
      size: stats.size,
      mode: stats.mode,
      links: stats.nlink,
      inode: stats.ino,
      device: stats.dev,
      uid: stats.uid,
      gid: stats.gid,
      accessed: seconds(stats.atimeMs),
      modified: seconds(stats.mtimeMs),
      changed: seconds(stats.ctimeMs),
      access: accessOf(path),
    };
  },
};

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

function typeOf(stats: Stats): FileInfo["type"] {
  if (stats.isFile()) return "regular";
  if (stats.isDirectory()) return "directory";
  if (stats.isSymbolicLink()) return "symlink";
  return stats.isCharacterDevice() || stats.isBlockDevice() ? "device" : "other";
}

function accessOf(path: string): FileInfo["access"] {
  const read = allows(path, constants.R_OK);
  const write = allows(path, constants.W_OK);
  return read ? (write ? "read_write" : "read") : write ? "write" : "none";
}

function allows(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}
