/**
 * What stands for the object code of a module: chunks in an envelope like that of a `.beam` file, so that `:beam_lib` and
 * `Code.Typespec` find in it what they look for. The code itself is JavaScript, in a chunk of its own. Reading it is here,
 * writing it in `object-code-writer.ts`, which only programs that define modules need.
 */
export const CODE = "JsCo";
const CONSOLIDATED = "Prot";

/** The code in an envelope; `null` when it is none of ours. */
export function codeIn(bytes: Uint8Array): string | null {
  const found = chunkIn(bytes, CODE);
  return found === null ? null : new TextDecoder().decode(found);
}

/** The types that a consolidated protocol is implemented for (`Protocol.consolidate/2`), in the external term format. */
export function consolidatedTypes(bytes: Uint8Array): Uint8Array | null {
  return chunkIn(bytes, CONSOLIDATED);
}

function chunkIn(bytes: Uint8Array, wanted: string): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4);
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    if (name === wanted) return bytes.subarray(at + 8, at + 8 + length);
    at += 8 + length + ((4 - (length % 4)) % 4);
  }
  return null;
}
