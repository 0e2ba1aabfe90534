/**
 * `quote` and escaping: turning a form into a form that builds it.
 *
 * `quote` adds hygiene: variables get the quoting module as context, calls the imports and aliases the modules in force
 * where they are quoted. Escaping adds nothing and takes any term. `linify` is the other end: it gives the
 * result of a macro the caller's line and a counter, so that variables of two expansions differ.
 */
import type { Task } from "../process/task.ts";
import { AMBIGUOUS_OP, metaDelete, metaGet, remoteCall } from "../syntax/quoted.ts";
import { Atom, atom, FALSE, NIL, TRUE } from "../term/atom.ts";
import { Bitstring, binary } from "../term/bitstring.ts";
import { compareTerms } from "../term/compare.ts";
import { Fun } from "../term/fun.ts";
import { Pid, Reference } from "../term/identifier.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import { mapEntries, TermMap } from "../term/map.ts";
import { Float } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Tuple, Tuple2, Tuple3 } from "../term/tuple.ts";
import { expandAlias } from "./alias.ts";
import { metaPrepend, metaStore } from "./env.ts";
import { argumentError, fileError, inspect, type Place } from "./errors.ts";
import type { Host } from "./host.ts";
import { ambiguous, findImport, importsByName } from "./imports.ts";
import { Constant } from "./scope.ts";
import { isMeta, unquotedDot } from "./unquotes.ts";

const QUOTE = atom("quote");
const UNQUOTE = atom("unquote");
const SPLICING = atom("unquote_splicing");
const ALIASES = atom("__aliases__");
const ALIAS = atom("alias");
const CONTEXT = atom("context");
const COUNTER = atom("counter");
const COLUMN = atom("column");
const LINE = atom("line");
const KEEP = atom("keep");
const GENERATED = atom("generated");
const IMPORTS = atom("imports");
const NO_PARENS = atom("no_parens");
const DELIMITER = atom("delimiter");
const ELIXIR = atom("Elixir");
const DOT = atom(".");
const BAR = atom("|");
const TUPLE = atom("{}");
const MAP = atom("%{}");
const CAPTURE = atom("&");
const SLASH = atom("/");
const WHEN = atom("when");
const ERLANG = atom("erlang");
export const QUOTE_MODULE = atom("elixir_quote");

const DEFINERS = new Set(["def", "defp", "defmacro", "defmacrop", "@"].map(atom));
const LEXICAL = new Set(["import", "alias", "require"].map(atom));

/** How to quote. */
export interface Quoting {
  /** `quote` adds context and hygiene; `prune_metadata` and `none` escape. */
  readonly op: "add_context" | "prune_metadata" | "none";
  /** `true` keeps lines, `false` drops them, a form replaces them. */
  readonly line: Term;
  /** With `location: :keep`, the file; else `nil`. */
  readonly file: Term;
  readonly context: Term;
  /** Whose aliases and imports to note; `null` when escaping. */
  readonly hygiene: Place | null;
  readonly unquote: boolean;
  readonly generated: boolean;
  /** Whether unquoted values are checked at run time. */
  readonly validate: boolean;
}

/** A value that has no quoted form; the owner of `inspect` words it. */
export class Unescapable extends Error {
  readonly value: Term;
  /** The map with a reference in it, if that is what is wrong. */
  readonly within: TermMap | null;

  constructor(value: Term, within: TermMap | null = null) {
    super("value without a quoted form");
    this.value = value;
    this.within = within;
  }
}

/** The form that evaluates to the term. Mirrors `Macro.escape/2`. */
export function escape(term: Term, op: "prune_metadata" | "none", unquote: boolean): Term {
  const how = { op, line: TRUE, file: NIL, context: NIL, hygiene: null, unquote };
  return quoteWhole(term, { ...how, generated: false, validate: false });
}

/** Levels of nested forms that are quoted on one JavaScript stack. */
const LEVELS_PER_STACK = 200;

/** Stands for a form nested deeper, until it has been quoted too. */
class Hole extends Reference {
  readonly form: Term;
  readonly q: Quoting;
  value: Term | undefined = undefined;

  constructor(form: Term, q: Quoting) {
    super(-1, 0);
    this.form = form;
    this.q = q;
  }
}

