/** Conversions of `:erlang` between terms and their text: atoms, numbers, identifiers, lists of bytes. */
import {
  Atom,
  atom,
  Bitstring,
  badarg,
  binary,
  Cons,
  charlist,
  charlistText,
  decimalFloat,
  EMPTY,
  errorIn,
  existingAtom,
  Float,
  Fun,
  integerText,
  list,
  listToArray,
  Pid,
  Port,
  parseFloatText,
  parseIntegerText,
  pidText,
  portText,
  type Raised,
  Reference,
  referenceText,
  scientificFloat,
  shortFloat,
  type Term,
  Tuple,
  text,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";
import { functionText } from "./term-text.ts";

function bad(name: string, ...args: Term[]): Raised {
  return badarg("erlang", name, args);
}

const MAX_ATOM = 255;

function checkedAtom(
  name: string,
  value: string,
  args: Term[],
  make: (value: string) => Atom | undefined,
): Atom {
  if (value.length > MAX_ATOM && [...value].length > MAX_ATOM)
    throw errorIn("system_limit", "erlang", name, args);
  const found = make(value);
  if (found === undefined) throw badarg("erlang", name, args);
  return found;
}

function binaryText(term: Term, encoding: Term): string | null {
  if (!(term instanceof Bitstring) || !term.isBinary) return null;
  if (encoding === atom("latin1")) return latin1Text(term.bytes);
  if (encoding !== atom("utf8") && encoding !== atom("unicode")) return null;
  return term.text ?? null;
}

/** Each byte as the character of that number. */
export function latin1Text(bytes: Uint8Array): string {
  let result = "";
  for (let i = 0; i < bytes.length; i += 8192) result += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return result;
}

export function latin1Bytes(value: string): Uint8Array | null {
  const bytes = new Uint8Array(value.length);
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit > 255) return null;
    bytes[i] = unit;
  }
  return bytes;
}

const UTF8 = atom("utf8");

function fromBinaryToAtom(name: string, make: (value: string) => Atom | undefined) {
  return (term: Term, encoding?: Term): Term => {
    const args = encoding === undefined ? [term] : [term, encoding];
    const value = binaryText(term, encoding ?? UTF8);
    if (value === null) throw badarg("erlang", name, args);
    return checkedAtom(name, value, args, make);
  };
}

function fromListToAtom(name: string, make: (value: string) => Atom | undefined) {
  return (term: Term): Term => {
    const value = charlistText(term);
    if (value === null) throw bad(name, term);
    return checkedAtom(name, value, [term], make);
  };
}

function atomToBinary(term: Term, encoding?: Term): Term {
  const args = encoding === undefined ? [term] : [term, encoding];
  if (!(term instanceof Atom)) throw badarg("erlang", "atom_to_binary", args);
  if (encoding === undefined || encoding === UTF8 || encoding === atom("unicode")) return text(term.name);
  const bytes = encoding === atom("latin1") ? latin1Bytes(term.name) : null;
  if (bytes === null) throw badarg("erlang", "atom_to_binary", args);
  return binary(bytes);
}

type Make = (value: string) => Term;

function integerTo(name: string, make: Make) {
  return (term: Term, base?: Term): Term => {
    const args = base === undefined ? [term] : [term, base];
    if (typeof term !== "number" && typeof term !== "bigint") throw badarg("erlang", name, args);
    if (base === undefined) return make(String(term));
    if (typeof base !== "number" || base < 2 || base > 36) throw badarg("erlang", name, args);
    return make(integerText(term, base));
  };
}

function toInteger(name: string, read: (term: Term) => string | null) {
  return (term: Term, base?: Term): Term => {
    const args = base === undefined ? [term] : [term, base];
    const value = read(term);
    if (value === null || (base !== undefined && (typeof base !== "number" || base < 2 || base > 36)))
      throw badarg("erlang", name, args);
    const result = parseIntegerText(value, (base as number | undefined) ?? 10);
    if (result === null) throw badarg("erlang", name, args);
    return result;
  };
}

function utf8(term: Term): string | null {
  return term instanceof Bitstring ? (term.text ?? null) : null;
}

/** Erlang writes floats into a buffer of this length. */
const LONGEST_FLOAT = 255;

