/**
 * Calls of Erlang's that the compiler knows to do nothing but give a value: those whose value nobody sees, as Erlang's compiler
 * tells them, and those of literals that must fail.
 */
import { AFTER, ARROW, BLOCK, CAPTURE, DO, DOT, ELSE, FN, MAP, metaGet, TUPLE } from "../../syntax/quoted.ts";
import { Atom, atom, TRUE } from "../../term/atom.ts";
import { Bitstring } from "../../term/bitstring.ts";
import { Raised } from "../../term/error.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import { Float } from "../../term/number.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3, tuple } from "../../term/tuple.ts";
import type { Definition, Host } from "../host.ts";
import type { Finding } from "./unreachable.ts";

const GENERATED = atom("generated");

/** Comparisons, by their names in Erlang, as they are written. */
const COMPARISONS = new Map([
  ["==/2", "=="],
  ["/=/2", "!="],
  ["=:=/2", "==="],
  ["=/=/2", "!=="],
  ["</2", "<"],
  ["=</2", "<="],
  [">/2", ">"],
  [">=/2", ">="],
]);

const OPERATORS = new Set(
  "*/2 +/1 +/2 ++/2 -/1 -/2 --/2 //2 and/2 or/2 xor/2 not/1 band/2 bor/2 bxor/2 bnot/1 bsl/2 bsr/2 div/2 rem/2".split(
    " ",
  ),
);

/** Cannot fail. */
const SAFE = new Set(
  (
    "date/0 get/0 get/1 get_cookie/0 get_keys/1 group_leader/0 is_alive/0 is_atom/1 is_binary/1 is_bitstring/1 is_boolean/1 " +
    "is_float/1 is_function/1 is_integer/1 is_list/1 is_map/1 is_number/1 is_pid/1 is_port/1 is_reference/1 is_tuple/1 " +
    "make_ref/0 max/2 min/2 node/0 nodes/0 ports/0 pre_loaded/0 processes/0 registered/0 self/0 term_to_binary/1 time/0"
  ).split(" "),
);

/** Can fail, and do nothing else. */
const PURE = new Set(
  (
    "abs/1 atom_to_binary/1 atom_to_binary/2 atom_to_list/1 binary_part/2 binary_part/3 binary_to_atom/1 binary_to_atom/2 " +
    "binary_to_float/1 binary_to_integer/1 binary_to_list/1 binary_to_list/3 bit_size/1 byte_size/1 ceil/1 element/2 float/1 " +
    "float_to_binary/1 float_to_list/1 floor/1 hd/1 integer_to_binary/1 integer_to_list/1 is_function/2 is_map_key/2 " +
    "is_record/2 is_record/3 length/1 list_to_atom/1 list_to_binary/1 list_to_float/1 list_to_integer/1 list_to_integer/2 " +
    "list_to_pid/1 list_to_tuple/1 map_get/2 pid_to_list/1 round/1 setelement/3 size/1 split_binary/2 tl/1 trunc/1 " +
    "tuple_size/1 tuple_to_list/1 lists:append/2 lists:subtract/2 maps:is_key/2 maps:new/0 " +
    "acos acosh asin asinh atan atanh ceil cos cosh erf erfc exp floor log log10 log2 sin sinh sqrt tan tanh"
      .split(" ")
      .map((name) => (name.includes("/") ? name : `math:${name}/1`))
      .join(" ") +
    " math:atan2/2 math:fmod/2 math:pi/0 math:pow/2"
  ).split(" "),
);

const SUPPRESS = "is ignored (suppress the warning by assigning the expression to the _ variable)";

/** A form to look at, and whether nobody sees its value. */
type Seen = readonly [form: Term, ignored: boolean];

export function ignoredResults(host: Host, { clauses }: Definition): Finding[] {
  const found: Finding[] = [];
  for (const { body } of clauses) {
    const stack: Seen[] = [[body, false]];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const [form, ignored] = next;
      if (form instanceof Tuple3) stack.push(...partsOf(host, form, ignored, found));
      else if (form instanceof Cons) stack.push([form.tail, ignored], [form.head, ignored]);
      else if (form instanceof Tuple2) stack.push([form.b, ignored], [form.a, ignored]);
    }
  }
  return found;
}