let depth = 0;
let holes: Hole[] = [];

function quoteWhole(form: Term, q: Quoting): Term {
  depth = 0;
  holes = [];
  const whole = { head: quoteForm(form, q) };
  if (holes.length === 0) return whole.head;
  // The loop reaches the holes that filling others makes.
  for (const hole of holes) {
    depth = 0;
    hole.value = quoteForm(hole.form, hole.q);
  }
  fillHoles(whole);
  return whole.head;
}

/** What is built here is not shared yet, so the holes in it are filled in place. */
function fillHoles(whole: { head: Term }): void {
  const parts: unknown[] = [whole];
  while (parts.length > 0) {
    const part = parts.pop();
    if (!(part instanceof Tuple || part instanceof Cons || part === whole)) continue;
    const fields = part as unknown as Record<string, unknown>;
    for (const [name, value] of Object.entries(fields)) {
      if (value instanceof Hole) fields[name] = value.value;
      parts.push(fields[name]);
    }
  }
}

const SUPPORTED =
  "The supported values are: lists, tuples, maps, atoms, numbers, bitstrings, PIDs and remote functions in the " +
  "format &Mod.fun/arity";

/** `escape`, raising `ArgumentError` for what has no quoted form. */
export function* escaped(
  at: { readonly host: Host },
  term: Term,
  op: "prune_metadata" | "none",
  unquote: boolean,
): Task<Term> {
  try {
    return escape(term, op, unquote);
  } catch (error) {
    if (!(error instanceof Unescapable)) throw error;
    const shown = yield* inspect(at, error.value);
    if (error.within === null) throw argumentError(`cannot escape ${shown}. ${SUPPORTED}`);
    throw argumentError(
      `${yield* inspect(at, error.within)} contains a reference (${shown}) and therefore it cannot be escaped ` +
        `(it must be defined within a function instead). ${SUPPORTED}`,
    );
  }
}

export function quote(form: Term, how: Quoting): Term {
  if (how.unquote && isUnary(form, SPLICING)) {
    throw argumentError(
      "unquote_splicing only works inside arguments and block contexts, " +
        "wrap it in parens if you want it to work with one-liners",
    );
  }
  return quoteWhole(form, how);
}

function isUnary(form: Term, name: Atom): form is Tuple3 {
  return form instanceof Tuple3 && form.a === name && form.c instanceof Cons && form.c.tail === EMPTY;
}

function quoteForm(form: Term, q: Quoting): Term {
  if (!(form instanceof Tuple || form instanceof Cons)) return quoteNode(form, q);
  if (depth >= LEVELS_PER_STACK) {
    const hole = new Hole(form, q);
    holes.push(hole);
    return hole;
  }
  depth++;
  const quoted = quoteNode(form, q);
  depth--;
  return quoted;
}

function quoteNode(form: Term, q: Quoting): Term {
  if (form instanceof Tuple3) return quoteTriple(form, q);
  if (form instanceof Tuple2) {
    if (q.unquote && (isSplicing(form.a) || isSplicing(form.b))) {
      return quoteForm(new Tuple3(TUPLE, EMPTY, list([form.a, form.b])), q);
    }
    return new Tuple2(quoteForm(form.a, q), quoteForm(form.b, q));
  }
  if (q.op !== "add_context") return escapeTerm(form, q);
  return form instanceof Cons ? quoteList(form, q) : form;
}

function isSplicing(form: Term): boolean {
  return form instanceof Tuple && form.size > 0 && form.at(0) === SPLICING;
}

