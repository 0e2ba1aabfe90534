/** Values in the messages of errors. */
import { Atom } from "../term/atom.ts";
import { Pid } from "../term/identifier.ts";

const MOST = 60;

/** A value, cut to a few words. */
export function shortly(value: unknown): string {
  if (typeof value === "function") return `the function ${value.name || "(anonymous)"}`;
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "string") {
    if (value instanceof Atom) return `:${value.name}`;
    if (typeof value !== "object" || value === null || value instanceof Pid) return String(value);
    const name = (Object.getPrototypeOf(value)?.constructor ?? Object).name || "(anonymous)";
    if (name === "Promise") return "a promise";
    if (name !== "Object" && name !== "Array") return `an object of class ${name}`;
  }
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // Cyclic.
  }
  if (text === undefined) return "an object";
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

/** The error for a value of the wrong kind: "a name is a string, not 7". */
export function unexpected(expected: string, value: unknown): TypeError {
  return new TypeError(`${expected}, not ${shortly(value)}`);
}
