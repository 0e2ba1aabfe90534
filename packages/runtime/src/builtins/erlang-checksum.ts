/** Checksums of `:erlang`: CRC-32, Adler-32 and MD5. */
import { badarg, binary, EMPTY, iodataToBinary, list, type Term } from "../term/index.ts";
import { adler32, adler32Combined, crc32, crc32Combined } from "./checksum.ts";
import { md5 } from "./digest.ts";
import type { NativeModule } from "./native.ts";

/** The bytes of iodata; an argument of the named function. */
function bytesOf(data: Term, name: string, args: Term[]): Uint8Array {
  const found = iodataToBinary(data);
  if (found === null) throw badarg("erlang", name, args);
  return found.bytes;
}

function checksum(name: string, compute: (bytes: Uint8Array, start?: number) => number) {
  return (a: Term, b?: Term): Term => {
    if (b === undefined) return compute(bytesOf(a, name, [a]));
    if (typeof a !== "number" || a < 0 || a > 0xffffffff) throw badarg("erlang", name, [a, b]);
    return compute(bytesOf(b, name, [a, b]), a);
  };
}

function combined(name: string, combine: (first: number, second: number, length: number) => number) {
  return (first: Term, second: Term, length: Term): Term => {
    const numbers = [first, second, length];
    if (!numbers.every((number) => typeof number === "number" && number >= 0))
      throw badarg("erlang", name, numbers);
    return combine(first as number, second as number, length as number);
  };
}

export const erlangChecksum: NativeModule = {
  module: "erlang",
  functions: {
    "crc32/1": checksum("crc32", crc32),
    "crc32/2": checksum("crc32", crc32),
    "adler32/1": checksum("adler32", adler32),
    "adler32/2": checksum("adler32", adler32),
    "crc32_combine/3": combined("crc32_combine", crc32Combined),
    "adler32_combine/3": combined("adler32_combine", adler32Combined),
    "md5/1": (data) => binary(md5(bytesOf(data, "md5", [data]))),
    "md5_init/0": () => EMPTY,
    "md5_update/2": (context, data) => {
      bytesOf(data, "md5_update", [context, data]);
      return list([context, data]);
    },
    "md5_final/1": (context) => binary(md5(bytesOf(context, "md5_final", [context]))),
  },
};
