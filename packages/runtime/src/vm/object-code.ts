/**
 * What stands for the object code of a module: chunks in an envelope like that of a `.beam` file, so that `:beam_lib` and
 * `Code.Typespec` find in it what they look for. The code itself is JavaScript, in a chunk of its own.
 */
import { decode, encode } from "../etf/index.ts";
import type { ModuleDefinition } from "../expand/host.ts";
import { type Atom, atom } from "../term/atom.ts";
import { type Bitstring, binary, text } from "../term/bitstring.ts";
import { list } from "../term/list.ts";
import { mapFrom } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { tuple } from "../term/tuple.ts";

const CODE = "JsCo";
const CONSOLIDATED = "Prot";

const ascii = (name: string): number[] => [...name].map((char) => char.charCodeAt(0));

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const uint32 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
};

/** A name of four letters, a length, the content padded to four bytes. */
function chunk(name: string, content: Uint8Array): Uint8Array {
  const padding = new Uint8Array((4 - (content.length % 4)) % 4);
  return joined([Uint8Array.from(ascii(name)), uint32(content.length), content, padding]);
}

/** Names of the module and its functions, and by their numbers the functions with their arities. */
function exportChunks(module: Atom, exports: readonly string[]): Uint8Array[] {
  const pairs = exports.map((key) => {
    const slash = key.lastIndexOf("/");
    return [key.slice(0, slash), Number(key.slice(slash + 1))] as const;
  });
  const names = [...new Set([module.name, ...pairs.map(([name]) => name)])];
  const encoder = new TextEncoder();
  const atoms = names.map((name) => {
    const bytes = encoder.encode(name);
    return joined([Uint8Array.of(bytes.length), bytes]);
  });
  const table = pairs.map(([name, arity]) =>
    joined([uint32(names.indexOf(name) + 1), uint32(arity), uint32(0)]),
  );
  return [
    chunk("AtU8", joined([uint32(names.length), ...atoms])),
    chunk("ExpT", joined([uint32(pairs.length), ...table])),
  ];
}

export function objectCode(
  definition: ModuleDefinition,
  js: string,
  exports: readonly string[],
  documentation: Term | null,
): Bitstring {
  const { module, file, line, attributes, typespecs } = definition;
  const info = mapFrom([
    [atom("module"), module],
    [atom("file"), text(file)],
    [atom("line"), line],
  ]);
  const debugInfo = tuple(
    atom("debug_info_v1"),
    atom("elixir_erl"),
    tuple(atom("elixir_v1"), info, typespecs),
  );
  const chunks = [
    ...exportChunks(module, exports),
    chunk("Attr", encode(list(attributes.map(([key, value]) => tuple(key, value))))),
    chunk("Dbgi", encode(debugInfo)),
    ...(documentation === null ? [] : [chunk("Docs", encode(documentation))]),
    chunk(CODE, new TextEncoder().encode(js)),
  ];
  const body = joined([Uint8Array.from(ascii("BEAM")), ...chunks]);
  return binary(joined([Uint8Array.from(ascii("FOR1")), uint32(body.length), body]));
}

/** The code in an envelope; `null` when it is none of ours. */
export function codeIn(bytes: Uint8Array): string | null {
  const found = chunkIn(bytes, CODE);
  return found === null ? null : new TextDecoder().decode(found);
}

/** The types that a consolidated protocol is implemented for (`Protocol.consolidate/2`). */
export function consolidatedTypes(bytes: Uint8Array): Term | null {
  const found = chunkIn(bytes, CONSOLIDATED);
  return found === null ? null : decode(found).term;
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