function quoteTriple(form: Tuple3, q: Quoting): Term {
  const { a: name, b: meta, c: args } = form;
  if (isMeta(meta)) {
    if (name === QUOTE && args instanceof Cons) {
      const quoted = quoteNested(meta, args, q);
      if (quoted !== null) return quoted;
    }
    if (q.unquote && isUnary(form, UNQUOTE)) {
      const value = (args as Cons).head;
      return q.validate ? remoteCall(QUOTE_MODULE, "shallow_validate_ast", meta, [value]) : value;
    }
    if (q.hygiene !== null && name === ALIASES && args instanceof Cons) {
      const first = args.head;
      if (first instanceof Atom && first !== ELIXIR) {
        const module = expandAlias(meta, listToArray(args) as Term[], q.hygiene.env);
        const annotated = metaStore(
          metaDelete(meta, COUNTER),
          ALIAS,
          module instanceof Atom ? module : FALSE,
        );
        return triple(ALIASES, annotated, args, q);
      }
    }
    if (q.op === "add_context" && args === NIL && name instanceof Atom) {
      const annotated = q.hygiene === null ? meta : importMeta(meta, name, 0, q, q.hygiene);
      return built([name, metaOf(annotated, q), q.context]);
    }
  }
  if (q.unquote) {
    const dotted = quoteDotUnquote(form, q);
    if (dotted !== null) return dotted;
  }
  if (q.hygiene !== null && isMeta(meta)) {
    const captured = capturedImport(form, q, q.hygiene);
    if (captured !== null) return triple(CAPTURE, captured, args, q);
    if (name instanceof Atom && (isMeta(args) || args instanceof Atom)) {
      const arity = args instanceof Atom ? 0 : (listToArray(args)?.length ?? 0);
      const annotated = annotate(
        new Tuple3(name, importMeta(meta, name, arity, q, q.hygiene), args),
        q.context,
      );
      return triple(annotated.a, annotated.b, annotated.c, q);
    }
  }
  if (q.op !== "add_context") return escapeTerm(form, q);
  const annotated = annotate(form, q.context);
  return triple(annotated.a, annotated.b, annotated.c, q);
}

/** A `quote` within: its unquotes are its own. */
function quoteNested(meta: Term, args: Cons, q: Quoting): Term | null {
  const parts = listToArray(args) ?? [];
  if (parts.length > 2) return null;
  const inner = { ...q, unquote: false };
  const annotated = q.op === "add_context" ? metaStore(meta, CONTEXT, q.context) : meta;
  const quoted = parts.length === 1 ? [] : [quoteForm(parts[0], q)];
  quoted.push(quoteForm(parts[parts.length - 1], inner));
  return built([QUOTE, metaOf(annotated, q), list(quoted)]);
}

/** `left.unquote(name)` with and without arguments: what the call becomes is known at run time only. */
function quoteDotUnquote(form: Tuple3, q: Quoting): Term | null {
  const inner = unquotedDot(form.a instanceof Tuple3 ? form.a : null);
  if (inner !== null) return dotCall(inner, form.c, q);
  const outer = unquotedDot(form);
  return outer === null ? null : dotCall(outer, NIL, q);
}

function dotCall(
  { meta, left, value }: { meta: Term; left: Term; value: Term },
  args: Term,
  q: Quoting,
): Term {
  const parts = [left, new Tuple3(UNQUOTE, meta, list([value])), args, q.context].map((part) =>
    quoteForm(part, q),
  );
  return remoteCall(QUOTE_MODULE, "dot", meta, [metaOf(meta, q), ...parts]);
}

/** `&fun/arity` of an imported function: the metadata that remembers the import. */
function capturedImport(form: Tuple3, q: Quoting, hygiene: Place): Term | null {
  if (form.a !== CAPTURE) return null;
  const [slash] = listToArray(form.c) ?? [];
  if (!(slash instanceof Tuple3) || slash.a !== SLASH) return null;
  const [named, arity] = listToArray(slash.c) ?? [];
  if (!(named instanceof Tuple3) || !(named.a instanceof Atom) || !(named.c instanceof Atom)) return null;
  if (typeof arity !== "number") return null;
  const found = findImport(form.b, named.a, arity, hygiene.env);
  if (found?.kind === "ambiguous") throw fileError(hygiene, form.b, ambiguous(named.a, arity, found.modules));
  if (found === null || found.kind === "quoted") return form.b;
  hygiene.env.tracker?.useImport(found.module, named.a, arity);
  return metaStore(metaStore(form.b, IMPORTS, list([new Tuple2(arity, found.module)])), CONTEXT, q.context);
}

