/**
 * Copies of messages: two processes never share what one of them can change.
 *
 * Plain objects are copied by spreading, which engines compile for the object's shape; only the fields that hold
 * objects are then looked at again. Immutable values (primitives, terms, pids, deeply frozen objects) are passed on
 * as they are. What cannot be copied with its meaning intact is an error that names its path.
 */
import { Atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { Pid, Reference } from "../term/identifier.ts";
import { Cons, EmptyList } from "../term/list.ts";
import { Float } from "../term/number.ts";
import { Tuple, tupleOf } from "../term/tuple.ts";
import { bridge } from "./bridge.ts";
import { shortly } from "./operation.ts";

/** Deeper values may be cyclic: from here on the copies made are remembered. */
const DEEP = 100;

/** Frozen objects in which everything is immutable, so that they are looked through once. */
const immutable = new WeakSet<object>();

/** The value, or a copy of it where somebody could change it. `transfer` lists buffers to move instead. */
export function copy<T>(value: T, transfer?: readonly ArrayBuffer[]): T {
  if (typeof value !== "object" || value === null) {
    if (typeof value === "function" || typeof value === "symbol") reject(value, value);
    return value;
  }
  if (transfer !== undefined) {
    const seen = new Map<object, unknown>();
    for (const buffer of transfer) seen.set(buffer, buffer.transfer());
    return deepCopy(value, seen, value) as T;
  }
  try {
    return copyObject(value, 0, value) as T;
  } catch (thrown) {
    if (!(thrown instanceof TooDeep)) throw thrown;
    return deepCopy(value, new Map(), value) as T;
  }
}

function copyObject(value: object, depth: number, root: unknown): unknown {
  if (depth > DEEP) throw new TooDeep();
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    if (Object.isFrozen(value)) return copyFrozen(value, depth, root);
    const result = { ...value } as Record<string, unknown>;
    for (const key in result) {
      const field = result[key];
      if (
        typeof field === "object" ? field !== null : typeof field === "function" || typeof field === "symbol"
      )
        result[key] = copyField(field, depth, root);
    }
    return result;
  }
  if (prototype === Array.prototype) {
    const items = value as unknown[];
    if (Object.isFrozen(value)) return copyFrozen(value, depth, root);
    const result = items.slice();
    for (let i = 0; i < result.length; i++) {
      const item = result[i];
      if (typeof item === "object" ? item !== null : typeof item === "function" || typeof item === "symbol")
        result[i] = copyField(item, depth, root);
    }
    return result;
  }
  return isImmutable(value) ? value : deepCopy(value, new Map(), root);
}

function copyField(field: unknown, depth: number, root: unknown): unknown {
  return typeof field === "object" ? copyObject(field as object, depth + 1, root) : reject(field, root);
}

/** Too deep for the fast copier, perhaps a cycle. */
class TooDeep extends Error {}

function copyFrozen(value: object, depth: number, root: unknown): unknown {
  if (immutable.has(value)) return value;
  let changed = false;
  const copyOf = (field: unknown) => {
    if (typeof field === "function" || typeof field === "symbol") return reject(field, root);
    if (typeof field !== "object" || field === null) return field;
    const result = copyObject(field, depth + 1, root);
    if (result !== field) changed = true;
    return result;
  };
  const result = Array.isArray(value)
    ? value.map(copyOf)
    : Object.fromEntries(Object.entries(value).map(([key, field]) => [key, copyOf(field)]));
  if (changed) return result;
  immutable.add(value);
  return value;
}

/** Values that nobody can change, or that stand for something and not for their contents. */
function isImmutable(value: object): boolean {
  if (value instanceof Atom || value instanceof Pid || value instanceof Reference) return true;
  if (value instanceof Bitstring || value instanceof Float || value instanceof EmptyList) return true;
  if (value instanceof Error || value instanceof RegExp) return true;
  if (typeof SharedArrayBuffer !== "undefined" && value instanceof SharedArrayBuffer) return true;
  // Elixir's maps and funs.
  return bridge !== null && bridge.fromTerm(value) !== value;
}

