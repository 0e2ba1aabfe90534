/**
 * Calls of Elixir functions that are calls of Erlang functions: by another name (inline), or with the arguments in
 * another order as well (rewrite). One table, which also decides what patterns and guards may call.
 */
import { keywordGet, remoteCall } from "../syntax/quoted.ts";
import { Atom, atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import { Float, integer } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Tuple3 } from "../term/tuple.ts";

export const ERLANG = atom("erlang");
const BAR = atom("|");

/** `Module: name/arity …`; `name/arity=other` where Erlang's name differs. All of module `erlang` unless `module:`. */
const INLINED = `
Atom: to_charlist/1=atom_to_list to_string/1=atom_to_binary
Bitwise: bnot/1 band/2 bor/2 bxor/2 bsl/2 bsr/2 ~~~/1=bnot &&&/2=band |||/2=bor ^^^/2=bxor <<</2=bsl >>>/2=bsr
Function: capture/3=make_fun info/1=fun_info info/2=fun_info
Integer: to_charlist/1=integer_to_list to_charlist/2=integer_to_list to_string/1=integer_to_binary
Integer: to_string/2=integer_to_binary
IO: iodata_length/1=iolist_size iodata_to_binary/1=iolist_to_binary
Kernel: !=/2=/= !==/2==/= */2 +/1 +/2 ++/2 -/1 -/2 --/2 //2 </2 <=/2==< ==/2 ===/2==:= >/2 >=/2 abs/1
Kernel: apply/2 apply/3 binary_part/3 bit_size/1 byte_size/1 ceil/1 div/2 exit/1 floor/1
Kernel: function_exported?/3=function_exported hd/1 is_atom/1 is_binary/1 is_bitstring/1 is_boolean/1 is_float/1
Kernel: is_function/1 is_function/2 is_integer/1 is_list/1 is_map/1 is_number/1 is_pid/1 is_port/1 is_reference/1
Kernel: is_tuple/1 length/1 make_ref/0 map_size/1 max/2 min/2 node/0 node/1 not/1 rem/2 round/1 self/0 send/2
Kernel: spawn/1 spawn/3 spawn_link/1 spawn_link/3 spawn_monitor/1 spawn_monitor/3 throw/1 tl/1 trunc/1 tuple_size/1
List: to_atom/1=list_to_atom to_existing_atom/1=list_to_existing_atom to_float/1=list_to_float
List: to_integer/1=list_to_integer to_integer/2=list_to_integer to_tuple/1=list_to_tuple
Map: from_keys/2=maps:from_keys intersect/2=maps:intersect keys/1=maps:keys merge/2=maps:merge
Map: to_list/1=maps:to_list values/1=maps:values
Node: list/0=nodes list/1=nodes spawn/2 spawn/3=spawn_opt spawn/4 spawn/5=spawn_opt spawn_link/2 spawn_link/4
Node: spawn_monitor/2 spawn_monitor/4
Port: list/0=ports demonitor/1 demonitor/2
Process: alias/0 alias/1 alive?/1=is_process_alive cancel_timer/1 cancel_timer/2 demonitor/1 demonitor/2 exit/2
Process: flag/2=process_flag flag/3=process_flag get/0 get_keys/0 get_keys/1 group_leader/0 hibernate/3 link/1
Process: list/0=processes read_timer/1 registered/0 send/3 spawn/2=spawn_opt spawn/4=spawn_opt unalias/1 unlink/1
Process: unregister/1
String: duplicate/2=binary:copy to_atom/1=binary_to_atom to_existing_atom/1=binary_to_existing_atom
String: to_float/1=binary_to_float to_integer/1=binary_to_integer to_integer/2=binary_to_integer
System: monotonic_time/0 os_time/0=os:system_time system_time/0 time_offset/0 unique_integer/0 unique_integer/1
Tuple: to_list/1=tuple_to_list
`;

/** `Elixir function: Erlang function argument order`; arguments are numbered, `+n` is argument n plus one, others are atoms. */
const REORDERED = `
Float.to_charlist/1 erlang:float_to_list 0 [short]
Float.to_string/1 erlang:float_to_binary 0 [short]
Kernel.is_map_key/2 erlang:is_map_key 1 0
Kernel.elem/2 erlang:element +1 0
Kernel.put_elem/3 erlang:setelement +1 0 2
Map.delete/2 maps:remove 1 0
Map.fetch/2 maps:find 1 0
Map.fetch!/2 erlang:map_get 1 0
Map.has_key?/2 maps:is_key 1 0
Map.put/3 maps:put 1 2 0
Map.replace!/3 maps:update 1 2 0
Port.monitor/1 erlang:monitor port 0
Process.group_leader/2 erlang:group_leader 1 0
Process.monitor/1 erlang:monitor process 0
Process.monitor/2 erlang:monitor process 0 1
Process.send_after/3 erlang:send_after 2 0 1
Process.send_after/4 erlang:send_after 2 0 1 3
Tuple.delete_at/2 erlang:delete_element +1 0
Tuple.duplicate/2 erlang:make_tuple 1 0
Tuple.insert_at/3 erlang:insert_element +1 0 2
`;

