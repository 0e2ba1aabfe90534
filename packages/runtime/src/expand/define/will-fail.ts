/** What must fail, as Erlang's compiler sees it: builtins of known arguments, updates of what is no map, binaries of what does not fit. */
import {
  ARROW,
  BAR,
  BITS,
  BLOCK,
  CAPTURE,
  DO,
  FN,
  isCall,
  keywordGet,
  LEFT_ARROW,
  MAP,
  MATCH,
  metaGet,
  NO_PARENS,
  STRUCT,
  TUPLE,
  TYPE,
  WHEN,
} from "../../syntax/quoted.ts";
import { Atom, atom, TRUE } from "../../term/atom.ts";
import { Bitstring } from "../../term/bitstring.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import { TermMap } from "../../term/map.ts";
import { Float } from "../../term/number.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import type { Definition, Host } from "../host.ts";
import { answer, Constants } from "./constants.ts";
import { walk } from "./locals.ts";
import { COMPARISONS, keyOf, OPERATORS, PURE } from "./pure-calls.ts";
import type { Finding } from "./unreachable.ts";

const FOR = atom("for");
const INTO = atom("into");
const UNIQ = atom("uniq");
const ERLANG = atom("erlang");
/** Functions of `maps` that the compiler takes for builtins. */
const BUILTINS = new Map([
  ["maps:get/2", atom("map_get")],
  ["maps:is_key/2", atom("is_map_key")],
]);
export const NO_MODULE = "invalid module and/or function name; this call will always fail";
export const NO_FUN = "invalid function call";
export const NO_MAP = "map update will fail with a 'badmap' exception";
const BINARY = "binary construction will fail";

/** How the compiler evaluates calls of builtins. */
export function folding(host: Host) {
  return (module: Atom, name: Atom, args: readonly Term[]): Term | undefined => {
    const key = keyOf(module, name, args.length);
    const pure = PURE.has(key) || OPERATORS.has(key) || COMPARISONS.has(key) || /^is_\w+\/1$/.test(key);
    if (!pure || key.startsWith("maps:")) return undefined;
    const code = host.code(module, name, args.length);
    if (code === null) return undefined;
    const answered = answer(code, args);
    return "value" in answered ? answered.value : undefined;
  };
}

export function failingCall(
  host: Host,
  constants: Constants,
  form: Tuple3,
  [module, name]: readonly Term[],
  args: readonly Term[],
  ignored: boolean,
): Finding[] {
  const meta = form.b;
  if (name === undefined) return isNoFun(constants, module) ? [{ meta, message: NO_FUN }] : [];
  if (!(name instanceof Atom)) return [];
  if (!(module instanceof Atom)) {
    const known = constants.value(module);
    // Elixir asks of a map whether it has the key.
    const isModule = known === undefined || known instanceof Atom || known instanceof TermMap;
    const fails = !isModule && metaGet(meta, NO_PARENS) !== TRUE;
    return fails ? [{ meta, message: NO_MODULE }] : [];
  }
  const key = keyOf(module, name, args.length);
  if (key === "maps:put/3") return isNoMap(constants, args[2]) ? [{ meta, message: NO_MAP }] : [];
  const builtin = BUILTINS.get(key);
  const operator = OPERATORS.has(key);
  if (!(operator || builtin !== undefined || PURE.has(key)) || module.name === "lists") return [];
  const code = host.code(builtin === undefined ? module : ERLANG, builtin ?? name, args.length);
  if (code === null) return [];
  // What is negated is each of the values that it may have, unless nobody sees what comes of it.
  const given = key === "not/1" && !ignored ? constants.results(args[0]).map((one) => [one]) : [args];
  for (const forms of given) {
    const values = forms.map((form) => constants.value(form));
    if (values.includes(undefined)) continue;
    const answered = answer(code, values as Term[]);
    if (!("reason" in answered)) continue;
    const called = builtin === undefined ? key : keyOf(ERLANG, builtin, args.length);
    const what = operator
      ? `evaluation of operator ${called.replace(/^(.*)(?=\/\d$)/, "'$1'")}`
      : `the call to ${called}`;
    const reason = answered.reason instanceof Atom ? answered.reason.name : written(answered.reason);
    return [{ meta, message: `${what} will fail with a '${reason}' exception` }];
  }
  return [];
}

/** `%{map | key: value}`. */
export function failingUpdate(constants: Constants, [first]: readonly Term[]): Finding[] {
  if (!(first instanceof Tuple3) || first.a !== BAR) return [];
  const [map] = listToArray(first.c) as Term[];
  return isNoMap(constants, map) ? [{ meta: first.b, message: NO_MAP }] : [];
}

function isNoMap(constants: Constants, form: Term): boolean {
  const known = constants.value(form);
  return known !== undefined && !(known instanceof TermMap);
}

export function isNoFun(constants: Constants, form: Term): boolean {
  if (form instanceof Tuple3 && form.a === BLOCK)
    return isNoFun(constants, listToArray(form.c)?.at(-1) ?? form);
  // Called by its name, an atom is a function of the module.
  if (form instanceof Atom) return false;
  if (isCall(form, MAP) || isCall(form, STRUCT)) return constants.value(form) !== undefined;
  if (form instanceof Tuple3 && (form.a === FN || form.a === CAPTURE)) return false;
  return isData(form) || constants.value(form) !== undefined;
}

/** Lists, tuples and the like, whatever is in them. */
function isData(form: Term): boolean {
  return (
    form instanceof Cons ||
    form instanceof Tuple2 ||
    (form instanceof Tuple3 && (form.a === TUPLE || form.a === MAP || form.a === STRUCT))
  );
}

