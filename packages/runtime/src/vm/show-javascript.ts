/** JavaScript values as a block shows them: pids as Elixir writes them, everything else as it would be written down. */
import { Pid } from "../term/identifier.ts";

/** Characters of a line; what is longer is broken, a part a line. */
const WIDTH = 72;
const MOST_ITEMS = 100;
const DEEPEST = 6;

/** What `console.log` prints of a value: texts as they are. */
export function printed(value: unknown): string {
  return typeof value === "string" ? value : shown(value);
}

/** A value as it would be written in the program. */
export function shown(value: unknown): string {
  return show(value, 0, []);
}

function show(value: unknown, indent: number, above: readonly unknown[]): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return `[${isClass(value) ? "class" : "function"} ${value.name || "(anonymous)"}]`;
    case "object":
      return value === null ? "null" : showObject(value, indent, above);
    default:
      return Object.is(value, -0) ? "-0" : String(value);
  }
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

function showObject(value: object, indent: number, above: readonly unknown[]): string {
  if (value instanceof Pid) return value.toString();
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date || value instanceof RegExp)
    return value instanceof Date ? value.toISOString() : String(value);
  if (value instanceof Promise) return "[promise]";
  if (above.includes(value)) return "[circular]";
  const name = Object.getPrototypeOf(value)?.constructor?.name ?? "";
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  if (above.length >= DEEPEST) return isList ? "[…]" : `${prefix(name)}{…}`;
  const inside = [...above, value];
  const part = (item: unknown) => show(item, indent + 2, inside);
  if (value instanceof Map)
    return enclosed(
      "Map {",
      [...value].map(([key, item]) => `${part(key)} => ${part(item)}`),
      "}",
      indent,
    );
  if (value instanceof Set) return enclosed("Set {", [...value].map(part), "}", indent);
  if (isList) {
    const items = Array.from(value as unknown as ArrayLike<unknown>);
    return enclosed(`${Array.isArray(value) ? "" : `${name} `}[`, items.map(part), "]", indent);
  }
  const fields = Object.entries(value).map(
    ([key, item]) => `${/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? key : JSON.stringify(key)}: ${part(item)}`,
  );
  return enclosed(`${prefix(name)}{`, fields, "}", indent);
}

function prefix(name: string): string {
  return name === "Object" || name === "" ? "" : `${name} `;
}

/** On one line if it fits, else one part a line. */
function enclosed(open: string, parts: readonly string[], close: string, indent: number): string {
  if (parts.length === 0) return open + close;
  const items = parts.slice(0, MOST_ITEMS);
  if (parts.length > MOST_ITEMS) items.push(`… ${parts.length - MOST_ITEMS} more`);
  const space = open.endsWith("{") ? " " : "";
  const flat = `${open}${space}${items.join(", ")}${space}${close}`;
  if (indent + flat.length <= WIDTH && !flat.includes("\n")) return flat;
  const margin = " ".repeat(indent + 2);
  return `${open}\n${margin}${items.join(`,\n${margin}`)}\n${" ".repeat(indent)}${close}`;
}
