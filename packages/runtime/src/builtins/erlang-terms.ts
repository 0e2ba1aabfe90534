/** `:erlang`, funs by name. */
import { S } from "../process/stack.ts";
import { Atom, badarg, Fun, type Term } from "../term/index.ts";
import type { NativeModule } from "./native.ts";

/** `&module.name/arity`: calls whatever code the export has at that time. */
export function externalFun(module: Atom, name: Atom, arity: number): Fun {
  let callee: { readonly code: Function } | null = null;
  const code = (_fun: Fun, ...args: Term[]) => {
    callee ??= S.system.callee(module, name, arity);
    return callee.code(...args);
  };
  return new Fun(code, { module, name, arity, index: -1 });
}

export const erlangTerms: NativeModule = {
  module: "erlang",
  functions: {
    "make_fun/3": (module, name, arity) => {
      if (
        !(module instanceof Atom) ||
        !(name instanceof Atom) ||
        typeof arity !== "number" ||
        arity < 0 ||
        arity > 255
      )
        throw badarg("erlang", "make_fun", [module, name, arity]);
      return externalFun(module, name, arity);
    },
  },
};
