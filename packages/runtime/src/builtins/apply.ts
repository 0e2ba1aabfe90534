/**
 * `:erlang.apply` as a function like others, for `spawn` and for calls through a variable. Compiled code has its own
 * form of it. The call is a tail call, so this frame need not survive a suspension.
 */
import { raise, S } from "../process/stack.ts";
import { Atom, atom } from "../term/atom.ts";
import { badarg, error, tagged } from "../term/error.ts";
import { Fun } from "../term/fun.ts";
import { listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";

const BADARITY = atom("badarity");

export const erlangApply: NativeModule = {
  module: "erlang",
  functions: {
    "apply/2": (fun: Term, args: Term) => {
      const items = listToArray(args);
      if (items === null) throw badarg("erlang", "apply", [fun, args]);
      if (!(fun instanceof Fun)) return raise(tagged("badfun", fun));
      if (fun.arity !== items.length) return raise(error(new Tuple2(BADARITY, new Tuple2(fun, args))));
      return fun.code(fun, ...items);
    },
    "apply/3": (module: Term, name: Term, args: Term) => {
      const items = listToArray(args);
      if (!(module instanceof Atom) || !(name instanceof Atom) || items === null) {
        throw badarg("erlang", "apply", [module, name, args]);
      }
      return S.system.callee(module, name, items.length).code(...items);
    },
  },
};
