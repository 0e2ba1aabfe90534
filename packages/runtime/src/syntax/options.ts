/** What a caller may ask of the parser: the options of `Code.string_to_quoted/2`, and where warnings go. */
import type { Term } from "../term/term.ts";

export interface SyntaxWarning {
  readonly file: string;
  readonly line: number;
  /** `null` where Elixir knows the line alone. */
  readonly column: number | null;
  readonly message: string;
}

export interface Comment {
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly previousEolCount: number;
  readonly nextEolCount: number;
}

/** The answer of an encoder: the term that takes the place of the literal, or why there is none. */
export type Encoded = { readonly ok: Term } | { readonly error: string };

export interface ParseOptions {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Columns that the whole text is indented by; the same as a `column` greater by as many. */
  readonly indentation?: number;
  /** Whether metadata has `column`. */
  readonly columns?: boolean;
  /** Whether metadata has what a formatter needs: `closing`, `do`, `end`, `end_of_expression`, … */
  readonly tokenMetadata?: boolean;
  /** Whether brackets and `do` must have their closers; true unless given. A fragment of a program need not. */
  readonly checkTerminators?: boolean;
  /** Fails on atoms that do not exist yet. */
  readonly existingAtomsOnly?: boolean;
  /** Whether escapes in strings are replaced; true unless given. */
  readonly unescape?: boolean;
  /** Whether `onWarning` is called; true unless given. */
  readonly emitWarnings?: boolean;
  readonly onWarning?: (warning: SyntaxWarning) => void;
  /** Called for each name that has characters beyond ASCII. */
  readonly onUnicodeName?: () => void;
  readonly onComment?: (comment: Comment) => void;
  /** Called with each literal and its metadata; the tree has the result in its place. */
  readonly literalEncoder?: (literal: Term, meta: Term) => Encoded;
  /** Called with the name of each atom of the text (keywords and operators excepted). */
  readonly staticAtomsEncoder?: (name: string, meta: Term) => Encoded;
}
