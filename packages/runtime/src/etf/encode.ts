/**
 * Terms to the external term format, byte for byte as OTP 25 writes them: Latin-1 atoms in `ATOM_EXT`, lists of
 * bytes as strings, the keys of maps in their order. Works through a stack of terms, so no nest is too deep.
 */
import {
  Atom,
  Bitstring,
  Cons,
  captured,
  EMPTY,
  Float,
  Fun,
  funUnique,
  mapKeys,
  mapValues,
  Pid,
  Port,
  Reference,
  remoteNode,
  scientificFloat,
  sortedEntries,
  type Term,
  TermMap,
  Tuple,
} from "../term/index.ts";
import { DEFAULT_LEVEL, zlib } from "./compress.ts";
import * as tag from "./tags.ts";

/** What names this node in pids, ports and references. */
export interface Identity {
  readonly node: string;
  readonly creation: number;
}

export const NO_NODE: Identity = { node: "nonode@nohost", creation: 0 };

/** How a term is written where there are several ways. */
export interface Form {
  /** 0: floats are text; 1; 2: atoms are UTF-8. */
  readonly minor: number;
  /** Whether the keys of large maps are in order. */
  readonly sorted: boolean;
}

const USUAL: Form = { minor: 1, sorted: false };

/** The term with its version byte in front. */
export function encode(term: Term, identity: Identity = NO_NODE, form = USUAL): Uint8Array {
  const bytes = spare ?? new Uint8Array(SPARE);
  spare = null;
  const writer = new Writer(identity, form, bytes);
  writer.byte(tag.VERSION);
  writer.term(term);
  spare = bytes;
  return writer.result();
}

/** An encoded term compressed with zlib, or as it is when that is no shorter. */
export function compressed(bytes: Uint8Array, level = DEFAULT_LEVEL): Uint8Array {
  const data = zlib(bytes.subarray(1), level);
  if (data.length + 6 >= bytes.length) return bytes;
  const result = new Uint8Array(data.length + 6);
  result[0] = tag.VERSION;
  result[1] = tag.COMPRESSED;
  new DataView(result.buffer).setUint32(2, bytes.length - 1);
  result.set(data, 6);
  return result;
}

const encoder = new TextEncoder();

/** Where the next term is written while it is not known how long it becomes; whoever writes there takes it away meanwhile. */
let spare: Uint8Array | null = null;
const SPARE = 65_536;

class Writer {
  private bytes: Uint8Array;
  private view: DataView;
  private at = 0;
  private readonly pending: Term[] = [];
  private readonly identity: Identity;
  private readonly form: Form;

  constructor(identity: Identity, form: Form, bytes: Uint8Array) {
    this.identity = identity;
    this.form = form;
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }

