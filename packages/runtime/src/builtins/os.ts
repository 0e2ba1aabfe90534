/**
 * `:os`: the environment variables, those of the host when the machine was made and what the program made of them since.
 * Changes stay inside; the host's own variables are never written. Programs of the host cannot be run.
 */
import { atom, badarg, charlist, charlistText, FALSE, list, type Term, TRUE, tuple } from "../term/index.ts";
import type { NativeModule } from "./native.ts";

let variables = new Map<string, string>();

/** Starts over with the variables of a host. */
export function useEnvironment(env: Readonly<Record<string, string | undefined>>): void {
  variables = new Map();
  for (const [name, value] of Object.entries(env)) if (value !== undefined) variables.set(name, value);
}

function nameOf(term: Term, name: string, ...args: Term[]): string {
  const text = charlistText(term);
  if (text === null || /[=\0]/.test(text)) throw badarg("os", name, args);
  return text;
}

const entries = () => [...variables].sort(([a], [b]) => (a < b ? -1 : 1));

export const os: NativeModule = {
  module: "os",
  functions: {
    "env/0": () => list(entries().map(([name, value]) => tuple(charlist(name), charlist(value)))),
    "getenv/0": () => list(entries().map(([name, value]) => charlist(`${name}=${value}`))),
    "getenv/1": (name: Term) => {
      const value = variables.get(nameOf(name, "getenv", name));
      return value === undefined ? FALSE : charlist(value);
    },
    "getenv/2": (name: Term, otherwise: Term) => {
      const value = variables.get(nameOf(name, "getenv", name, otherwise));
      return value === undefined ? otherwise : charlist(value);
    },
    "putenv/2": (name: Term, value: Term) => {
      const text = charlistText(value);
      if (text === null || text.includes("\0")) throw badarg("os", "putenv", [name, value]);
      variables.set(nameOf(name, "putenv", name, value), text);
      return TRUE;
    },
    "unsetenv/1": (name: Term) => {
      variables.delete(nameOf(name, "unsetenv", name));
      return TRUE;
    },
    "getpid/0": () => charlist("1"),
    "type/0": () => tuple(atom("unix"), atom("linux")),
  },
};
