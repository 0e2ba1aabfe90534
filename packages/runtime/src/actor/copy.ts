/**
 * Copies of messages: two processes never share what one of them can change.
 *
 * Plain objects are copied by spreading, which engines compile for the object's shape; only the fields that hold
 * objects are then looked at again. Immutable values (primitives, pids, terms, what is deeply frozen inside a message) are
 * passed on as they are. What cannot be copied with its meaning intact is an error that names its path. A message is its enumerable
 * fields, as `structuredClone` has it.
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

/** The copies made so far; `null` while the value is taken for a tree. */
type Copies = Map<object, unknown> | null;

/** The value, or a copy of it where somebody could change it. `transfer` lists buffers to move instead. */
export function copy<T>(value: T, transfer?: readonly ArrayBuffer[]): T {
  if (!isPart(value)) return value;
  if (transfer === undefined) {
    // Most messages are this and nothing else: engines inline it.
    if ((value as object).constructor === Object) {
      const size = sizeOf(value as Fields, value);
      if (size >= 0) return spread(value as Fields, size, value) as T;
    }
    try {
      return copyPart(value, 0, null, value) as T;
    } catch (thrown) {
      if (thrown !== TOO_DEEP) throw thrown;
    }
  }
  const copies = new Map<object, unknown>(transfer?.map((buffer) => [buffer, buffer]));
  const copied = copyPart(value, 0, copies, value) as T;
  if (transfer === undefined) return copied;
  // Nothing was refused: now the buffers may go, and with them what views them.
  const parts = [...copies.keys()].filter((part) =>
    transfer.includes((ArrayBuffer.isView(part) ? part.buffer : part) as ArrayBuffer),
  );
  const moved = structuredClone(parts, { transfer: transfer as ArrayBuffer[] });
  return copyPart(value, 0, new Map(parts.map((part, i) => [part, moved[i]])), value) as T;
}

/** Thrown while the value is taken for a tree: this is deep, perhaps a cycle. */
const TOO_DEEP = {};

/** Whether a value needs a look: pids, which many messages hold, do not. */
function isPart(value: unknown): boolean {
  if (typeof value === "object") return value !== null && !(value instanceof Pid);
  return typeof value === "function" || typeof value === "symbol";
}

function copyPart(value: unknown, depth: number, copies: Copies, root: unknown): unknown {
  if (typeof value !== "object") return reject(value, root);
  const known = immutable.has(value as object) ? value : copies?.get(value as object);
  if (known !== undefined) return known;
  if (copies === null && depth > DEEP) throw TOO_DEEP;
  // Own fields are what is copied, so a look at the constructor will do; to ask for the prototype costs as much as to copy.
  const { constructor } = value as object;
  if (constructor === Object) return copyFields(value as Fields, depth, copies, root);
  if (constructor === Array && Array.isArray(value)) return copyItems(value, depth, copies, root);
  return copyOther(value as object, depth, copies, root);
}

function copyItems(value: unknown[], depth: number, copies: Copies, root: unknown): unknown {
  const result = value.slice();
  copies?.set(value, result);
  let changed = false;
  for (let i = 0; i < result.length; i++) {
    const item = result[i];
    if (isPart(item) && (result[i] = copyPart(item, depth + 1, copies, root)) !== item) changed = true;
  }
  return changed ? result : passIfFrozen(value, result, copies);
}

type Fields = Record<string, unknown>;

const { hasOwnProperty } = Object.prototype;

/** How many fields an object has; the complement of that, which is below zero, when one of them needs a look. */
function sizeOf(value: Fields, root: unknown): number {
  let size = 0;
  let last = "";
  let parts = false;
  for (const key in value) {
    size++;
    last = key;
    const field = value[key];
    // `isPart`, spelled out where most of a copy's time goes.
    if (typeof field === "object") parts ||= field !== null && !(field instanceof Pid);
    else if (typeof field === "function" || typeof field === "symbol") parts = true;
  }
  // Inherited fields, which a copy has not, come behind all others.
  if (size > 0 && !hasOwnProperty.call(value, last)) reject(value, root, `lose the inherited ${last}`);
  return parts ? ~size : size;
}

function copyFields(value: Fields, depth: number, copies: Copies, root: unknown): unknown {
  const size = sizeOf(value, root);
  const result = spread(value, size < 0 ? ~size : size, root);
  copies?.set(value, result);
  let changed = false;
  if (size < 0)
    for (const key in result) {
      const field = result[key];
      if (isPart(field) && (result[key] = copyPart(field, depth + 1, copies, root)) !== field) changed = true;
    }
  // Outermost objects are small: to ask whether they are frozen costs as much as to copy them.
  return changed || depth === 0 ? result : passIfFrozen(value, result, copies);
}

/** Passes a frozen value on, as there is nothing in it that anybody can change; otherwise its copy. */
function passIfFrozen(value: object, result: object, copies: Copies): unknown {
  if (!Object.isFrozen(value)) return result;
  immutable.add(value);
  copies?.set(value, value);
  return value;
}

/** A copy whose fields are the same. What symbols name comes along, and no loop over names would find it. */
function spread(value: Fields, size: number, root: unknown): Fields {
  const result = spreadOf(value, size);
  for (const symbol of Object.getOwnPropertySymbols(result)) reject(value, root, `share ${String(symbol)}`);
  return result;
}

/** An engine compiles a spread for the few shapes that it has seen there; so each number of fields has a place of its own. */
function spreadOf(value: Fields, size: number): Fields {
  switch (size) {
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

/** Values that nobody can change, or that stand for something and not for their contents; pids are no parts in the first place. */
function isImmutable(value: object): boolean {
  return [Reference, Atom, Caller, Error, RegExp, globalThis.SharedArrayBuffer ?? RegExp].some(
    (kind) => value instanceof kind,
  );
}

function copyOther(value: object, depth: number, given: Copies, root: unknown): unknown {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype)
    return copyFields(value as Fields, depth, given, root);
  if (isImmutable(value)) return value;
  // From here on parts may be shared.
  const copies: Map<object, unknown> = given ?? new Map();
  const again = (inner: unknown) => (isPart(inner) ? copyPart(inner, depth + 1, copies, root) : inner);
  const remember = <T>(result: T): T => {
    copies.set(value, result);
    return result;
  };
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
  return bridge?.copy(value, again) ?? reject(value, root);
}

function copyView(view: ArrayBufferView, again: (value: unknown) => unknown): unknown {
  const buffer = again(view.buffer) as ArrayBuffer;
  const { constructor: Kind, byteOffset, byteLength, length = byteLength } = view as any;
  // Node warns of `new` for buffers of its own.
  return Kind.alloc ? Kind.from(buffer, byteOffset, length) : new Kind(buffer, byteOffset, length);
}

/** Says what in the message cannot be sent, and where. */
function reject(culprit: unknown, root: unknown, problem = "lose its methods"): never {
  const why =
    typeof culprit === "function"
      ? "functions belong to the process that made them"
      : typeof culprit === "symbol"
        ? "symbols have no copy"
        : `it would ${problem}; send plain data`;
  throw new TypeError(`cannot send ${shortly(culprit)} at ${pathTo(culprit, root) ?? "message"}: ${why}`);
}

function pathTo(culprit: unknown, at: unknown, path = "message", seen = new Set<unknown>()): string | null {
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
            Array.isArray(at) ? `[${key}]` : /^[\w$]+$/.test(key) ? `.${key}` : `[${shortly(key)}]`,
            value,
          ]);
  for (const [step, value] of steps) {
    const found = pathTo(culprit, value, path + step, seen);
    if (found !== null) return found;
  }
  return null;
}
