/**
 * The tokens of a text as terms, as `:elixir_tokenizer` gives them: `{type, {line, column, extra}, …}`, the last first. The
 * third of a place is what the token has beside its value: its text, its quote, or the line breaks at it.
 */
import type { NativeModule } from "../builtins/native.ts";
import { SyntaxDiagnostic } from "../diagnostic/syntax-diagnostic.ts";
import { Lexer } from "../syntax/lexer.ts";
import type { Comment, ParseOptions } from "../syntax/options.ts";
import { Interpolation, type Part, SigilToken, type Token } from "../syntax/token.ts";
import { Atom, atom, ERROR, NIL, OK } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { charlist } from "../term/chardata.ts";
import { list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { type Tuple3, tuple } from "../term/tuple.ts";
import { commentTerm, parseOptions } from "./code-natives.ts";

class TokenReader extends Lexer {
  /** `{:ok, line, column, warnings, tokens, comments}`, or `{:error, reason, rest, warnings, tokens}`. */
  read(comments: Comment[]): Term {
    const found = () => tokenTerms(this.tokens);
    const warnings = () =>
      list(
        this.warnings
          .map(({ line, column, message }) => tuple(tuple(line, column), charlist(message)))
          .reverse(),
      );
    try {
      this.tokenize();
      return tuple(OK, this.line, this.column(), warnings(), found(), list(comments.map(commentTerm)));
    } catch (error) {
      if (!(error instanceof SyntaxDiagnostic)) throw error;
      const { a: meta, b: words, c: token } = error.reason as Tuple3;
      const reason = tuple(meta, written(words), written(token));
      return tuple(ERROR, reason, charlist(this.source.slice(this.pos)), warnings(), found());
    }
  }
}

const written = (words: Term): Term =>
  words instanceof Bitstring ? charlist(words.text ?? "") : (words as Term);

function tokenTerms(tokens: readonly Token[]): Term {
  return list(termsOf(tokens).reverse());
}

function termsOf(tokens: readonly Token[]): Term[] {
  return tokens.map((token, i) => tokenTerm(token, tokens[i - 1]?.type === "."));
}

function partTerm(part: Part): Term {
  if (!(part instanceof Interpolation)) return part;
  const { line, column, endLine, endColumn, tokens } = part;
  return tuple(tuple(line, column, NIL), tuple(endLine, endColumn, NIL), list(termsOf(tokens)));
}

const parts = (value: unknown): Term => list((value as readonly Part[]).map(partTerm));

function tokenTerm(token: Token, isCalled: boolean): Term {
  const { type, line, column, value, delimiter } = token;
  const kind = atom(type);
  const place = (extra: Term) => tuple(line, column, extra);
  const name =
    token.text !== "" ? charlist(token.text) : isCalled && value instanceof Atom ? charlist(value.name) : NIL;
  const indentation = token.indentation ?? NIL;
  if (token instanceof SigilToken)
    return tuple(kind, place(NIL), token.symbol, parts(value), token.modifiers, indentation, text(delimiter));
  switch (type) {
    case "int":
    case "flt":
      return tuple(kind, place(value as Term), name);
    case "bin_heredoc":
    case "list_heredoc":
      return tuple(kind, place(NIL), indentation, parts(value));
    case "bin_string":
    case "list_string":
      return tuple(kind, place(NIL), parts(value));
    case "atom_safe":
    case "atom_unsafe":
    case "kw_identifier_safe":
    case "kw_identifier_unsafe":
      return tuple(kind, place(delimiter.charCodeAt(0)), parts(value));
  }
  const extra = delimiter === "" ? (token.newlines ?? name) : delimiter.charCodeAt(0);
  return value === null ? tuple(kind, place(extra)) : tuple(kind, place(extra), value as Term);
}

export const beamletTokens: NativeModule = {
  module: "beamlet_tokens",
  functions: {
    "read/2": (source: Term, options: Term) => {
      const comments: Comment[] = [];
      const given: ParseOptions = parseOptions(options, comments);
      const origin = {
        source: (source as Bitstring).text ?? "\ud800",
        file: given.file ?? "nofile",
        line: given.line ?? 1,
        column: given.column ?? 1,
      };
      return new TokenReader(origin, given).read(comments);
    },
  },
};