function deepCopy(value: unknown, seen: Map<object, unknown>, root: unknown): unknown {
  if (typeof value === "function" || typeof value === "symbol") return reject(value, root);
  if (typeof value !== "object" || value === null || immutable.has(value)) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  const again = (inner: unknown) => deepCopy(inner, seen, root);
  const remember = <T>(result: T): T => {
    seen.set(value, result);
    return result;
  };
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    const result: Record<string, unknown> = remember({ ...value });
    for (const key in result) result[key] = again(result[key]);
    return result;
  }
  if (Array.isArray(value) && prototype === Array.prototype) {
    const result: unknown[] = remember(value.slice());
    for (let i = 0; i < result.length; i++) result[i] = again(result[i]);
    return result;
  }
  if (value instanceof Tuple) {
    const items = value.toArray();
    const copies = items.map(again) as typeof items;
    return copies.every((item, i) => item === items[i]) ? value : tupleOf(copies);
  }
  if (value instanceof Cons) {
    const head = again(value.head) as typeof value.head;
    const tail = again(value.tail) as typeof value.tail;
    return head === value.head && tail === value.tail ? value : new Cons(head, tail);
  }
  if (isImmutable(value)) return value;
  if (value instanceof Date) return remember(new Date(value));
  if (value instanceof Map) {
    const result = remember(new Map());
    for (const [key, inner] of value) result.set(again(key), again(inner));
    return result;
  }
  if (value instanceof Set) {
    const result = remember(new Set());
    for (const inner of value) result.add(again(inner));
    return result;
  }
  if (value instanceof ArrayBuffer) return remember(value.slice(0));
  if (ArrayBuffer.isView(value)) return remember(copyView(value, again));
  return reject(value, root);
}

function copyView(view: ArrayBufferView, again: (value: unknown) => unknown): unknown {
  const buffer = again(view.buffer) as ArrayBuffer;
  const { byteOffset } = view;
  if (view instanceof DataView) return new DataView(buffer, byteOffset, view.byteLength);
  const array = view as Uint8Array;
  return new (array.constructor as typeof Uint8Array)(buffer, byteOffset, array.length);
}

/** Says what in the message cannot be sent, and where. */
function reject(culprit: unknown, root: unknown): never {
  const path = pathTo(culprit, root, "message", new Set());
  const why =
    typeof culprit === "function"
      ? "functions belong to the process that made them"
      : typeof culprit === "symbol"
        ? "symbols have no copy; use atom(name)"
        : "an object of a class cannot be copied with its methods; send plain data, or freeze a plain object";
  throw new TypeError(`cannot send ${shortly(culprit)} at ${path ?? "message"}: ${why}`);
}

function pathTo(culprit: unknown, at: unknown, path: string, seen: Set<unknown>): string | null {
  if (at === culprit) return path;
  if (typeof at !== "object" || at === null || seen.has(at)) return null;
  seen.add(at);
  const steps: [string, unknown][] =
    at instanceof Map
      ? [...at].flatMap(([key, value]) => [
          [`${path} (a key)`, key] as [string, unknown],
          [`${path}.get(${shortly(key)})`, value] as [string, unknown],
        ])
      : at instanceof Set
        ? [...at].map((value) => [`${path} (a member)`, value])
        : at instanceof Tuple
          ? at.toArray().map((value, i) => [`${path}{${i}}`, value])
          : Array.isArray(at)
            ? at.map((value, i) => [`${path}[${i}]`, value])
            : Object.entries(at).map(([key, value]) => [
                /^[\w$]+$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`,
                value,
              ]);
  for (const [next, value] of steps) {
    const found = pathTo(culprit, value, next, seen);
    if (found !== null) return found;
  }
  return null;
}
