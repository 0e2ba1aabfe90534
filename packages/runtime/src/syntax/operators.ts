/**
 * Elixir's operators: the one table that the lexer, the parser and `Code.Identifier`'s natives share.
 * Kinds bear the grammar's own names; a greater precedence binds tighter.
 */
export type OperatorKind =
  | "in_match_op"
  | "when_op"
  | "type_op"
  | "pipe_op"
  | "assoc_op"
  | "capture_op"
  | "ellipsis_op"
  | "match_op"
  | "or_op"
  | "and_op"
  | "comp_op"
  | "rel_op"
  | "arrow_op"
  | "in_op"
  | "xor_op"
  | "ternary_op"
  | "concat_op"
  | "range_op"
  | "dual_op"
  | "mult_op"
  | "power_op"
  | "unary_op"
  | "at_op"
  | "stab_op";

export type Associativity = "left" | "right" | "none";

export interface OperatorInfo {
  readonly precedence: number;
  readonly associativity: Associativity;
  /** Whether it stands between two operands; `dual_op` and `ternary_op` may stand before one as well. */
  readonly binary: boolean;
  readonly symbols: readonly string[];
}

export const OPERATORS: Record<OperatorKind, OperatorInfo> = {
  stab_op: { precedence: 10, associativity: "right", binary: false, symbols: ["->"] },
  in_match_op: { precedence: 40, associativity: "left", binary: true, symbols: ["<-", "\\\\"] },
  when_op: { precedence: 50, associativity: "right", binary: true, symbols: ["when"] },
  type_op: { precedence: 60, associativity: "right", binary: true, symbols: ["::"] },
  pipe_op: { precedence: 70, associativity: "right", binary: true, symbols: ["|"] },
  assoc_op: { precedence: 80, associativity: "right", binary: false, symbols: ["=>"] },
  capture_op: { precedence: 90, associativity: "none", binary: false, symbols: ["&"] },
  ellipsis_op: { precedence: 90, associativity: "none", binary: false, symbols: ["..."] },
  match_op: { precedence: 100, associativity: "right", binary: true, symbols: ["="] },
  or_op: { precedence: 120, associativity: "left", binary: true, symbols: ["||", "|||", "or"] },
  and_op: { precedence: 130, associativity: "left", binary: true, symbols: ["&&", "&&&", "and"] },
  comp_op: {
    precedence: 140,
    associativity: "left",
    binary: true,
    symbols: ["==", "!=", "=~", "===", "!=="],
  },
  rel_op: { precedence: 150, associativity: "left", binary: true, symbols: ["<", ">", "<=", ">="] },
  arrow_op: {
    precedence: 160,
    associativity: "left",
    binary: true,
    symbols: ["|>", "<<<", ">>>", "<<~", "~>>", "<~", "~>", "<~>", "<|>"],
  },
  in_op: { precedence: 170, associativity: "left", binary: true, symbols: ["in", "not in"] },
  xor_op: { precedence: 180, associativity: "left", binary: true, symbols: ["^^^"] },
  ternary_op: { precedence: 190, associativity: "right", binary: true, symbols: ["//"] },
  concat_op: {
    precedence: 200,
    associativity: "right",
    binary: true,
    symbols: ["++", "--", "+++", "---", "<>"],
  },
  range_op: { precedence: 200, associativity: "right", binary: true, symbols: [".."] },
  dual_op: { precedence: 210, associativity: "left", binary: true, symbols: ["+", "-"] },
  mult_op: { precedence: 220, associativity: "left", binary: true, symbols: ["*", "/"] },
  power_op: { precedence: 230, associativity: "left", binary: true, symbols: ["**"] },
  unary_op: { precedence: 300, associativity: "none", binary: false, symbols: ["!", "^", "not", "~~~"] },
  at_op: { precedence: 320, associativity: "none", binary: false, symbols: ["@"] },
};

/** How the parser sees a binary operator: its own precedence, and the least that its right operand may have. */
export interface Binary {
  readonly precedence: number;
  readonly right: number;
}

export const BINARY: Map<string, Binary> = new Map();

export interface Symbol {
  readonly kind: OperatorKind;
  readonly text: string;
}

/** Operators of punctuation, by their text: a node for each character. */
export class SymbolNode {
  readonly next: (SymbolNode | undefined)[] = [];
  symbol: Symbol | null = null;
}

export const SYMBOLS = new SymbolNode();

for (const kind of Object.keys(OPERATORS) as OperatorKind[]) {
  const { precedence, associativity, binary, symbols } = OPERATORS[kind];
  if (binary)
    BINARY.set(kind, { precedence, right: associativity === "right" ? precedence : precedence + 1 });
  for (const text of symbols) {
    if (/^[a-z]/.test(text)) continue;
    let place = SYMBOLS;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      place = place.next[code] ??= new SymbolNode();
    }
    place.symbol = { kind, text };
  }
}

/** The longest operator at a place that `accept` takes. */
export function matchSymbol(source: string, at: number, accept: (symbol: Symbol) => boolean): Symbol | null {
  let found: Symbol | null = null;
  let place: SymbolNode | undefined = SYMBOLS;
  for (let i = at; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code > 126) break;
    place = place.next[code];
    if (place === undefined) break;
    if (place.symbol !== null && accept(place.symbol)) found = place.symbol;
  }
  return found;
}

const NOT_ATOMS: ReadonlySet<OperatorKind> = new Set(["assoc_op", "ternary_op", "type_op"]);
const NOT_CALLED: ReadonlySet<OperatorKind> = new Set([
  "assoc_op",
  "ternary_op",
  "stab_op",
  "range_op",
  "ellipsis_op",
]);

/** Whether `:` before the operator makes it an atom. */
export function isAtomSymbol(symbol: Symbol): boolean {
  return !NOT_ATOMS.has(symbol.kind);
}

/** Whether `.` before the operator makes it the name of a call, as in `Kernel.+(1, 2)`. */
export function isCalledSymbol(symbol: Symbol): boolean {
  return !NOT_CALLED.has(symbol.kind);
}
