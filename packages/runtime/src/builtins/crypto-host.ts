/**
 * The host's own cryptography, for what `:crypto` leaves to it: ciphers and keys. It must answer at once, as Erlang does;
 * browsers only have promises, so there it fails with an error that says so. Asked of the host when it is needed, so that
 * nothing is imported that a browser lacks.
 */
import type * as NodeCrypto from "node:crypto";
import { atom, charlist, error, iodataToBinary, Raised, type Term, tuple } from "../term/index.ts";
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

/** What OTP raises from the C function that fails: `{:badarg, {file, line}, explanation}`. */
export function failure(
  kind: "badarg" | "error" | "notsup",
  file: string,
  line: number,
  text: string,
): Raised {
  return error(
    tuple(atom(kind), tuple(charlist(file === "crypto" ? file : `${file}.c`), line), charlist(text)),
  );
}

/** The functions of `:crypto`, whose errors without a place get theirs: the call as the program made it. */
export function inCrypto(functions: NativeModule["functions"]): NativeModule {
  const named = Object.entries(functions).map(([key, code]) => {
    const name = atom(key.slice(0, key.indexOf("/")));
    const call = (...args: Term[]) => {
      try {
        return code(...args);
      } catch (error) {
        if (error instanceof Raised) error.call ??= { module: atom("crypto"), name, args };
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