function importMeta(meta: Term, name: Atom, arity: number, q: Quoting, hygiene: Place): Term {
  if (metaGet(meta, IMPORTS) === undefined) {
    const imports = importsByName(hygiene, meta, name);
    if (imports !== EMPTY) return metaStore(metaStore(meta, CONTEXT, q.context), IMPORTS, imports);
  }
  return arity === 1 && metaGet(meta, AMBIGUOUS_OP) === NIL ? metaStore(meta, AMBIGUOUS_OP, q.context) : meta;
}

function triple(left: Term, meta: Term, right: Term, q: Quoting): Term {
  return built([quoteForm(left, q), metaOf(meta, q), quoteForm(right, q)]);
}

/** The form `{a, b, …}`. */
function built(parts: readonly Term[]): Term {
  return new Tuple3(TUPLE, EMPTY, list(parts));
}

function metaOf(meta: Term, q: Quoting): Term {
  let result = metaGet(meta, COLUMN) === undefined ? meta : metaDelete(meta, COLUMN);
  if (q.file === NIL) {
    if (q.line === FALSE) result = metaDelete(result, LINE);
    else if (q.line !== TRUE) result = metaStore(result, LINE, q.line);
  } else {
    const at = q.line === TRUE ? (metaGet(result, LINE) ?? 0) : q.line === FALSE ? 0 : q.line;
    result = metaPrepend(metaDelete(result, LINE), KEEP, new Tuple2(q.file, at));
  }
  return q.generated ? metaPrepend(result, GENERATED, TRUE) : result;
}

function quoteList(form: Cons, q: Quoting): Term {
  const items: Term[] = [];
  let rest: Term = form;
  while (rest instanceof Cons) {
    items.push(rest.head);
    rest = rest.tail;
  }
  if (rest !== EMPTY) return quoteImproper(items, rest, q);
  if (!q.unquote) return list(items.map((item) => quoteForm(item, q)));
  const last = items[items.length - 1];
  if (last instanceof Tuple3 && last.a === BAR) {
    const [head, tail] = listToArray(last.c) ?? [];
    if (head !== undefined && tail !== undefined && isUnary(head, SPLICING)) {
      const before = quoteSpliced(items.slice(0, -1), q);
      const spliced = (head.c as Cons).head;
      return remoteCall(QUOTE_MODULE, "tail_list", last.b, [spliced, quoteForm(tail, q), before]);
    }
  }
  return quoteSpliced(items, q);
}

/** Only when escaping: the parser makes no improper lists. */
function quoteImproper(items: readonly Term[], rest: Term, q: Quoting): Term {
  const quoted = q.unquote
    ? (listToArray(quoteSpliced(items, q)) ?? [])
    : items.map((item) => quoteForm(item, q));
  const last = quoted.pop() as Term;
  return list([...quoted, new Tuple3(BAR, EMPTY, list([last, quoteForm(rest, q)]))]);
}

function quoteSpliced(items: readonly Term[], q: Quoting): Term {
  let after: Term = EMPTY;
  let pending: Term[] = [];
  const joined = (): Term => {
    if (pending.length === 0) return after;
    const front = list(pending.reverse());
    return after === EMPTY ? front : remoteCall(ERLANG, "++", EMPTY, [front, after]);
  };
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i];
    if (isUnary(item, SPLICING)) {
      after = remoteCall(QUOTE_MODULE, "list", item.b, [(item.c as Cons).head, joined()]);
      pending = [];
    } else pending.push(quoteForm(item, q));
  }
  return joined();
}

function escapeTerm(term: Term, q: Quoting): Term {
  if (term instanceof Tuple3 && q.op === "prune_metadata" && isMeta(term.b)) {
    const kept = (listToArray(term.b) ?? []).filter(
      (entry) =>
        entry instanceof Tuple2 && (entry.a === NO_PARENS || entry.a === LINE || entry.a === DELIMITER),
    );
    return built([quoteForm(term.a, q), list(kept), quoteForm(term.c, q)]);
  }
  if (term instanceof Tuple) {
    return new Tuple3(TUPLE, EMPTY, quoteForm(list(term.toArray()), q));
  }
  if (term instanceof Cons) return quoteList(term, q);
  if (term instanceof Bitstring) return escapeBits(term);
  if (term instanceof TermMap) {
    const sorted = mapEntries(term).sort(([a], [b]) => compareTerms(a, b));
    const pairs = sorted.map(([key, value]) => {
      if (value instanceof Reference) throw new Unescapable(value, term);
      return new Tuple2(quoteForm(key, q), quoteForm(value, q));
    });
    return new Tuple3(MAP, EMPTY, list(pairs));
  }
  if (term instanceof Fun) {
    if (term.info.index !== -1) throw new Unescapable(term);
    return capturedFunction(term);
  }
  if (term === EMPTY || term instanceof Atom || term instanceof Float || term instanceof Pid) return term;
  if (typeof term === "number" || typeof term === "bigint") return term;
  throw new Unescapable(term);
}

