/** `:zlib`, the functions on whole binaries. */
import { deflate, inflate, NeedsDictionary, zlib as zlibFrame } from "../etf/index.ts";
import { atom, badarg, binary, error, errorIn, iodataToBinary, type Term, tuple } from "../term/index.ts";
import { adler32, crc32 } from "./checksum.ts";
import type { NativeModule } from "./native.ts";

function bytesOf(data: Term, name: string): Uint8Array {
  const found = iodataToBinary(data);
  if (found === null) throw badarg("zlib", name, [data]);
  return found.bytes;
}

function gzip(bytes: Uint8Array): Uint8Array {
  const data = deflate(bytes);
  const result = new Uint8Array(data.length + 18);
  result.set([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
  result.set(data, 10);
  const view = new DataView(result.buffer);
  view.setUint32(data.length + 10, crc32(bytes), true);
  view.setUint32(data.length + 14, bytes.length, true);
  return result;
}

type Frame = Parameters<typeof inflate>[1];

function expand(name: string, frame: Frame) {
  return (data: Term): Term => {
    const input = bytesOf(data, name);
    try {
      const { data: result, used } = inflate(input, frame);
      const trailer = new DataView(input.buffer, input.byteOffset, used);
      if (frame === "zlib" && trailer.getUint32(used - 4) !== adler32(result)) throw new Error("checksum");
      if (frame === "gzip" && trailer.getUint32(used - 8, true) !== crc32(result))
        throw new Error("checksum");
      return binary(result);
    } catch (thrown) {
      if (thrown instanceof NeedsDictionary) throw error(tuple(atom("need_dictionary"), thrown.checksum));
      throw errorIn("data_error", "zlib", name, [data]);
    }
  };
}

function shrink(name: string, compress: (bytes: Uint8Array) => Uint8Array) {
  return (data: Term): Term => binary(compress(bytesOf(data, name)));
}

export const zlib: NativeModule = {
  module: "zlib",
  functions: {
    "compress/1": shrink("compress", zlibFrame),
    "uncompress/1": expand("uncompress", "zlib"),
    "zip/1": shrink("zip", deflate),
    "unzip/1": expand("unzip", "raw"),
    "gzip/1": shrink("gzip", gzip),
    "gunzip/1": expand("gunzip", "gzip"),
  },
};