/** A function of a module. */
export interface Target {
  readonly module: Atom;
  readonly name: Atom;
}

export const inlined = new Map<string, Target>();
for (const row of INLINED.trim().split("\n")) {
  const colon = row.indexOf(":");
  for (const entry of row
    .slice(colon + 1)
    .trim()
    .split(" ")) {
    const [, name, arity, , module, target] = /^(.+?)\/(\d)(=(?:([a-z]+):)?(.+))?$/.exec(
      entry,
    ) as RegExpExecArray;
    inlined.set(`Elixir.${row.slice(0, colon)}.${name}/${arity}`, {
      module: atom(module ?? "erlang"),
      name: atom(target ?? name),
    });
  }
}

export const reordered = new Map<string, Target & { readonly args: readonly string[] }>();
for (const row of REORDERED.trim().split("\n")) {
  const [from, to, ...args] = row.split(" ");
  const [module, name] = to.split(":");
  reordered.set(`Elixir.${from}`, { module: atom(module), name: atom(name), args });
}

/** The same table by atoms: every call that is expanded looks here, and would make a text to look by. */
function byAtoms<T>(
  table: ReadonlyMap<string, T>,
): (module: Atom, name: Atom, arity: number) => T | undefined {
  const modules = new Map<Atom, Map<Atom, T[]>>();
  for (const [key, found] of table) {
    const [, module, name, arity] = /^(Elixir\.\w+)\.(.+)\/(\d)$/.exec(key) as RegExpExecArray;
    const names = modules.get(atom(module)) ?? new Map<Atom, T[]>();
    const arities = names.get(atom(name)) ?? [];
    arities[Number(arity)] = found;
    modules.set(atom(module), names.set(atom(name), arities));
  }
  return (module, name, arity) => modules.get(module)?.get(name)?.[arity];
}

/** The Erlang function that an Elixir function of this arity is another name of. */
export const inline = byAtoms(inlined);
const reorderingOf = byAtoms(reordered);

const STRING_CHARS = atom("Elixir.String.Chars");
const TO_STRING = atom("to_string");
const PLUS = atom("+");
const MINUS = atom("-");

/** The expanded call, in Erlang's terms where there are such. */
export function rewrite(receiver: Term, dotMeta: Term, name: Atom, meta: Term, args: readonly Term[]): Term {
  if (args.length === 1) {
    if (receiver === STRING_CHARS && name === TO_STRING && isAlwaysString(args[0])) return args[0];
    const folded = foldSign(receiver, name, args[0]);
    if (folded !== null) return folded;
  }
  const target = reorder(receiver, dotMeta, name, args);
  return callOf(target.module, dotMeta, target.name, meta, target.args);
}

/** `+1` and `-1` are numbers. */
export function foldSign(receiver: Term, name: Atom, arg: Term): Term | null {
  if (receiver !== ERLANG || (name !== PLUS && name !== MINUS)) return null;
  if (typeof arg === "number") return name === PLUS || arg === 0 ? arg : -arg;
  if (typeof arg === "bigint") return name === PLUS ? arg : integer(-arg);
  if (arg instanceof Float) return name === PLUS ? arg : new Float(-arg.value);
  return null;
}

function callOf(module: Term, dotMeta: Term, name: Atom, meta: Term, args: readonly Term[]): Term {
  const dot = (remoteCall(module, name, dotMeta, []) as Tuple3).a;
  return new Tuple3(dot, meta, list(args));
}

function reorder(receiver: Term, dotMeta: Term, name: Atom, args: readonly Term[]) {
  const rule = receiver instanceof Atom ? reorderingOf(receiver, name, args.length) : undefined;
  if (rule === undefined) return { module: receiver, name, args };
  const moved = rule.args.map((arg) => {
    if (arg.startsWith("+")) return increment(dotMeta, args[Number(arg.slice(1))]);
    if (arg.startsWith("[")) return list([atom(arg.slice(1, -1))]);
    return /^\d$/.test(arg) ? args[Number(arg)] : atom(arg);
  });
  return { module: rule.module, name: rule.name, args: moved };
}

function increment(meta: Term, index: Term): Term {
  if (typeof index === "number" && index < Number.MAX_SAFE_INTEGER) return index + 1;
  return remoteCall(ERLANG, PLUS, meta, [index, 1]);
}

const ALWAYS_STRINGS = new Set([
  "Elixir.Enum.join",
  "Elixir.Enum.map_join",
  "Elixir.Kernel.inspect",
  "Elixir.Macro.to_string",
  "Elixir.String.Chars.to_string",
  "Elixir.Path.join",
]);