/** `&Mod.fun/arity`. */
export function capturedFunction({ info }: Fun): Term {
  const dot = new Tuple3(DOT, EMPTY, list([info.module, info.name]));
  const called = new Tuple3(dot, list([new Tuple2(NO_PARENS, TRUE)]), EMPTY);
  return new Tuple3(CAPTURE, EMPTY, list([new Tuple3(SLASH, EMPTY, list([called, info.arity]))]));
}

/** Bits that are not whole bytes: the odd ones come first. */
function escapeBits(bits: Bitstring): Term {
  if (bits.isBinary) return bits;
  const odd = bits.bitLength % 8;
  const source = bits.bytes;
  const whole = new Uint8Array(Math.floor(bits.bitLength / 8));
  for (let i = 0; i < whole.length; i++) {
    whole[i] = ((source[i] << odd) | (source[i + 1] >> (8 - odd))) & 0xff;
  }
  const segment = (value: Term, type: Term): Term => new Tuple3(atom("::"), EMPTY, list([value, type]));
  return new Tuple3(
    atom("<<>>"),
    EMPTY,
    list([
      segment(source[0] >> (8 - odd), new Tuple3(atom("size"), EMPTY, list([odd]))),
      segment(binary(whole), new Tuple3(atom("binary"), EMPTY, NIL)),
    ]),
  );
}

/** Notes the quoting context on what defines or imports, and drops counters, which the next expansion gives anew. */
export function annotate(form: Tuple3, context: Term): Tuple3 {
  const { a: name, b: meta, c: args } = form;
  if (!(args instanceof Cons)) return form;
  const dotted =
    name instanceof Tuple3 && name.a === DOT && name.c instanceof Cons && name.c.tail instanceof Cons
      ? name.c.tail.head
      : name;
  if (dotted instanceof Atom && DEFINERS.has(dotted)) {
    return new Tuple3(name, meta, new Cons(annotateDefinition(args.head, context), args.tail));
  }
  if (name instanceof Atom && LEXICAL.has(name) && isMeta(meta)) {
    return new Tuple3(name, metaStore(metaDelete(meta, COUNTER), CONTEXT, context), args);
  }
  return form;
}

function annotateDefinition(form: Term, context: Term): Term {
  if (!(form instanceof Tuple3) || !isMeta(form.b)) return form;
  if (form.a === WHEN) {
    const [left, ...right] = listToArray(form.c) ?? [];
    return new Tuple3(WHEN, form.b, list([annotateDefinition(left, context), ...right]));
  }
  return new Tuple3(form.a, metaStore(form.b, CONTEXT, context), form.c);
}

/** Whether a value can stand in a form, looking at its top only. */
export function isShallowForm(term: Term): boolean {
  if (term instanceof Cons || term === EMPTY)
    return (listToArray(term) ?? [null]).every((item) => item !== null && isFormElement(item));
  return isFormElement(term);
}

/** An element of a list of forms; in turn, a list there may be of anything. */
export function isFormElement(term: Term): boolean {
  if (term instanceof Tuple2) return isFormElement(term.a) && isFormElement(term.b);
  if (term instanceof Tuple3) {
    if (!isMeta(term.b)) return false;
    if (term.a instanceof Atom) return term.c instanceof Atom || isMeta(term.c);
    return isMeta(term.c) && isShallowForm(term.a);
  }
  if (term instanceof Bitstring) return term.isBinary;
  return !(
    term instanceof Tuple ||
    term instanceof TermMap ||
    (term instanceof Reference && !(term instanceof Constant))
  );
}