function floatTo(name: string, make: Make) {
  return (term: Term, options?: Term): Term => {
    const args = options === undefined ? [term] : [term, options];
    const settings = options === undefined ? [] : listToArray(options);
    if (!(term instanceof Float) || settings === null) throw badarg("erlang", name, args);
    let form: "scientific" | "decimals" | "short" = "scientific";
    let digits = 20;
    let compact = false;
    for (const setting of settings) {
      if (setting === atom("compact")) compact = true;
      else if (setting === atom("short")) form = "short";
      else {
        const key = setting instanceof Tuple && setting.size === 2 ? setting.at(0) : null;
        const count = key === null ? null : (setting as Tuple).at(1);
        const limit = key === atom("decimals") ? 253 : key === atom("scientific") ? 249 : -1;
        if (typeof count !== "number" || count < 0 || count > limit) throw badarg("erlang", name, args);
        form = key === atom("decimals") ? "decimals" : "scientific";
        digits = count;
      }
    }
    if (form === "short") return make(shortFloat(term.value));
    const shown =
      form === "decimals" ? decimalFloat(term.value, digits) : scientificFloat(term.value, digits);
    if (shown.length > LONGEST_FLOAT) throw badarg("erlang", name, args);
    return make(form === "decimals" && compact ? decimalFloat(term.value, digits, true) : shown);
  };
}

function toFloatFrom(name: string, read: (term: Term) => string | null) {
  return (term: Term): Term => {
    const value = read(term);
    const result = value === null ? null : parseFloatText(value);
    if (result === null) throw bad(name, term);
    return result;
  };
}

/** The list of the bytes of a binary, from and to positions counted from one. */
function binaryToList(term: Term, from?: Term, to?: Term): Term {
  const args = from === undefined ? [term] : [term, from, to as Term];
  if (!(term instanceof Bitstring) || !term.isBinary) throw badarg("erlang", "binary_to_list", args);
  const bytes = term.bytes;
  const first = from ?? 1;
  const last = to ?? bytes.length;
  if (typeof first !== "number" || typeof last !== "number" || first < 1 || last > bytes.length)
    throw badarg("erlang", "binary_to_list", args);
  if (from !== undefined && first > last) throw badarg("erlang", "binary_to_list", args);
  let result: Term = EMPTY;
  for (let i = last - 1; i >= first - 1; i--) result = new Cons(bytes[i], result);
  return result;
}

function textOf<Type extends Term>(
  name: string,
  type: abstract new (...args: any[]) => Type,
  show: (t: Type) => string,
) {
  return (term: Term): Term => {
    if (!(term instanceof type)) throw bad(name, term);
    return charlist(show(term));
  };
}

export const erlangText: NativeModule = {
  module: "erlang",
  functions: {
    "atom_to_list/1": textOf("atom_to_list", Atom, (a) => a.name),
    "atom_to_binary/1": atomToBinary,
    "atom_to_binary/2": atomToBinary,
    "binary_to_atom/1": fromBinaryToAtom("binary_to_atom", atom),
    "binary_to_atom/2": fromBinaryToAtom("binary_to_atom", atom),
    "binary_to_existing_atom/1": fromBinaryToAtom("binary_to_existing_atom", existingAtom),
    "binary_to_existing_atom/2": fromBinaryToAtom("binary_to_existing_atom", existingAtom),
    "list_to_atom/1": fromListToAtom("list_to_atom", atom),
    "list_to_existing_atom/1": fromListToAtom("list_to_existing_atom", existingAtom),
    "integer_to_list/1": integerTo("integer_to_list", charlist),
    "integer_to_list/2": integerTo("integer_to_list", charlist),
    "integer_to_binary/1": integerTo("integer_to_binary", text),
    "integer_to_binary/2": integerTo("integer_to_binary", text),
    "list_to_integer/1": toInteger("list_to_integer", charlistText),
    "list_to_integer/2": toInteger("list_to_integer", charlistText),
    "binary_to_integer/1": toInteger("binary_to_integer", utf8),
    "binary_to_integer/2": toInteger("binary_to_integer", utf8),
    "float_to_list/1": floatTo("float_to_list", charlist),
    "float_to_list/2": floatTo("float_to_list", charlist),
    "float_to_binary/1": floatTo("float_to_binary", text),
    "float_to_binary/2": floatTo("float_to_binary", text),
    "list_to_float/1": toFloatFrom("list_to_float", charlistText),
    "binary_to_float/1": toFloatFrom("binary_to_float", utf8),
    "binary_to_list/1": binaryToList,
    "binary_to_list/3": binaryToList,
    "pid_to_list/1": textOf("pid_to_list", Pid, pidText),
    "port_to_list/1": textOf("port_to_list", Port, portText),
    "ref_to_list/1": textOf("ref_to_list", Reference, referenceText),
    "fun_to_list/1": textOf("fun_to_list", Fun, functionText),
    "bitstring_to_list/1": (term) => {
      if (!(term instanceof Bitstring)) throw bad("bitstring_to_list", term);
      const whole = term.bitLength >>> 3;
      const rest = term.bitLength & 7;
      const items: Term[] = [...term.bytes.subarray(0, whole)];
      if (rest !== 0) items.push(new Bitstring(undefined, term.bytes.subarray(whole), rest));
      return list(items);
    },
  },
};
