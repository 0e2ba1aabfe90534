/**
 * Compiled patterns of `:re`. To the program one is data, as in Erlang: a tuple that holds the options and the
 * source; the host's regular expression made from them is kept in a cache.
 */
import {
  Atom,
  atom,
  Bitstring,
  badarg,
  chardataText,
  charlist,
  EMPTY,
  ERROR,
  iodataToBinary,
  listToArray,
  OK,
  type Raised,
  type Term,
  Tuple,
  text,
  tuple,
} from "../term/index.ts";
import { latin1Text } from "./erlang-text.ts";
import { fitsHost } from "./regex/fits.ts";
import { type HostExpression, hostExpression } from "./regex/host.ts";
import type { Program } from "./regex/instructions.ts";
import { PatternError, type PatternOptions, parse } from "./regex/parser.ts";
import { compileProgram } from "./regex/program.ts";
import type { Pattern } from "./regex/tree.ts";

const PATTERN = atom("re_pattern");

/** Compile options by the letter that stands for them in a compiled pattern. */
const OPTION_LETTERS: Record<string, [letter: string, field: keyof PatternOptions]> = {
  unicode: ["u", "unicode"],
  ucp: ["p", "ucp"],
  caseless: ["i", "caseless"],
  multiline: ["m", "multiline"],
  dotall: ["s", "dotall"],
  extended: ["x", "extended"],
  ungreedy: ["U", "ungreedy"],
  anchored: ["a", "anchored"],
  dollar_endonly: ["d", "dollarEndOnly"],
  no_auto_capture: ["n", "noAutoCapture"],
  firstline: ["f", "firstLine"],
  dupnames: ["J", "duplicateNames"],
  bsr_anycrlf: ["b", "bsrAnyCrlf"],
};
const IGNORED = new Set(["bsr_unicode", "no_start_optimize", "never_utf"]);
const NEWLINE_LETTERS: Record<string, PatternOptions["newline"]> = {
  l: "lf",
  r: "cr",
  c: "crlf",
  y: "any",
  Y: "anycrlf",
};

export interface Compiled {
  readonly pattern: Pattern;
  readonly options: PatternOptions;
  /** `null` where the host's expressions would match otherwise. */
  readonly host: HostForms | null;
  /** For our own matcher, made when first needed. */
  program: Program | null;
}

/** The host's expression, searching or at one place, with the places of groups or without; each made when first needed. */
export class HostForms {
  readonly expression: HostExpression;
  private readonly flags: string;
  private readonly made = new Map<string, RegExp>();

  constructor(expression: HostExpression, flags: string) {
    this.expression = expression;
    this.flags = flags;
    // What the host refuses is found out now.
    this.plain(false);
  }

  plain(anchored: boolean): RegExp {
    return this.form(anchored ? "y" : "g");
  }

  indexed(anchored: boolean): RegExp {
    return this.form(anchored ? "dy" : "dg");
  }

  private form(kind: string): RegExp {
    const known = this.made.get(kind);
    if (known !== undefined) return known;
    const form = new RegExp(this.expression.source, kind + this.flags);
    this.made.set(kind, form);
    return form;
  }
}

export function programOf(compiled: Compiled): Program {
  compiled.program ??= compileProgram(compiled.pattern);
  return compiled.program;
}

const cache = new Map<string, Compiled>();
const CACHE_SIZE = 500;

/** Compiles `letters/source`; throws `PatternError`. */
export function compileKey(key: string): Compiled {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const slash = key.indexOf("/");
  const letters = key.slice(0, slash);
  const options = { newline: "lf" } as PatternOptions;
  for (const [letter, field] of Object.values(OPTION_LETTERS))
    (options[field] as boolean) = letters.includes(letter);
  for (const [letter, newline] of Object.entries(NEWLINE_LETTERS))
    if (letters.includes(letter)) options.newline = newline;
  const source = key.slice(slash + 1);
  const pattern = parse(source, options);
  const host = !options.firstLine && fitsHost(pattern) ? hostForms(pattern) : null;
  const compiled: Compiled = { pattern, options, host, program: null };
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(key, compiled);
  return compiled;
}

function hostForms(pattern: Pattern): HostForms | null {
  try {
    return new HostForms(hostExpression(pattern), pattern.flags);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The key of a pattern in the cache, from its source and options; `null` when an option is unknown. */
function keyOf(source: string, settings: readonly Term[]): string | null {
  let letters = "";
  for (const setting of settings) {
    if (setting instanceof Atom && setting.name in OPTION_LETTERS) letters += OPTION_LETTERS[setting.name][0];
    else if (setting instanceof Tuple && setting.size === 2 && setting.at(0) === atom("newline")) {
      const found = Object.entries(NEWLINE_LETTERS).find(([, name]) => atom(name) === setting.at(1));
      if (found === undefined) return null;
      letters += found[0];
    } else if (!(setting instanceof Atom && IGNORED.has(setting.name))) return null;
  }
  return `${letters}/${source}`;
}

/** The text of a pattern: characters with `unicode`, bytes without. */
export function sourceText(term: Term, unicode: boolean): string | null {
  if (unicode) return chardataText(term);
  const bytes = iodataToBinary(term);
  return bytes === null ? null : bytesText(bytes);
}

export function bytesText(bits: Bitstring): string {
  return bits.isKnownAscii ? (bits.knownText as string) : latin1Text(bits.bytes);
}

export function compile(pattern: Term, options: Term = EMPTY): Term {
  const args = options === EMPTY ? [pattern] : [pattern, options];
  const settings = listToArray(options);
  const source = settings === null ? null : sourceText(pattern, settings.includes(atom("unicode")));
  const key = settings === null ? null : keyOf(source ?? "", settings);
  if (key !== null && source === null && pattern instanceof Bitstring && pattern.isBinary)
    return tuple(ERROR, tuple(charlist("invalid UTF-8 string"), 0));
  if (key === null || source === null) throw badarg("re", "compile", args);
  try {
    return tuple(OK, compiledTerm(key));
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return tuple(ERROR, tuple(charlist(error.message), bytePosition(source as string, error.position, key)));
  }
}

function compiledTerm(key: string): Term {
  const { pattern, options } = compileKey(key);
  return tuple(PATTERN, pattern.captures, options.unicode ? 1 : 0, 0, text(key));
}

/** Positions in errors count bytes. */
function bytePosition(source: string, position: number, key: string): number {
  const isUnicode = key.slice(0, key.indexOf("/")).includes("u");
  return isUnicode ? new TextEncoder().encode(source.slice(0, position)).length : position;
}

export function isCompiled(term: Term): term is Tuple {
  return term instanceof Tuple && term.size === 5 && term.at(0) === PATTERN;
}

export const COMPILE_ONLY = new Set([...Object.keys(OPTION_LETTERS), ...IGNORED]);
COMPILE_ONLY.delete("anchored");

/** The compiled pattern of an argument, taking its options out of those for matching. */
export function prepare(pattern: Term, settings: readonly Term[], fail: () => Raised): Compiled {
  if (isCompiled(pattern)) return compileKey((pattern.at(4) as Bitstring).text as string);
  const own = settings.filter((setting) =>
    setting instanceof Atom
      ? COMPILE_ONLY.has(setting.name)
      : setting instanceof Tuple && setting.at(0) === atom("newline"),
  );
  const source = sourceText(pattern, own.includes(atom("unicode")));
  const key = source === null ? null : keyOf(source, own);
  if (key === null) throw fail();
  try {
    return compileKey(key);
  } catch (error) {
    if (error instanceof PatternError) throw fail();
    throw error;
  }
}