function isAlwaysString(form: Term): boolean {
  if (form instanceof Bitstring) return form.isBinary;
  if (!(form instanceof Tuple3) || !(form.a instanceof Tuple3) || form.a.a !== DOT) return false;
  const [module, name] = listToArray(form.a.c) ?? [];
  return module instanceof Atom && name instanceof Atom && ALWAYS_STRINGS.has(`${module.name}.${name.name}`);
}

const DOT = atom(".");

/** In a pattern only `++` with a literal list on its left may be called. `null`: not a literal list. */
export function staticAppend(left: Term, right: Term, meta: Term): Term | null {
  if (left === EMPTY) return right;
  if (!(left instanceof Cons)) return null;
  const { head, tail } = left;
  if (tail !== EMPTY) {
    const rest = staticAppend(tail, right, meta);
    return rest === null ? null : new Cons(head, rest);
  }
  if (head instanceof Tuple3 && head.a === BAR) {
    const [first, rest] = listToArray(head.c) ?? [];
    const appended = rest instanceof Cons || rest === EMPTY ? staticAppend(rest, right, meta) : null;
    return appended === null ? null : list([new Tuple3(BAR, head.b, list([first, appended]))]);
  }
  return list([new Tuple3(BAR, meta, list([head, right]))]);
}

/** Guard functions and operators of Erlang, by name: the arities allowed. */
const GUARDS = new Map(
  (
    "abs:1 binary_part:2,3 bit_size:1 byte_size:1 ceil:1 element:2 float:1 floor:1 hd:1 is_atom:1 is_binary:1 " +
    "is_bitstring:1 is_boolean:1 is_float:1 is_function:1,2 is_integer:1 is_list:1 is_map:1 is_map_key:2 is_number:1 " +
    "is_pid:1 is_port:1 is_reference:1 is_tuple:1 length:1 map_get:2 map_size:1 max:2 min:2 node:0,1 round:1 self:0 " +
    "size:1 tl:1 trunc:1 tuple_size:1 andalso:2 orelse:2 +:1,2 -:1,2 *:2 /:2 div:2 rem:2 band:2 bor:2 bxor:2 bnot:1 " +
    "bsl:2 bsr:2 ==:2 /=:2 =<:2 <:2 >=:2 >:2 =:=:2 =/=:2 and:2 or:2 xor:2 not:1"
  )
    .split(" ")
    .map((entry) => {
      const colon = entry.lastIndexOf(":");
      return [
        entry.slice(0, colon),
        entry
          .slice(colon + 1)
          .split(",")
          .map(Number),
      ] as const;
    }),
);

/** The call as a guard; `null` when guards cannot call it. */
export function guardCall(
  receiver: Term,
  dotMeta: Term,
  name: Atom,
  meta: Term,
  args: readonly Term[],
): Term | null {
  const target = reorder(receiver, dotMeta, name, args);
  if (target.module !== ERLANG || !GUARDS.get(target.name.name)?.includes(target.args.length)) return null;
  return callOf(ERLANG, dotMeta, target.name, meta, target.args);
}

const BOOLEAN_FUNCTIONS = new Set(
  (
    "not/1 and/2 or/2 xor/2 ==/2 /=/2 =</2 >=/2 </2 >/2 =:=/2 =/=/2 is_atom/1 is_binary/1 is_bitstring/1 is_boolean/1 " +
    "is_float/1 is_function/1 is_integer/1 is_list/1 is_number/1 is_pid/1 is_port/1 is_reference/1 is_tuple/1 is_map/1 " +
    "is_process_alive/1 is_map_key/2 is_function/2 is_record/2 function_exported/3 is_record/3"
  ).split(" "),
);

/** Whether an expanded form can only give a boolean, so that `if` and `!` need not ask for truthiness. */
export function returnsBoolean(form: Term): boolean {
  if (form instanceof Atom) return form.name === "true" || form.name === "false";
  if (!(form instanceof Tuple3)) return false;
  const args = listToArray(form.c) ?? [];
  if (form.a instanceof Tuple3 && form.a.a === DOT) {
    const [module, name] = listToArray(form.a.c) ?? [];
    if (module !== ERLANG || !(name instanceof Atom)) return false;
    if (args.length === 2 && (name.name === "andalso" || name.name === "orelse"))
      return returnsBoolean(args[1]);
    return BOOLEAN_FUNCTIONS.has(`${name.name}/${args.length}`);
  }
  if (!(form.a instanceof Atom)) return false;
  switch (form.a.name) {
    case "case":
    case "cond": {
      const clauses = listToArray(keywordGet(args[args.length - 1] ?? EMPTY, atom("do")) ?? EMPTY) ?? [];
      return clauses.every(
        (clause) => clause instanceof Tuple3 && returnsBoolean((listToArray(clause.c) ?? [])[1]),
      );
    }
    case "__block__":
      return args.length > 0 && returnsBoolean(args[args.length - 1]);
    default:
      return false;
  }
}
