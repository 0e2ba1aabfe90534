/** What Erlang's compiler knows of its builtins: which of them do nothing but give a value, and which cannot fail. */
import type { Atom } from "../../term/atom.ts";

/** Comparisons, by their names in Erlang, as they are written. */
export const COMPARISONS = new Map([
  ["==/2", "=="],
  ["/=/2", "!="],
  ["=:=/2", "==="],
  ["=/=/2", "!=="],
  ["</2", "<"],
  ["=</2", "<="],
  [">/2", ">"],
  [">=/2", ">="],
]);

export const OPERATORS = new Set(
  "*/2 +/1 +/2 ++/2 -/1 -/2 --/2 //2 and/2 or/2 xor/2 not/1 band/2 bor/2 bxor/2 bnot/1 bsl/2 bsr/2 div/2 rem/2".split(
    " ",
  ),
);

/** Cannot fail. */
export const SAFE = new Set(
  (
    "date/0 get/0 get/1 get_cookie/0 get_keys/1 group_leader/0 is_alive/0 is_atom/1 is_binary/1 is_bitstring/1 is_boolean/1 " +
    "is_float/1 is_function/1 is_integer/1 is_list/1 is_map/1 is_number/1 is_pid/1 is_port/1 is_reference/1 is_tuple/1 " +
    "make_ref/0 max/2 min/2 node/0 nodes/0 ports/0 pre_loaded/0 processes/0 registered/0 self/0 term_to_binary/1 time/0"
  ).split(" "),
);

/** Can fail, and do nothing else. */
export const PURE = new Set(
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

/** Erlang's own functions have no module before their name. */
export function keyOf(module: Atom, name: Atom, arity: number): string {
  return `${module.name === "erlang" ? "" : `${module.name}:`}${name.name}/${arity}`;
}
