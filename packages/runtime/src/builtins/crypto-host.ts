/**
 * The host's own cryptography, for what `:crypto` leaves to it: ciphers and keys. It must answer at once, as Erlang does;
 * browsers only have promises, so there it fails with an error that says so. Asked of the host when it is needed, so that
 * nothing is imported that a browser lacks.
 */
import type * as NodeCrypto from "node:crypto";
import { atom, charlist, error, iodataToBinary, mapFrom, Raised, type Term, tuple } from "../term/index.ts";
import type { NativeModule } from "./native.ts";

export function hostCryptography(): typeof NodeCrypto {
  const host = globalThis.process?.getBuiltinModule?.("node:crypto");
  if (host === undefined)
    throw failure(
      "notsup",
      "crypto",
      0,
      "Ciphers and keys need a host such as Node: a browser has none that answer at once",
    );
  return host;
}

/** Which argument the failures of a C file are about, by their lines; of those not named here it is the first, `LAST` the one with options. */
const LAST = -1;
const ARGUMENTS: Record<string, Record<number, number>> = {
  aead: { 57: LAST, 66: 2, 68: 3, 70: 4, 72: 5, 78: 6, 81: 6, 111: 3 },
  api_ng: { 120: LAST, 137: LAST, 146: LAST, 168: LAST, 174: LAST, 228: 2, 244: 2, 304: 3, 310: 3 },
  mac: { 175: 4, 235: 3, 263: 2, 313: 2, 794: 2 },
  pbkdf2_hmac: { 41: 2, 44: 3, 49: 4, 54: 5 },
  pkey: { 313: 3, 357: 4, 1000: 4 },
};
const ARGUMENT = atom("erl_function_arg_num");
/** Of failures that a call still has to tell its number of arguments. */
const places = new WeakMap<Raised, number>();

/** What OTP raises from the C function that fails: `{:badarg, {file, line}, explanation}`. */
export function failure(
  kind: "badarg" | "error" | "notsup",
  file: string,
  line: number,
  text: string,
): Raised {
  if (file === "crypto") return error(tuple(atom(kind), tuple(charlist(file), line), charlist(text)));
  const raised = error(tuple(atom(kind), tuple(charlist(`${file}.c`), line), charlist(text)));
  if (kind === "badarg") places.set(raised, ARGUMENTS[file]?.[line] ?? 1);
  return raised;
}

/** The functions of `:crypto`, whose errors without a place get theirs: the call as the program made it. */
export function inCrypto(functions: NativeModule["functions"]): NativeModule {
  const named = Object.entries(functions).map(([key, code]) => {
    const name = atom(key.slice(0, key.indexOf("/")));
    const call = (...args: Term[]) => {
      try {
        return code(...args);
      } catch (error) {
        if (error instanceof Raised) {
          error.call ??= { module: atom("crypto"), name, args };
          const place = places.get(error);
          if (place !== undefined) error.info = mapFrom([[ARGUMENT, place === LAST ? args.length : place]]);
        }
        throw error;
      }
    };
    return [key, call];
  });
  return { module: "crypto", functions: Object.fromEntries(named) };
}

/** The bytes of an argument, or the failure of the C function that refuses it. */
export function bytesOr(data: Term, file: string, line: number, text: string): Uint8Array {
  const found = iodataToBinary(data);
  if (found === null) throw failure("badarg", file, line, text);
  return found.bytes;
}
