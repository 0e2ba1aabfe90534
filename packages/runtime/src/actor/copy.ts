/**
 * Copies of messages: two processes never share what one of them can change.
 *
 * Plain objects are copied by spreading, which engines compile for the object's shape; only the fields that hold
 * objects are then looked at again. Immutable values (primitives, pids, terms, what is deeply frozen inside a message) are
 * passed on as they are. What cannot be copied with its meaning intact is an error that names its path.
 */
import { Atom } from "../term/atom.ts";
import { Pid, Reference } from "../term/identifier.ts";
import { bridge } from "./bridge.ts";
import { Caller } from "./caller.ts";
import { shortly } from "./show.ts";

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
    if (thrown !== TOO_DEEP) throw thrown;
    return deepCopy(value, new Map(), value) as T;
  }
}

/** Thrown by the fast copier: this is deep, perhaps a cycle. */
const TOO_DEEP = {};

function copyObject(value: object, depth: number, root: unknown): unknown {
  // Own fields are what is copied, so a look at the constructor will do; to ask for the prototype costs as much as to copy.
  const { constructor } = value;
  if (constructor === Object) {
    // Outermost objects are small: to ask whether they are frozen costs as much as to copy them.
    if (depth > 0 && Object.isFrozen(value)) return copyFrozen(value, depth, root);
    return copyPlain(value as Record<string, unknown>, depth, root);
  }
  if (constructor === Array && Array.isArray(value)) {
    if (Object.isFrozen(value)) return copyFrozen(value, depth, root);
    const result = value.slice();
    for (let i = 0; i < result.length; i++) {
      const item = result[i];
      if (isPart(item)) result[i] = copyPart(item, depth, root);
    }
    return result;
  }
  return isImmutable(value) ? value : deepCopy(value, new Map(), root);
}

function copyPlain(value: Record<string, unknown>, depth: number, root: unknown): unknown {
  let count = 0;
  let parts = false;
  for (const key in value) {
    count++;
    if (isPart(value[key])) parts = true;
  }
  const result = spread(value, count);
  if (parts)
    for (const key in result) {
      const field = result[key];
      if (isPart(field)) result[key] = copyPart(field, depth, root);
    }
  return result;
}

/** An engine compiles a spread for the few shapes that it has seen there; so each number of fields has a place of its own. */
function spread(value: Record<string, unknown>, count: number): Record<string, unknown> {
  switch (count) {
    case 1:
      return { ...value };
    case 2:
      return { ...value };
    case 3:
      return { ...value };
    case 4:
      return { ...value };
    case 5:
      return { ...value };
    default:
      return Object.assign({}, value);
  }
}

/** Whether a field needs a look: pids, which many messages hold, do not. */
function isPart(field: unknown): boolean {
  if (typeof field === "object") return field !== null && !(field instanceof Pid);
  return typeof field === "function" || typeof field === "symbol";
}

function copyPart(field: unknown, depth: number, root: unknown): unknown {
  if (depth > DEEP) throw TOO_DEEP;
  return typeof field === "object" ? copyObject(field as object, depth + 1, root) : reject(field, root);
}

function copyFrozen(value: object, depth: number, root: unknown): unknown {
  if (immutable.has(value)) return value;
  let changed = false;
  const copyOf = (field: unknown) => {
    if (!isPart(field)) return field;
    const result = copyPart(field, depth, root);
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
  return (
    value instanceof Pid ||
    value instanceof Reference ||
    value instanceof Atom ||
    value instanceof Caller ||
    value instanceof Error ||
    value instanceof RegExp ||
    (typeof SharedArrayBuffer !== "undefined" && value instanceof SharedArrayBuffer)
  );
}

function deepCopy(value: unknown, seen: Map<object, unknown>, root: unknown): unknown {
  if (typeof value === "function" || typeof value === "symbol") return reject(value, root);
  if (typeof value !== "object" || value === null || immutable.has(value) || isImmutable(value)) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  const again = (inner: unknown) => deepCopy(inner, seen, root);
  const remember = <T>(result: T): T => {
    seen.set(value, result);
    return result;
  };
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null || prototype === Array.prototype) {
    const result: any = remember(Array.isArray(value) ? value.slice() : { ...value });
    let changed = false;
    for (const key of Object.keys(result)) {
      const before = result[key];
      result[key] = again(before);
      if (result[key] !== before) changed = true;
    }
    return changed || !Object.isFrozen(value) ? result : remember(value);
  }
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
  const term = bridge === null ? undefined : bridge.copy(value, again);
  return term === undefined ? reject(value, root) : term;
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
  const why =
    typeof culprit === "function"
      ? "functions belong to the process that made them"
      : typeof culprit === "symbol"
        ? "symbols have no copy"
        : "an object of a class would lose its methods; send plain data";
  throw new TypeError(
    `cannot send ${shortly(culprit)} at ${pathTo(culprit, root, "message", new Set()) ?? "message"}: ${why}`,
  );
}

function pathTo(culprit: unknown, at: unknown, path: string, seen: Set<unknown>): string | null {
  if (at === culprit) return path;
  if (typeof at !== "object" || at === null || seen.has(at)) return null;
  seen.add(at);
  const steps: Iterable<[string, unknown]> =
    at instanceof Map
      ? [...at].flatMap(([key, value]): [string, unknown][] => [
          [" (a key)", key],
          [`.get(${shortly(key)})`, value],
        ])
      : at instanceof Set
        ? [...at].map((value) => [" (a member)", value])
        : Object.entries(at).map(([key, value]) => [
            Array.isArray(at) ? `[${key}]` : /^[\w$]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`,
            value,
          ]);
  for (const [step, value] of steps) {
    const found = pathTo(culprit, value, path + step, seen);
    if (found !== null) return found;
  }
  return null;
}
