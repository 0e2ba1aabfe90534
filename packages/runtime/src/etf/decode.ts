/**
 * The external term format to terms. Understands everything that OTP 25 writes and the older forms still
 * about. Bytes may come from anyone: each length is checked before anything is made of it, and whatever is
 * wrong ends in `MalformedTerm`. Containers wait on a stack of their own until their parts are read.
 */
import {
  type Atom,
  atom,
  type Bitstring,
  binary,
  bitstring,
  Cons,
  EMPTY,
  EMPTY_BINARY,
  existingAtom,
  Float,
  type Fun,
  integer,
  LOCAL_NODE,
  list,
  mapOf,
  nodeIndex,
  Pid,
  Port,
  Reference,
  type Term,
  tupleOf,
} from "../term/index.ts";
import { inflate } from "./deflate.ts";
import { type Identity, NO_NODE } from "./encode.ts";
import * as tag from "./tags.ts";

export class MalformedTerm extends Error {}

/** Who finds code and processes for what is read. */
export interface Resolver {
  externalFun(module: Atom, name: Atom, arity: number): Fun | null;
  localFun(module: Atom, index: number, arity: number, captured: readonly Term[]): Fun | null;
  pid(id: number, serial: number): Pid;
}

export interface DecodeOptions {
  readonly resolver?: Resolver;
  /** Refuses atoms and funs that do not exist yet. */
  readonly safe?: boolean;
  /** The local node: what names it belongs here. */
  readonly identity?: Identity;
}

/** The term, and how many bytes it took. */
export function decode(bytes: Uint8Array, options: DecodeOptions = {}): { term: Term; used: number } {
  if (bytes[0] !== tag.VERSION) throw new MalformedTerm("the version byte is missing");
  if (bytes[1] === tag.COMPRESSED) {
    if (bytes.length < 6) throw new MalformedTerm("the size of the compressed term is missing");
    const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(2);
    const { data, used } = inflate(bytes.subarray(6), "zlib");
    if (data.length !== size) throw new MalformedTerm(`${data.length} bytes where ${size} were announced`);
    return { term: new Reader(data, 0, options).term(), used: used + 6 };
  }
  const reader = new Reader(bytes, 1, options);
  return { term: reader.term(), used: reader.at };
}

/** A container whose parts are still being read. */
class Frame {
  readonly parts: Term[] = [];
  readonly needed: number;
  readonly make: (parts: Term[]) => Term;

  constructor(needed: number, make: (parts: Term[]) => Term) {
    this.needed = needed;
    this.make = make;
  }
}

/** Binaries up to this length are copied into memory that they share, as an array of its own costs more than they do. */
const SMALL = 64;

/** Atoms that have been read, each where the hash of its bytes says: most terms have the same few of them. */
const atoms: (Atom | undefined)[] = new Array(1024).fill(undefined);

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

class Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly source: Bitstring;
  readonly options: DecodeOptions;
  at: number;

  constructor(bytes: Uint8Array, at: number, options: DecodeOptions) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.source = binary(bytes);
    this.at = at;
    this.options = options;
  }

  term(): Term {
    const frames: Frame[] = [];
    for (;;) {
      let value = this.start();
      for (;;) {
        if (value instanceof Frame) {
          if (value.needed > 0) {
            frames.push(value);
            break;
          }
          value = value.make([]);
        }
        const top = frames[frames.length - 1];
        if (top === undefined) return value;
        top.parts.push(value);
        if (top.parts.length < top.needed) break;
        frames.pop();
        value = top.make(top.parts);
      }
    }
  }

  private need(count: number): number {
    const at = this.at;
    if (at + count > this.bytes.length)
      throw new MalformedTerm(`it ends within a term, ${count} bytes short at ${at}`);
    this.at = at + count;
    return at;
  }

  private uint8(): number {
    return this.bytes[this.need(1)];
  }

  private uint16(): number {
    return this.view.getUint16(this.need(2));
  }

  private uint32(): number {
    return this.view.getUint32(this.need(4));
  }

  private raw(count: number): Uint8Array {
    const at = this.need(count);
    return this.bytes.slice(at, at + count);
  }

  /** A container of so many parts, each at least one byte. */
  private frame(needed: number, make: (parts: Term[]) => Term): Frame {
    if (needed > this.bytes.length - this.at)
      throw new MalformedTerm(`${needed} parts cannot follow at ${this.at}`);
    return new Frame(needed, make);
  }

  /** A term without parts, or the frame of a container. */
  private start(): Term | Frame {
    const kind = this.uint8();
    switch (kind) {
      case tag.SMALL_INTEGER:
        return this.uint8();
      case tag.INTEGER:
        return this.view.getInt32(this.need(4));
      case tag.SMALL_BIG:
        return this.big(this.uint8());
      case tag.LARGE_BIG:
        return this.big(this.uint32());
      case tag.NEW_FLOAT:
        return this.float(this.view.getFloat64(this.need(8)));
      case tag.FLOAT:
        return this.float(Number.parseFloat(String.fromCharCode(...this.raw(31))));
      case tag.ATOM:
        return this.atom(this.uint16(), latin1);
      case tag.SMALL_ATOM:
        return this.atom(this.uint8(), latin1);
      case tag.ATOM_UTF8:
        return this.atom(this.uint16(), utf8);
      case tag.SMALL_ATOM_UTF8:
        return this.atom(this.uint8(), utf8);
      case tag.NIL:
        return EMPTY;
      case tag.STRING: {
        const length = this.uint16();
        const at = this.need(length);
        let result: Term = EMPTY;
        for (let i = length - 1; i >= 0; i--) result = new Cons(this.bytes[at + i], result);
        return result;
      }
      case tag.LIST:
        return this.frame(this.uint32() + 1, (parts) => list(parts.slice(0, -1), parts[parts.length - 1]));
      case tag.BINARY:
        return this.binary(this.uint32());
      case tag.BIT_BINARY:
        return this.bits();
      case tag.SMALL_TUPLE:
        return this.frame(this.uint8(), tupleOf);
      case tag.LARGE_TUPLE:
        return this.frame(this.uint32(), tupleOf);
      case tag.MAP: {
        const size = this.uint32();
        return this.frame(size * 2, (parts) => asMap(parts, size));
      }
      case tag.NEW_PID:
      case tag.PID:
        return this.pid(kind === tag.PID);
      case tag.NEWER_REFERENCE:
      case tag.NEW_REFERENCE:
        return this.reference(kind === tag.NEW_REFERENCE);
      case tag.NEW_PORT:
      case tag.PORT:
      case tag.V4_PORT:
        return this.port(kind);
      case tag.EXPORT:
        return this.frame(3, (parts) => this.externalFun(parts));
      case tag.NEW_FUN:
        return this.localFun();
      default:
        throw new MalformedTerm(`no term starts with the byte ${kind}`);
    }
  }

  private big(size: number): Term {
    const negative = this.uint8() !== 0;
    const digits = this.raw(size);
    let text = "";
    for (let i = size - 1; i >= 0; i--) text += digits[i].toString(16).padStart(2, "0");
    const magnitude = text === "" ? 0n : BigInt(`0x${text}`);
    return integer(negative ? -magnitude : magnitude);
  }

  private binary(length: number): Term {
    if (length > SMALL || length === 0) return binary(this.raw(length));
    const at = this.need(length);
    const result = EMPTY_BINARY.extended(length);
    result.write(0, this.source.view(at, length));
    return result;
  }

  private float(value: number): Term {
    if (!Number.isFinite(value)) throw new MalformedTerm("a float is not finite");
    return new Float(value);
  }

  private atom(length: number, decoded: (bytes: Uint8Array) => string): Atom {
    const at = this.need(length);
    let hash = length;
    for (let i = at; i < at + length; i++) hash = (hash * 31 + this.bytes[i]) | 0;
    const known = atoms[hash & 1023];
    if (known !== undefined && this.isAscii(known.name, at, length)) return known;
    const found = this.named(decoded(this.bytes.subarray(at, at + length)));
    atoms[hash & 1023] = found;
    return found;
  }

  /** Whether the bytes are the text, none of which is beyond ASCII. */
  private isAscii(text: string, at: number, length: number): boolean {
    if (text.length !== length) return false;
    for (let i = 0; i < length; i++) {
      const byte = this.bytes[at + i];
      if (byte > 127 || byte !== text.charCodeAt(i)) return false;
    }
    return true;
  }

  private named(name: string): Atom {
    if (name.length > 255 && [...name].length > 255)
      throw new MalformedTerm("an atom has more than 255 characters");
    if (!this.options.safe) return atom(name);
    const found = existingAtom(name);
    if (found === undefined) throw new MalformedTerm(`the atom ${name} does not exist`);
    return found;
  }

  private bits(): Term {
    const length = this.uint32();
    const last = this.uint8();
    const bytes = this.raw(length);
    if (last === 0 || last > 8 || length === 0) {
      if (length === 0 && last === 0) return binary(bytes);
      throw new MalformedTerm(`${last} bits in the last byte of a bitstring`);
    }
    bytes[length - 1] &= 0xff00 >> last;
    return bitstring(bytes, length * 8 - 8 + last);
  }

  /** The name of a node, which must be an atom. */
  private node(): Atom {
    const name = this.start();
    if (!(typeof name === "object" && "name" in name))
      throw new MalformedTerm("the name of a node is no atom");
    return name as Atom;
  }

  /** The index of a node whose creation comes next, in one byte or in four. */
  private indexOf(node: Atom, old: boolean): number {
    const creation = old ? this.uint8() : this.uint32();
    return node.name === (this.options.identity ?? NO_NODE).node ? LOCAL_NODE : nodeIndex(node, creation);
  }

  private pid(old: boolean): Term {
    const name = this.node();
    const id = this.uint32();
    const serial = this.uint32();
    const node = this.indexOf(name, old);
    const local = node === LOCAL_NODE ? this.options.resolver?.pid(id, serial) : null;
    return local ?? new Pid(node, id, serial);
  }

  private reference(old: boolean): Term {
    const length = this.uint16();
    if (length < 1 || length > 5) throw new MalformedTerm(`a reference of ${length} numbers`);
    const name = this.node();
    const node = this.indexOf(name, old);
    const ids: number[] = [];
    for (let i = 0; i < length; i++) ids.push(this.uint32());
    return new Reference(node, (ids[1] ?? 0) * 2 ** 32 + ids[0]);
  }

  private port(kind: number): Term {
    const name = this.node();
    const id = kind === tag.V4_PORT ? this.view.getBigUint64(this.need(8)) : this.uint32();
    return new Port(this.indexOf(name, kind === tag.PORT), Number(id));
  }

  private externalFun(parts: Term[]): Term {
    const [module, name, arity] = parts as [Atom, Atom, number];
    const valid = typeof arity === "number" && module?.name !== undefined && name?.name !== undefined;
    const fun = valid ? this.options.resolver?.externalFun(module, name, arity) : null;
    if (!fun) throw new MalformedTerm("an external fun cannot be made");
    return fun;
  }

  private localFun(): Frame {
    this.need(4);
    const arity = this.uint8();
    this.need(16);
    const index = this.uint32();
    const free = this.uint32();
    return this.frame(free + 4, (parts) => {
      const fun = this.options.resolver?.localFun(parts[0] as Atom, index, arity, parts.slice(4));
      if (!fun) throw new MalformedTerm("the code of a fun is not loaded");
      return fun;
    });
  }
}

function asMap(parts: Term[], size: number): Term {
  const keys: Term[] = [];
  const values: Term[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    keys.push(parts[i]);
    values.push(parts[i + 1]);
  }
  const map = mapOf(keys, values);
  if (map.size !== size) throw new MalformedTerm("a map has one key twice");
  return map;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function utf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new MalformedTerm("an atom is not valid UTF-8");
  }
}
