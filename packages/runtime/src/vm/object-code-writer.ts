/** Writes object code: see `object-code.ts`. */
import { valueOf } from "../builtins/process-dict.ts";
import { encode } from "../etf/index.ts";
import type { ModuleDefinition } from "../expand/host.ts";
import { S } from "../process/stack.ts";
import { type Atom, atom, FALSE } from "../term/atom.ts";
import { Bitstring, binary, text } from "../term/bitstring.ts";
import { list } from "../term/list.ts";
import { mapFrom } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, tuple } from "../term/tuple.ts";
import { CODE } from "./object-code.ts";

const NONE = atom("none");
const DESTINATION = atom("elixir_compiler_dest");

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
function chunk(name: string, content: Uint8Array): Uint8Array[] {
  const padding = new Uint8Array((4 - (content.length % 4)) % 4);
  return [Uint8Array.from(ascii(name)), uint32(content.length), content, padding];
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
    ...chunk("AtU8", joined([uint32(names.length), ...atoms])),
    ...chunk("ExpT", joined([uint32(pairs.length), ...table])),
  ];
}

function isWithoutDebugInfo(option: Term): boolean {
  return option instanceof Tuple2 && option.a === atom("debug_info") && option.b === FALSE;
}

/** The file to which the process that compiles will write object code; `null` where it stays in memory. */
export function destination(module: Atom): string | null {
  const folder = valueOf(S.p, DESTINATION);
  return folder instanceof Bitstring ? `${folder.text}/${module.name}.beam` : null;
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
    definition.compileOptions.some(isWithoutDebugInfo) ? NONE : tuple(atom("elixir_v1"), info, typespecs),
  );
  const chunks = [
    ...exportChunks(module, exports),
    ...chunk("Attr", encode(list(attributes.map(([key, value]) => tuple(key, value))))),
    ...chunk("Dbgi", encode(debugInfo)),
    ...(documentation === null ? [] : chunk("Docs", encode(documentation))),
    ...chunk(CODE, new TextEncoder().encode(js)),
  ];
  const size = chunks.reduce((sum, { length }) => sum + length, 4);
  return binary(
    joined([Uint8Array.from(ascii("FOR1")), uint32(size), Uint8Array.from(ascii("BEAM")), ...chunks]),
  );
}
