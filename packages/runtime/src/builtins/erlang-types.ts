/** Type tests, comparisons and boolean operators of `:erlang`. Compiled code inlines most of them. */
import {
  Atom,
  atom,
  Bitstring,
  badarg,
  bool,
  Cons,
  captured,
  compareTerms,
  EMPTY,
  FALSE,
  Float,
  Fun,
  funUnique,
  list,
  looseEquals,
  Pid,
  Port,
  Reference,
  strictEquals,
  type Term,
  TermMap,
  TRUE,
  Tuple,
  tuple,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";

export function isIntegerTerm(term: Term): boolean {
  return typeof term === "number" || typeof term === "bigint";
}

export function isRecord(term: Term, tag: Term): boolean {
  return term instanceof Tuple && term.size > 0 && term.at(0) === tag;
}

function logical(name: string, both: (a: boolean, b: boolean) => boolean): (a: Term, b: Term) => Term {
  return (a, b) => {
    if ((a !== TRUE && a !== FALSE) || (b !== TRUE && b !== FALSE)) throw badarg("erlang", name, [a, b]);
    return bool(both(a === TRUE, b === TRUE));
  };
}

function isFunction(term: Term, arity: Term): Term {
  if (typeof arity !== "number" || arity < 0) throw badarg("erlang", "is_function", [term, arity]);
  return bool(term instanceof Fun && term.arity === arity);
}

function funInfoItem(fun: Term, item: Term): Term {
  if (!(fun instanceof Fun)) throw badarg("erlang", "fun_info", [fun, item]);
  const info = fun.info;
  const external = info.index < 0;
  switch (item) {
    case atom("module"):
      return tuple(item, info.module);
    case atom("name"):
      return tuple(item, info.name);
    case atom("arity"):
      return tuple(item, info.arity);
    case atom("type"):
      return tuple(item, atom(external ? "external" : "local"));
    case atom("env"):
      return tuple(item, external ? EMPTY : list(captured(fun)));
    case atom("index"):
      return tuple(item, external ? atom("undefined") : info.index);
    case atom("new_index"):
      return tuple(item, external ? atom("undefined") : info.index);
    case atom("uniq"):
    case atom("new_uniq"):
      return tuple(item, external ? atom("undefined") : funUnique(fun));
    case atom("pid"):
      return tuple(item, atom("undefined"));
    default:
      throw badarg("erlang", "fun_info", [fun, item]);
  }
}

function funInfo(fun: Term): Term {
  if (!(fun instanceof Fun)) throw badarg("erlang", "fun_info", [fun]);
  const items = ["name", "arity", "env", "type"];
  if (fun.info.index >= 0) items.unshift("new_index", "new_uniq", "index", "uniq");
  items.unshift("module");
  return list(items.map((item) => funInfoItem(fun, atom(item))));
}

export const erlangTypes: NativeModule = {
  module: "erlang",
  functions: {
    "is_atom/1": (a) => bool(a instanceof Atom),
    "is_binary/1": (a) => bool(a instanceof Bitstring && a.isBinary),
    "is_bitstring/1": (a) => bool(a instanceof Bitstring),
    "is_boolean/1": (a) => bool(a === TRUE || a === FALSE),
    "is_float/1": (a) => bool(a instanceof Float),
    "is_function/1": (a) => bool(a instanceof Fun),
    "is_function/2": isFunction,
    "is_integer/1": (a) => bool(isIntegerTerm(a)),
    "is_list/1": (a) => bool(a instanceof Cons || a === EMPTY),
    "is_map/1": (a) => bool(a instanceof TermMap),
    "is_number/1": (a) => bool(isIntegerTerm(a) || a instanceof Float),
    "is_pid/1": (a) => bool(a instanceof Pid),
    "is_port/1": (a) => bool(a instanceof Port),
    "is_reference/1": (a) => bool(a instanceof Reference),
    "is_tuple/1": (a) => bool(a instanceof Tuple),
    "is_record/2": (a, tag) => {
      if (!(tag instanceof Atom)) throw badarg("erlang", "is_record", [a, tag]);
      return bool(isRecord(a, tag));
    },
    "is_record/3": (a, tag, size) => {
      if (!(tag instanceof Atom) || typeof size !== "number")
        throw badarg("erlang", "is_record", [a, tag, size]);
      return bool(isRecord(a, tag) && (a as Tuple).size === size);
    },
    "==/2": (a, b) => bool(looseEquals(a, b)),
    "/=/2": (a, b) => bool(!looseEquals(a, b)),
    "=:=/2": (a, b) => bool(strictEquals(a, b)),
    "=/=/2": (a, b) => bool(!strictEquals(a, b)),
    "</2": (a, b) => bool(compareTerms(a, b) < 0),
    ">/2": (a, b) => bool(compareTerms(a, b) > 0),
    "=</2": (a, b) => bool(compareTerms(a, b) <= 0),
    ">=/2": (a, b) => bool(compareTerms(a, b) >= 0),
    "and/2": logical("and", (a, b) => a && b),
    "or/2": logical("or", (a, b) => a || b),
    "xor/2": logical("xor", (a, b) => a !== b),
    "not/1": (a) => {
      if (a !== TRUE && a !== FALSE) throw badarg("erlang", "not", [a]);
      return bool(a === FALSE);
    },
    "fun_info/1": funInfo,
    "fun_info/2": funInfoItem,
  },
};