  result(): Uint8Array {
    return this.bytes.slice(0, this.at);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.at++] = value;
  }

  private reserve(count: number): void {
    if (this.at + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.at + count));
    grown.set(this.bytes);
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }

  private uint16(value: number): void {
    this.reserve(2);
    this.view.setUint16(this.at, value);
    this.at += 2;
  }

  private uint32(value: number): void {
    this.reserve(4);
    this.view.setUint32(this.at, value);
    this.at += 4;
  }

  private raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  term(term: Term): void {
    this.pending.push(term);
    while (this.pending.length > 0) this.one(this.pending.pop() as Term);
  }

  /** Writes a term up to its parts, which are left pending. */
  private one(term: Term): void {
    if (typeof term === "number" || typeof term === "bigint") this.integer(term);
    else if (term instanceof Atom) this.atom(term.name);
    else if (term instanceof Bitstring) this.bits(term);
    else if (term === EMPTY) this.byte(tag.NIL);
    else if (term instanceof Cons) this.list(term);
    else if (term instanceof Tuple) {
      const size = term.size;
      if (size < 256) {
        this.byte(tag.SMALL_TUPLE);
        this.byte(size);
      } else {
        this.byte(tag.LARGE_TUPLE);
        this.uint32(size);
      }
      for (let i = size - 1; i >= 0; i--) this.pending.push(term.at(i));
    } else if (term instanceof TermMap) {
      this.byte(tag.MAP);
      this.uint32(term.size);
      if (this.form.sorted) {
        for (const [key, value] of sortedEntries(term).reverse()) this.pending.push(value, key);
      } else {
        const keys = mapKeys(term);
        const values = mapValues(term);
        for (let i = keys.length - 1; i >= 0; i--) this.pending.push(values[i], keys[i]);
      }
    } else if (term instanceof Float && this.form.minor === 0) {
      this.byte(tag.FLOAT);
      this.raw(encoder.encode(scientificFloat(term.value, 20).padEnd(31, "\0")));
    } else if (term instanceof Float) {
      this.byte(tag.NEW_FLOAT);
      this.reserve(8);
      this.view.setFloat64(this.at, term.value);
      this.at += 8;
    } else if (term instanceof Fun) this.fun(term);
    else if (term instanceof Pid) this.pid(term);
    else if (term instanceof Reference) {
      this.byte(tag.NEWER_REFERENCE);
      this.uint16(3);
      const { node, creation } = this.home(term);
      this.atom(node);
      this.uint32(creation);
      this.uint32(term.id % 2 ** 32);
      this.uint32(Math.floor(term.id / 2 ** 32));
      this.uint32(0);
    } else if (term instanceof Port) {
      this.byte(tag.NEW_PORT);
      const { node, creation } = this.home(term);
      this.atom(node);
      this.uint32(term.id);
      this.uint32(creation);
    }
  }

  private integer(value: number | bigint): void {
    if (typeof value === "number" && (value | 0) === value) {
      if (value >= 0 && value < 256) {
        this.byte(tag.SMALL_INTEGER);
        this.byte(value);
      } else {
        this.byte(tag.INTEGER);
        this.uint32(value);
      }
      return;
    }
    const magnitude = value < 0 ? -BigInt(value) : BigInt(value);
    let digits = magnitude.toString(16);
    if (digits.length % 2 === 1) digits = `0${digits}`;
    const size = digits.length / 2;
    if (size < 256) {
      this.byte(tag.SMALL_BIG);
      this.byte(size);
    } else {
      this.byte(tag.LARGE_BIG);
      this.uint32(size);
    }
    this.byte(value < 0 ? 1 : 0);
    for (let i = digits.length - 2; i >= 0; i -= 2) this.byte(Number.parseInt(digits.slice(i, i + 2), 16));
  }

  private atom(name: string): void {
    let latin1 = this.form.minor < 2;
    for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) > 255) latin1 = false;
    if (latin1) {
      this.byte(tag.ATOM);
      this.uint16(name.length);
      this.reserve(name.length);
      for (let i = 0; i < name.length; i++) this.bytes[this.at++] = name.charCodeAt(i);
      return;
    }
    const bytes = encoder.encode(name);
    if (bytes.length < 256) {
      this.byte(tag.SMALL_ATOM_UTF8);
      this.byte(bytes.length);
    } else {
      this.byte(tag.ATOM_UTF8);
      this.uint16(bytes.length);
    }
    this.raw(bytes);
  }

  private bits(term: Bitstring): void {
    const bytes = term.bytes;
    this.byte(term.isBinary ? tag.BINARY : tag.BIT_BINARY);
    this.uint32(bytes.length);
    if (!term.isBinary) this.byte(term.bitLength & 7);
    this.raw(bytes);
  }

  private list(first: Cons): void {
    let count = 0;
    let isString = true;
    let rest: Term = first;
    for (; rest instanceof Cons; rest = rest.tail) {
      const { head } = rest;
      if (typeof head !== "number" || head < 0 || head > 255) isString = false;
      count++;
    }
    if (isString && rest === EMPTY && count <= 0xffff) {
      this.byte(tag.STRING);
      this.uint16(count);
      this.reserve(count);
      for (rest = first; rest instanceof Cons; rest = rest.tail) this.bytes[this.at++] = rest.head as number;
      return;
    }
    this.byte(tag.LIST);
    this.uint32(count);
    const items: Term[] = [];
    for (rest = first; rest instanceof Cons; rest = rest.tail) items.push(rest.head);
    this.pending.push(rest);
    while (items.length > 0) this.pending.push(items.pop() as Term);
  }

  private pid(pid: Pid): void {
    this.byte(tag.NEW_PID);
    const { node, creation } = this.home(pid);
    this.atom(node);
    this.uint32(pid.id);
    this.uint32(pid.serial);
    this.uint32(creation);
  }

  /** What names the node of an identifier. */
  private home({ node }: Pid | Reference | Port): Identity {
    const remote = remoteNode(node);
    return remote === null ? this.identity : { node: remote.name.name, creation: remote.creation };
  }

  private fun(fun: Fun): void {
    const { module, name, arity, index } = fun.info;
    if (index < 0) {
      this.byte(tag.EXPORT);
      this.atom(module.name);
      this.atom(name.name);
      this.integer(arity);
      return;
    }
    const free = captured(fun);
    const inner = new Writer(this.identity, this.form, new Uint8Array(256));
    inner.byte(arity);
    // Sixteen bytes that identify the version of the module.
    for (let i = 0; i < 4; i++) inner.uint32(funUnique(fun));
    inner.uint32(index);
    inner.uint32(free.length);
    inner.atom(module.name);
    inner.integer(index);
    inner.integer(funUnique(fun));
    inner.pid(new Pid(0, 0, 0));
    for (const value of free) inner.term(value);
    this.byte(tag.NEW_FUN);
    this.uint32(inner.at + 4);
    this.raw(inner.bytes.subarray(0, inner.at));
  }
}
