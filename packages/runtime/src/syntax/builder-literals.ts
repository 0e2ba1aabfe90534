/**
 * Nodes of literals: numbers, atoms, keywords, strings and sigils, with their interpolations.
 */
import { Atom, atom, NIL, TRUE } from "../term/atom.ts";
import { type Bitstring, text } from "../term/bitstring.ts";
import { Cons, list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { MetaBuilder, NONE } from "./builder-meta.ts";
import * as q from "./quoted.ts";
import type { Token } from "./token.ts";

const KERNEL = atom("Elixir.Kernel");
const LIST = atom("Elixir.List");
const ERLANG = atom("erlang");
const UTF8 = atom("utf8");
const BINARY_ATOM = atom("binary");
const TO_STRING = atom("to_string");
const TO_CHARLIST = atom("to_charlist");
const KEYWORD = atom("keyword");
const ATOM = atom("atom");
const FROM_INTERPOLATION = new Tuple2(q.FROM_INTERPOLATION, TRUE);

export abstract class LiteralBuilder extends MetaBuilder {
  number(token: Token): Term {
    const extra = this.metadata ? [new Tuple2(q.TOKEN, text(token.text))] : NONE;
    return this.literal(token.value as Term, token, extra);
  }

  atomLiteral(token: Token): Term {
    const name = token.value instanceof Atom ? token.value.name : "";
    const bare = name === "true" || name === "false" || name === "nil";
    return this.literal(token.value as Term, token, bare ? [new Tuple2(q.FORMAT, ATOM)] : NONE);
  }

  keywordKey(token: Token, parts: Term | null): Term {
    const extra = [...this.delimiterMeta(token.delimiter), new Tuple2(q.FORMAT, KEYWORD)];
    if (parts === null) return this.literal(token.value as Term, token, extra);
    return this.quotedAtom(token, parts, extra);
  }

  /** An atom with interpolations: a call that makes it when it runs. */
  quotedAtom(token: Token, parts: Term, extra: readonly Term[]): Term {
    const meta = this.meta(token);
    const name = atom(token.type.endsWith("_safe") ? "binary_to_existing_atom" : "binary_to_atom");
    const dot = new Tuple3(q.DOT, meta, list([ERLANG, name]));
    const binary = new Tuple3(q.BITS, meta, parts);
    return new Tuple3(dot, this.metadata ? list(extra, meta) : meta, list([binary, UTF8]));
  }

  // The metadata of a string that is not a mere literal, or of the literal.
  stringExtra(token: Token): Term[] {
    const quote = token.type.startsWith("bin") ? '"' : "'";
    if (token.indentation === null) return this.delimiterMeta(quote);
    if (!this.metadata) return NONE;
    return [new Tuple2(q.DELIMITER, text(quote.repeat(3))), new Tuple2(q.INDENTATION, token.indentation)];
  }

  binaryString(token: Token, parts: Term): Term {
    return new Tuple3(q.BITS, list(this.stringExtra(token), this.meta(token)), parts);
  }

  charlist(token: Token, parts: Term): Term {
    const meta = this.meta(token);
    const dot = new Tuple3(q.DOT, meta, list([LIST, TO_CHARLIST]));
    return new Tuple3(dot, list(this.stringExtra(token), meta), list([parts]));
  }

  charlistLiteral(token: Token, value: Bitstring): Term {
    const string = value.text;
    if (string === undefined) throw this.error(token, "invalid encoding in charlist: ", "'");
    const codes: Term[] = [];
    for (const char of string) codes.push(char.codePointAt(0) as number);
    return this.literal(list(codes), token, this.stringExtra(token));
  }

  sigil(token: Token, symbol: Term, parts: Term, modifiers: Term): Term {
    const meta = this.meta(token);
    const inner =
      token.indentation === null ? meta : new Cons(new Tuple2(q.INDENTATION, token.indentation), meta);
    const outer = new Cons(new Tuple2(q.DELIMITER, text(token.delimiter)), meta);
    return new Tuple3(symbol, outer, list([new Tuple3(q.BITS, inner, parts), modifiers]));
  }

  interpolation(
    begin: { readonly line: number; readonly column: number },
    end: { readonly line: number; readonly column: number },
    form: Term,
    charlist: boolean,
  ): Term {
    const meta = this.meta(begin);
    const closing = this.metadata ? [new Tuple2(q.CLOSING, this.meta(end))] : NONE;
    const dot = new Tuple3(q.DOT, meta, list([KERNEL, TO_STRING]));
    const call = new Tuple3(dot, list([FROM_INTERPOLATION, ...closing], meta), list([form]));
    return charlist ? call : new Tuple3(q.TYPE, meta, list([call, new Tuple3(BINARY_ATOM, meta, NIL)]));
  }
}
