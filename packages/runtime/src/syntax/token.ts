/**
 * Tokens. Their types bear the names of Elixir's grammar, because error messages and the parser's special cases
 * are stated in them; brackets, `,`, `;`, `.` and the reserved words `do`, `end`, `fn`, `true`, `false` and
 * `nil` are their own type.
 */
import type { Term } from "../term/term.ts";
import type { OperatorKind } from "./operators.ts";

export type TokenType =
  | OperatorKind
  | "identifier"
  | "paren_identifier"
  | "bracket_identifier"
  | "do_identifier"
  | "op_identifier"
  | "block_identifier"
  | "kw_identifier"
  | "kw_identifier_safe"
  | "kw_identifier_unsafe"
  | "alias"
  | "atom"
  | "atom_quoted"
  | "atom_safe"
  | "atom_unsafe"
  | "bin_string"
  | "list_string"
  | "bin_heredoc"
  | "list_heredoc"
  | "sigil"
  | "int"
  | "flt"
  | "char"
  | "capture_int"
  | "dot_call_op"
  | "eol"
  | "fn"
  | "do"
  | "end"
  | "true"
  | "false"
  | "nil"
  | ";"
  | ","
  | "."
  | "("
  | ")"
  | "["
  | "]"
  | "{"
  | "}"
  | "<<"
  | ">>"
  | "%{}"
  | "%"
  | "$end";

/** What stands between `#{` and `}`, already in tokens. */
export class Interpolation {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly tokens: Token[];

  constructor(line: number, column: number, endLine: number, endColumn: number, tokens: Token[]) {
    this.line = line;
    this.column = column;
    this.endLine = endLine;
    this.endColumn = endColumn;
    this.tokens = tokens;
  }
}

/** A piece of a string: a binary, or an interpolation. */
export type Part = Term | Interpolation;

export class Token {
  type: TokenType;
  readonly line: number;
  readonly column: number;
  /** An atom (or what the static atoms encoder made of it), a number, or the parts of a string. */
  readonly value: unknown;
  /**
   * Of `eol`, `,` and `;`: line breaks it stands for. Of an operator or an opening bracket: line breaks beside it,
   * which `token_metadata` shows. `null` where Elixir's tokenizer has nothing.
   */
  newlines: number | null;
  /** Of a number or a character: its text. Of an identifier, alias or atom: its name. Of a sigil: modifiers. */
  readonly text: string;
  /** The quote of a quoted atom, keyword, call or sigil, or an empty string. */
  readonly delimiter: string;
  /** Of a heredoc, columns that its closing delimiter is indented by. */
  readonly indentation: number | null;

  constructor(
    type: TokenType,
    line: number,
    column: number,
    value: unknown = null,
    newlines: number | null = null,
    text = "",
    delimiter = "",
    indentation: number | null = null,
  ) {
    this.type = type;
    this.line = line;
    this.column = column;
    this.value = value;
    this.newlines = newlines;
    this.text = text;
    this.delimiter = delimiter;
    this.indentation = indentation;
  }
}

/** A sigil; its parts are the value, its name without `sigil_` the text. */
export class SigilToken extends Token {
  readonly symbol: Term;
  readonly modifiers: Term;

  constructor(
    line: number,
    column: number,
    symbol: Term,
    parts: readonly Part[],
    name: string,
    modifiers: Term,
    delimiter: string,
    indentation: number | null,
  ) {
    super("sigil", line, column, parts, null, name, delimiter, indentation);
    this.symbol = symbol;
    this.modifiers = modifiers;
  }
}
