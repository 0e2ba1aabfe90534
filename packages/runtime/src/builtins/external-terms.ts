/** `:erlang`, the external term format. */
import {
  compressed,
  DEFAULT_LEVEL,
  decode,
  encode,
  MalformedData,
  MalformedTerm,
  NO_NODE,
  type Resolver,
} from "../etf/index.ts";
import { S } from "../process/stack.ts";
import {
  atom,
  Bitstring,
  badarg,
  binary,
  list,
  listToArray,
  Pid,
  type Term,
  Tuple,
  tuple,
} from "../term/index.ts";
import { externalFun } from "./erlang-terms.ts";
import type { NativeModule } from "./native.ts";
import { handlerFun } from "./rand-generator.ts";

const RAND = atom("rand");

const resolver: Resolver = {
  externalFun,
  // Of states of `:rand`, which are kept; the code of others is not found by its place.
  localFun: (module, index) => (module === RAND ? handlerFun(index) : null),
  pid: (id, serial) => {
    const pid = new Pid(0, id, serial);
    return S.system.find(pid) ?? pid;
  },
};

function termToBinary(term: Term, options?: Term): Term {
  const args = options === undefined ? [term] : [term, options];
  const settings = options === undefined ? [] : listToArray(options);
  if (settings === null) throw badarg("erlang", "term_to_binary", args);
  let level = 0;
  let minor = 1;
  let sorted = false;
  for (const setting of settings) {
    const [key, value] = setting instanceof Tuple && setting.size === 2 ? setting.toArray() : [setting];
    const most = key === atom("compressed") ? 9 : key === atom("minor_version") ? 2 : -1;
    const isNumber = typeof value === "number" && value >= 0 && value <= most;
    if (key === atom("compressed") && value === undefined) level = DEFAULT_LEVEL;
    else if (key === atom("compressed") && isNumber) level = value;
    else if (key === atom("minor_version") && isNumber) minor = value;
    else if (key === atom("deterministic") && value === undefined) sorted = true;
    else throw badarg("erlang", "term_to_binary", args);
  }
  const bytes = encode(term, NO_NODE, { minor, sorted });
  return binary(level > 0 ? compressed(bytes, level) : bytes);
}

function binaryToTerm(of: Term, options?: Term): Term {
  const args = options === undefined ? [of] : [of, options];
  const settings = options === undefined ? [] : listToArray(options);
  if (!(of instanceof Bitstring) || !of.isBinary || settings === null)
    throw badarg("erlang", "binary_to_term", args);
  try {
    const { term, used } = decode(of.bytes, { resolver, safe: settings.includes(atom("safe")) });
    return settings.includes(atom("used")) ? tuple(term, used) : term;
  } catch (error) {
    if (error instanceof MalformedTerm || error instanceof MalformedData)
      throw badarg("erlang", "binary_to_term", args);
    throw error;
  }
}

export const externalTerms: NativeModule = {
  module: "erlang",
  functions: {
    "term_to_binary/1": termToBinary,
    "term_to_binary/2": termToBinary,
    "term_to_iovec/1": (term) => list([termToBinary(term)]),
    "term_to_iovec/2": (term, options) => list([termToBinary(term, options)]),
    "binary_to_term/1": binaryToTerm,
    "binary_to_term/2": binaryToTerm,
    "external_size/1": (term) => encode(term).length,
    "external_size/2": (term) => encode(term).length,
  },
};
