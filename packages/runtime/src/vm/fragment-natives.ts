/** The natives of `Code.Fragment` and EEx: text that breaks off, of which a parser would say no more than that. */
import type { NativeModule } from "../builtins/native.ts";
import { SyntaxDiagnostic } from "../diagnostic/syntax-diagnostic.ts";
import { parseAtCursor } from "../syntax/container-cursor.ts";
import { scanName, tokenize } from "../syntax/index.ts";
import { atom, bool, ERROR, OK } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { tuple } from "../term/tuple.ts";
import { parseOptions } from "./code-natives.ts";

export const beamletFragment: NativeModule = {
  module: "beamlet_fragment",
  functions: {
    // `trailing` is the text behind the cursor, or nil.
    "cursor_to_quoted/3": (source: Term, trailing: Term, options: Term) => {
      try {
        const rest = trailing instanceof Bitstring ? (trailing.text ?? "") : null;
        return tuple(OK, parseAtCursor((source as Bitstring).text ?? "", rest, parseOptions(options, [])));
      } catch (error) {
        if (!(error instanceof SyntaxDiagnostic)) throw error;
        return tuple(ERROR, error.reason);
      }
    },
    // `{kind, rest, ascii, at}` of the name at the start of a text, or `error`.
    "name/1": (source: Term) => {
      const code = (source as Bitstring).text ?? "";
      const name = scanName(code, 0);
      if ("error" in name) return ERROR;
      return tuple(atom(name.kind), text(code.slice(name.end)), bool(name.ascii), bool(name.at));
    },
    // The types of the tokens of a fragment, whose brackets may lack their partners.
    "token_types/1": (source: Term) => {
      try {
        const tokens = tokenize((source as Bitstring).text ?? "", { checkTerminators: false });
        return tuple(OK, list(tokens.map(({ type }) => atom(type))));
      } catch (error) {
        if (!(error instanceof SyntaxDiagnostic)) throw error;
        return ERROR;
      }
    },
  },
};
