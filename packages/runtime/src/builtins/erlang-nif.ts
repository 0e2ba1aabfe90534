/** `:erlang`, natives in C: there are none, and modules that could have them are told so, as those whose file is missing. */
import { atom, charlist, charlistText, error, type Term, Tuple2, tuple } from "../term/index.ts";
import type { NativeModule } from "./native.ts";

export const erlangNif: NativeModule = {
  module: "erlang",
  functions: {
    "nif_error/1": (reason) => {
      throw error(reason);
    },
    "nif_error/2": (reason, _args) => {
      throw error(reason);
    },
    "load_nif/2": (path: Term) => {
      const file = `${charlistText(path) ?? ""}.so`;
      const problem = "cannot open shared object file: No such file or directory";
      const message = charlist(`Failed to load NIF library: '${file}: ${problem}'`);
      return new Tuple2(atom("error"), tuple(atom("load_failed"), message));
    },
  },
};
