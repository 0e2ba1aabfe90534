/**
 * The tokens of a program, as far as they have to be told apart to change one: their texts joined are the program again. Brackets,
 * and `fn` and `do` with their `end`, nest; what they hold is found by counting them.
 */

const KINDS = {
  comment: /#[^\n]*/,
  text: /"""[\s\S]*?"""|"(?:[^"\\]|\\.)*"/,
  sigil:
    /~[a-zA-Z]+(?:\((?:[^)\\]|\\.)*\)|\[(?:[^\]\\]|\\.)*\]|\{(?:[^}\\]|\\.)*\}|"(?:[^"\\]|\\.)*"|\/(?:[^/\\]|\\.)*\/|\|[^|]*\|)[a-zA-Z]*/,
  number: /\b\d[\d_]*\.\d[\d_]*(?:e[+-]?\d+)?|\b0x[\da-fA-F]+|\b\d[\d_]*|\?(?:\\.|[^\s])/,
  /** `Module.function`, `:module.function`. */
  remote: /(?:[A-Z]\w*(?:\.[A-Z]\w*)*|:[a-z_]\w*)\.[a-z_]\w*[?!]?/,
  alias: /[A-Z]\w*(?:\.[A-Z]\w*)*/,
  atom: /:[a-z_]\w*[?!]?/,
  key: /[a-z_]\w*[?!]?:(?=\s)/,
  word: /[a-z_]\w*[?!]?/,
  place: /&\d+/,
  operator: /\+\+|--|<>|<<|>>|===|!==|==|!=|<=|>=|&&|\|\||\|>|->|<-|=>|\.\.|[-+*/<>=|^]/,
  blank: /\s+/,
  other: /[\s\S]/,
} as const;

export type Kind = keyof typeof KINDS;

export interface Token {
  readonly kind: Kind;
  readonly text: string;
}

/** Tokens from `start`, up to but not including `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const TOKEN = new RegExp(
  Object.entries(KINDS)
    .map(([kind, pattern]) => `(?<${kind}>${pattern.source})`)
    .join("|"),
  "g",
);

export function tokens(code: string): Token[] {
  return Array.from(code.matchAll(TOKEN), ({ groups }) => {
    const [kind, text] = Object.entries(groups!).find(([, text]) => text !== undefined)!;
    return { kind: kind as Kind, text };
  });
}

export function textOf(
  parts: readonly Token[],
  { start, end }: Span = { start: 0, end: parts.length },
): string {
  return parts
    .slice(start, end)
    .map(({ text }) => text)
    .join("");
}

/** The program with another text where the span is. */
export function replaced(parts: readonly Token[], span: Span, text: string): string {
  return (
    textOf(parts, { start: 0, end: span.start }) +
    text +
    textOf(parts, { start: span.end, end: parts.length })
  );
}

const OPENING = new Set(["(", "[", "{", "<<", "fn", "do"]);
const CLOSING = new Set([")", "]", "}", ">>", "end"]);

/** Where what opens at `open` has closed; -1 where it never does. */
export function closed(parts: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < parts.length; i++) {
    if (OPENING.has(parts[i].text)) depth++;
    else if (CLOSING.has(parts[i].text) && --depth === 0) return i + 1;
  }
  return -1;
}

/** What stands between the commas of the bracket that opens at `open`, without blanks around it. */
export function elements(parts: readonly Token[], open: number): Span[] {
  const end = closed(parts, open) - 1;
  const found: Span[] = [];
  let depth = 0;
  let start = open + 1;
  for (let i = open + 1; i <= end; i++) {
    const { text } = parts[i];
    if (i === end || (text === "," && depth === 0)) {
      found.push(trimmed(parts, { start, end: i }));
      start = i + 1;
    } else if (OPENING.has(text)) depth++;
    else if (CLOSING.has(text)) depth--;
  }
  return found.filter(({ start, end }) => start < end);
}

function trimmed(parts: readonly Token[], { start, end }: Span): Span {
  while (start < end && parts[start].kind === "blank") start++;
  while (end > start && parts[end - 1].kind === "blank") end--;
  return { start, end };
}

const WORDS_OF_THE_LANGUAGE = new Set(
  (
    "do end fn case cond if unless with for try rescue catch after else receive def defp defmodule defmacro defmacrop " +
    "defstruct defexception defprotocol defimpl defdelegate defguard use import require alias quote unquote when and or " +
    "not in raise throw reraise super _"
  ).split(" "),
);

/** The parts of a program that have a value, or could: literals, names, collections, calls, functions. */
export function expressions(parts: readonly Token[]): Span[] {
  return parts.flatMap(({ kind, text }, i): Span[] => {
    const called = parts[i + 1]?.text === "(";
    if (kind === "word" && WORDS_OF_THE_LANGUAGE.has(text) && text !== "fn") return [];
    if (called && (kind === "word" || kind === "remote")) return whole(i, closed(parts, i + 1));
    if (["text", "sigil", "number", "atom", "place"].includes(kind)) return [{ start: i, end: i + 1 }];
    if (kind === "word" && text !== "fn" && parts[i - 1]?.text !== ".") return [{ start: i, end: i + 1 }];
    if (text === "%") {
      const open = parts[i + 1]?.kind === "alias" ? i + 2 : i + 1;
      return parts[open]?.text === "{" ? whole(i, closed(parts, open)) : [];
    }
    if (["[", "{", "<<", "fn"].includes(text) && !/[%\w]$/.test(parts[i - 1]?.text ?? ""))
      return whole(i, closed(parts, i));
    return [];
  });
}

function whole(start: number, end: number): Span[] {
  return end < 0 ? [] : [{ start, end }];
}

/** Names that are no word of the language and are not called. */
export function isVariable(parts: readonly Token[], i: number): boolean {
  const { kind, text } = parts[i];
  return (
    kind === "word" &&
    !WORDS_OF_THE_LANGUAGE.has(text) &&
    parts[i + 1]?.text !== "(" &&
    parts[i - 1]?.text !== "." &&
    parts[i - 1]?.text !== "@"
  );
}
