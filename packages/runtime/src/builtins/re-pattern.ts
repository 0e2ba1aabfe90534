/**
 * Compiled patterns of `:re`. To the program one is data, as in Erlang: a tuple that holds the options and the
 * source; the host's regular expression made from them is kept in a cache.
 */
import {
  Atom,
  atom,
  type Bitstring,
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
import { PatternError, type PatternOptions, type Translated, translate } from "./regex-translate.ts";

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
};
const IGNORED = new Set(["bsr_anycrlf", "bsr_unicode", "no_start_optimize", "never_utf"]);
const NEWLINE_LETTERS: Record<string, PatternOptions["newline"]> = {
  l: "lf",
  r: "cr",
  c: "crlf",
  y: "any",
  Y: "anycrlf",
};

export interface Compiled {
  readonly translated: Translated;
  readonly options: PatternOptions;
  readonly search: RegExp;
  readonly anchored: RegExp;
  /** With the places of groups, made when first asked for. */
  indexed: RegExp | null;
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
  const translated = translate(source, options);
  let search: RegExp;
  try {
    search = new RegExp(translated.source, `g${translated.flags}`);
  } catch (error) {
    throw new PatternError(`not supported here: ${(error as Error).message}`, 0);
  }
  const anchored = new RegExp(translated.source, `y${translated.flags}`);
  const compiled: Compiled = {
    translated,
    options,
    search: options.anchored ? anchored : search,
    anchored,
    indexed: null,
  };
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(key, compiled);
  return compiled;
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
  const key = source === null || settings === null ? null : keyOf(source, settings);
  if (key === null) throw badarg("re", "compile", args);
  try {
    return tuple(OK, compiledTerm(key));
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return tuple(ERROR, tuple(charlist(error.message), bytePosition(source as string, error.position, key)));
  }
}

function compiledTerm(key: string): Term {
  const { translated, options } = compileKey(key);
  return tuple(PATTERN, translated.groups.length - 1, options.unicode ? 1 : 0, 0, text(key));
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
