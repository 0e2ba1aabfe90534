/** Binaries and iodata of `:erlang`. */
import {
  BitsBuilder,
  Bitstring,
  badarg,
  byteBinary,
  EMPTY,
  eachLeaf,
  iodataToBinary,
  list,
  type Raised,
  sliceBits,
  sliceBytes,
  type Term,
  Tuple,
  tuple,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";

function bad(name: string, ...args: Term[]): Raised {
  return badarg("erlang", name, args);
}

/** Whole bytes of a bitstring; a negative length goes backwards. `null` when it is out of range. */
export function partOf(of: Bitstring, start: Term, length: Term): Bitstring | null {
  if (typeof start !== "number" || typeof length !== "number") return null;
  const from = length < 0 ? start + length : start;
  const to = length < 0 ? start : start + length;
  if (from < 0 || to > of.bitLength >>> 3) return null;
  return sliceBytes(of, from, to - from);
}

export function binaryPart(of: Term, start: Term, length: Term): Term {
  const part = of instanceof Bitstring ? partOf(of, start, length) : null;
  if (part === null) throw bad("binary_part", of, start, length);
  return part;
}

export function byteSize(of: Term): Term {
  if (!(of instanceof Bitstring)) throw bad("byte_size", of);
  return of.byteLength;
}

export function bitSize(of: Term): Term {
  if (!(of instanceof Bitstring)) throw bad("bit_size", of);
  return of.bitLength;
}

function listToBitstring(data: Term): Term {
  const builder = new BitsBuilder();
  const valid =
    !(data instanceof Bitstring) &&
    eachLeaf(data, (item, isTail) => {
      if (typeof item === "number" && !isTail && item >= 0 && item < 256) builder.push(byteBinary(item));
      else if (item instanceof Bitstring) builder.push(item);
      else return false;
      return true;
    });
  if (!valid) throw bad("list_to_bitstring", data);
  return builder.result();
}

function iolistSize(data: Term): Term {
  let size = 0;
  const valid = eachLeaf(data, (item, isTail) => {
    if (typeof item === "number" && !isTail && item >= 0 && item < 256) size++;
    else if (item instanceof Bitstring && item.isBinary) size += item.byteLength;
    else return false;
    return true;
  });
  if (!valid) throw bad("iolist_size", data);
  return size;
}

function iolistToBinary(data: Term): Term {
  const result = iodataToBinary(data);
  if (result === null) throw bad("iolist_to_binary", data);
  return result;
}

export const erlangBinaries: NativeModule = {
  module: "erlang",
  functions: {
    "byte_size/1": byteSize,
    "bit_size/1": bitSize,
    "size/1": (of) => {
      if (of instanceof Tuple) return of.size;
      if (of instanceof Bitstring) return of.bitLength >>> 3;
      throw bad("size", of);
    },
    "binary_part/3": binaryPart,
    "binary_part/2": (of, range) => {
      const part =
        of instanceof Bitstring && range instanceof Tuple && range.size === 2
          ? partOf(of, range.at(0), range.at(1))
          : null;
      if (part === null) throw bad("binary_part", of, range);
      return part;
    },
    "split_binary/2": (of, at) => {
      if (!(of instanceof Bitstring) || typeof at !== "number" || at < 0 || at > of.bitLength >>> 3)
        throw bad("split_binary", of, at);
      return tuple(sliceBytes(of, 0, at), sliceBits(of, 8 * at, of.bitLength - 8 * at));
    },
    "list_to_binary/1": (data) => {
      const result = data instanceof Bitstring ? null : iodataToBinary(data);
      if (result === null) throw bad("list_to_binary", data);
      return result;
    },
    "list_to_bitstring/1": listToBitstring,
    "iolist_size/1": iolistSize,
    "iolist_to_binary/1": iolistToBinary,
    "iolist_to_iovec/1": (data) => {
      const result = iodataToBinary(data);
      if (result === null) throw bad("iolist_to_iovec", data);
      return result.byteLength === 0 ? EMPTY : list([result]);
    },
  },
};