const UNICODE = new Set(["utf8", "utf16", "utf32"]);
const NUMERIC = new Set(["integer", "float", ...UNICODE]);

/** Whether a segment is of a wrong type. */
export function isMismatched(constants: Constants, segments: readonly Term[]): boolean {
  return readSegments(segments).some((segment) => mismatches(constants, segment));
}

export function failingBinary(constants: Constants, meta: Term, segments: readonly Term[]): Finding[] {
  const failing = (why: string): Finding[] => [{ meta, message: `${BINARY} ${why}` }];
  const known = readSegments(segments);
  if (isMismatched(constants, segments)) return [];
  for (const { value, type, size } of known) {
    const point = UNICODE.has(type) ? constants.value(value) : undefined;
    if (typeof point === "number" && (point < 0 || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)))
      return failing("with a 'badarg' exception (invalid Unicode code point in a utf8/utf16/utf32 segment)");
    const bits = size === null ? undefined : constants.value(size);
    if (bits !== undefined && !isSize(bits)) return failing("because the size of a segment is invalid");
  }
  return [];
}

/** Binaries whose segments are of the wrong types for certain: the compiler sees that before it asks what is ever tried. */
export function mismatchedBinaries({ clauses }: Definition): Finding[] {
  const literals = new Constants(() => undefined);
  const found: Finding[] = [];
  const early = (meta: Term) =>
    found.push({ meta, message: `${BINARY} because of a type mismatch`, early: true });
  walk(list(clauses.flatMap(({ guards, body }) => [...guards, body])), ({ a: name, b: meta, c }) => {
    const args = listToArray(c) ?? [];
    if (name === BITS && isMismatched(literals, args)) early(meta);
    if (name === FOR && makesNoBinary(args.slice(0, -1), args.at(-1) as Term)) early(meta);
    if (args.length !== 2 || (name !== MATCH && name !== LEFT_ARROW && name !== ARROW)) return null;
    const heads = name === ARROW ? (listToArray(args[0]) ?? []) : [args[0]];
    return [...heads.flatMap((head) => (isCall(head, WHEN) ? guardOf(head) : [])), args[1]];
  });
  return found;
}

const guardOf = (head: Term): Term[] => (listToArray((head as Tuple3).c) ?? []).slice(-1);

/** What `for <<…>>, into: ""` makes binaries of, where it sees that it is none. */
function makesNoBinary(steps: readonly Term[], options: Term): boolean {
  const given = keywordGet(options, INTO);
  const isBits = given instanceof Bitstring && given.bitLength === 0;
  const isErlangs =
    isBits && keywordGet(options, UNIQ) !== TRUE && !steps.some((step) => isCall(step, LEFT_ARROW));
  const body = keywordGet(options, DO) as Term;
  const isTuple = body instanceof Tuple2 || isCall(body, TUPLE);
  return isErlangs && (isTuple || body instanceof Atom || body instanceof Cons || body === EMPTY);
}

interface Segment {
  readonly value: Term;
  readonly type: string;
  readonly size: Term | null;
}

/** None of a generator, which builds nothing. */
function readSegments(forms: readonly Term[]): Segment[] {
  const read = forms.map(readSegment);
  return read.includes(null) ? [] : (read as Segment[]);
}

function readSegment(form: Term): Segment | null {
  if (!(form instanceof Tuple3) || form.a !== TYPE) return null;
  const [value, spec] = listToArray(form.c) as Term[];
  let type = "integer";
  let size: Term | null = null;
  const stack: Term[] = [spec];
  while (stack.length > 0) {
    const one = stack.pop();
    if (!(one instanceof Tuple3 && one.a instanceof Atom)) continue;
    const args = listToArray(one.c) ?? [];
    if (one.a.name === "-") stack.push(...args);
    else if (one.a.name === "size") size = args[0];
    else if (NUMERIC.has(one.a.name) || ["binary", "bitstring"].includes(one.a.name)) type = one.a.name;
  }
  return { value, type, size };
}

/** What is seen before values of variables are known. */
function mismatches(constants: Constants, { value, type, size }: Segment): boolean {
  const literal = constants.value(value, false);
  if (isData(value) && (literal !== undefined || !(value instanceof Tuple3 && value.a !== TUPLE)))
    return true;
  if (literal !== undefined && !(literal instanceof Bitstring)) {
    const number = typeof literal === "number" || typeof literal === "bigint" || literal instanceof Float;
    if (!(number && NUMERIC.has(type))) return true;
  }
  const bits = size === null ? undefined : constants.value(size, false);
  return bits !== undefined && !isSize(bits);
}

function isSize(bits: Term): boolean {
  return (typeof bits === "number" && bits >= 0) || typeof bits === "bigint";
}

/** A term as `~p` of Erlang writes it, on one line. */
function written(term: Term): string {
  if (term instanceof Atom) return /^[a-z][\w@]*$/.test(term.name) ? term.name : `'${term.name}'`;
  if (term instanceof Bitstring) return `<<"${term.text ?? ""}">>`;
  if (term instanceof Float) return Number.isInteger(term.value) ? term.value.toFixed(1) : String(term.value);
  if (term === EMPTY) return "[]";
  if (term instanceof Cons) {
    const items = listToArray(term) ?? [];
    return items.every((item) => typeof item === "number" && item >= 32 && item < 127)
      ? `"${String.fromCharCode(...(items as number[]))}"`
      : `[${items.map(written).join(",")}]`;
  }
  if (term instanceof TermMap) return "#{}";
  return typeof term === "object" ? `{${(term as Tuple3).toArray().map(written).join(",")}}` : String(term);
}