function partsOf(host: Host, form: Tuple3, ignored: boolean, found: Finding[]): Seen[] {
  const { a: name, c } = form;
  const args = listToArray(c);
  if (args === null) return [];
  if (name instanceof Tuple3) return callParts(host, form, name, args, ignored, found);
  if (name === BLOCK) return args.map((arg, i) => [arg, ignored || i < args.length - 1]);
  if (name === TUPLE || name === MAP) return args.map((arg) => [arg, ignored]);
  if (name === ARROW) return [[args[1], ignored]];
  if (name === CAPTURE) {
    if (ignored && isExternal(args[0]))
      found.push({ meta: form.b, message: `the result of fun construction ${SUPPRESS}` });
    return [];
  }
  const takesOn = name instanceof Atom && ["case", "cond", "receive", "with", "for"].includes(name.name);
  const last = args.at(-1);
  if (!takesOn || !ignored || last === undefined) return args.map((arg) => [arg, false]);
  const blocks = listToArray(last) ?? [];
  const plain = blocks.every(
    (block) => block instanceof Tuple2 && [DO, ELSE, AFTER].includes(block.a as Atom),
  );
  const bodies = blocks.map((block): Seen => [block instanceof Tuple2 ? block.b : block, plain]);
  return [...args.slice(0, -1).map((arg): Seen => [arg, false]), ...bodies];
}

function isExternal(form: Term): boolean {
  const [called] = (form instanceof Tuple3 && listToArray(form.c)) || [];
  return called instanceof Tuple3 && called.a instanceof Tuple3;
}

function callParts(
  host: Host,
  form: Tuple3,
  target: Tuple3,
  args: readonly Term[],
  ignored: boolean,
  found: Finding[],
): Seen[] {
  const parts = target.a === DOT ? (listToArray(target.c) ?? []) : [target];
  const [module, name] = parts;
  // What is called where it is made is a part of the function around it.
  if (parts.length === 1 && module instanceof Tuple3 && module.a === FN && args.length === 0) {
    const [clause] = listToArray(module.c) as Term[];
    return [[clause, ignored]];
  }
  const key = name instanceof Atom && module instanceof Atom ? keyOf(module, name, args.length) : "";
  const comparison = COMPARISONS.get(key);
  const safe = comparison !== undefined || SAFE.has(key);
  const told = metaGet(form.b, GENERATED) !== TRUE;
  if (told && (safe || PURE.has(key) || OPERATORS.has(key))) {
    const operator = OPERATORS.has(key);
    const shown = operator ? key.replace(/^(.*)(?=\/\d$)/, "'$1'") : key;
    const reason = safe ? null : whyItFails(host, module as Atom, name as Atom, args);
    if (reason !== null) {
      const what = operator ? `evaluation of operator ${shown}` : `the call to ${shown}`;
      found.push({ meta: form.b, message: `${what} will fail with a '${reason}' exception` });
    }
    if (ignored) found.push({ meta: form.b, message: unseen(key, shown, operator, safe, comparison) });
  }
  const second = ignored && (key === "andalso/2" || key === "orelse/2");
  return [
    ...parts.map((part): Seen => [part, false]),
    ...args.map((arg, i): Seen => [arg, (ignored && safe) || (second && i === 1)]),
  ];
}

function unseen(key: string, shown: string, operator: boolean, safe: boolean, comparison?: string): string {
  if (comparison !== undefined) return `use of operator ${comparison} has no effect`;
  if (safe)
    return `the call to ${key === "ports/0" || key === "get_cookie/0" ? `:erlang.${key}` : key} has no effect`;
  return `the result of ${operator ? "evaluating operator" : "calling"} ${shown} ${SUPPRESS}`;
}

function keyOf(module: Atom, name: Atom, arity: number): string {
  return `${module.name === "erlang" ? "" : `${module.name}:`}${name.name}/${arity}`;
}

/** The reason of the error that a builtin raises for literals; `null` where there is none, or where it cannot be known. */
function whyItFails(host: Host, module: Atom, name: Atom, forms: readonly Term[]): string | null {
  const args = forms.map((form) => literal(form));
  if (args.includes(undefined) || (module.name !== "erlang" && module.name !== "math")) return null;
  const code = host.code(module, name, args.length);
  if (code === null) return null;
  try {
    code(...args);
  } catch (raised) {
    if (raised instanceof Raised && raised.reason instanceof Atom) return raised.reason.name;
  }
  return null;
}

/** Literals nested deeper are not looked at. */
const DEPTH = 50;

/** The value of a form that has no variables and calls nothing. */
function literal(form: Term, depth = 0): Term | undefined {
  if (typeof form !== "object" || form instanceof Atom || form instanceof Float || form instanceof Bitstring)
    return form;
  if (form === EMPTY) return form;
  if (depth > DEPTH) return undefined;
  const items = form instanceof Cons ? listToArray(form) : form instanceof Tuple2 ? [form.a, form.b] : null;
  const tupled = form instanceof Tuple3 && form.a === TUPLE ? listToArray(form.c) : null;
  const values = (items ?? tupled)?.map((item) => literal(item, depth + 1));
  if (values === undefined || values.some((value) => value === undefined)) return undefined;
  return form instanceof Cons ? list(values as Term[]) : tuple(...(values as Term[]));
}
