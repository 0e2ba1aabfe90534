defmodule :erl_internal do
  @moduledoc "Erlang's `:erl_internal`: which names are the language's own."

  @types [
    any: 0, arity: 0, atom: 0, binary: 0, bitstring: 0, bool: 0, boolean: 0, byte: 0, char: 0, float: 0, function: 0,
    identifier: 0, integer: 0, iodata: 0, iolist: 0, list: 0, list: 1, map: 0, maybe_improper_list: 0,
    maybe_improper_list: 2, mfa: 0, module: 0, neg_integer: 0, nil: 0, no_return: 0, node: 0, none: 0,
    nonempty_binary: 0, nonempty_bitstring: 0, nonempty_improper_list: 2, nonempty_list: 0, nonempty_list: 1,
    nonempty_maybe_improper_list: 0, nonempty_maybe_improper_list: 2, nonempty_string: 0, non_neg_integer: 0, number: 0,
    pid: 0, port: 0, pos_integer: 0, reference: 0, string: 0, term: 0, timeout: 0, tuple: 0
  ]

  @type_tests [
    is_atom: 1, is_binary: 1, is_bitstring: 1, is_boolean: 1, is_float: 1, is_function: 1, is_function: 2, is_integer: 1,
    is_list: 1, is_map: 1, is_map_key: 2, is_number: 1, is_pid: 1, is_port: 1, is_record: 2, is_record: 3,
    is_reference: 1, is_tuple: 1
  ]

  @guards [
    abs: 1, binary_part: 2, binary_part: 3, bit_size: 1, byte_size: 1, ceil: 1, element: 2, float: 1, floor: 1, hd: 1,
    length: 1, map_get: 2, map_size: 1, max: 2, min: 2, node: 0, node: 1, round: 1, self: 0, size: 1, tl: 1, trunc: 1,
    tuple_size: 1
  ]

  @bifs [
    apply: 2, apply: 3, atom_to_binary: 1, atom_to_binary: 2, atom_to_list: 1, binary_to_atom: 1, binary_to_atom: 2,
    binary_to_existing_atom: 1, binary_to_existing_atom: 2, binary_to_float: 1, binary_to_integer: 1,
    binary_to_integer: 2, binary_to_list: 1, binary_to_list: 3, binary_to_term: 1, binary_to_term: 2,
    bitstring_to_list: 1, check_process_code: 2, date: 0, delete_module: 1, demonitor: 1, demonitor: 2,
    disconnect_node: 1, erase: 0, erase: 1, error: 1, error: 2, error: 3, exit: 1, exit: 2, float_to_binary: 1,
    float_to_binary: 2, float_to_list: 1, float_to_list: 2, garbage_collect: 0, garbage_collect: 1, get: 0, get: 1,
    get_keys: 0, get_keys: 1, group_leader: 0, group_leader: 2, halt: 0, halt: 1, halt: 2, integer_to_binary: 1,
    integer_to_binary: 2, integer_to_list: 1, integer_to_list: 2, iolist_size: 1, iolist_to_binary: 1, is_alive: 0,
    is_process_alive: 1, link: 1, list_to_atom: 1, list_to_binary: 1, list_to_bitstring: 1, list_to_existing_atom: 1,
    list_to_float: 1, list_to_integer: 1, list_to_integer: 2, list_to_pid: 1, list_to_tuple: 1, make_ref: 0,
    monitor: 2, monitor_node: 2, nodes: 0, nodes: 1, now: 0, open_port: 2, pid_to_list: 1, pre_loaded: 0,
    process_flag: 2, process_flag: 3, process_info: 1, process_info: 2, processes: 0, purge_module: 1, put: 2,
    register: 2, registered: 0, setelement: 3, spawn: 1, spawn: 2, spawn: 3, spawn: 4, spawn_link: 1, spawn_link: 2,
    spawn_link: 3, spawn_link: 4, spawn_monitor: 1, spawn_monitor: 2, spawn_monitor: 3, spawn_monitor: 4, spawn_opt: 2,
    spawn_opt: 3, spawn_opt: 4, spawn_opt: 5, split_binary: 2, statistics: 1, term_to_binary: 1, term_to_binary: 2,
    term_to_iovec: 1, term_to_iovec: 2, throw: 1, time: 0, tuple_to_list: 1, unlink: 1, unregister: 1, whereis: 1
  ]

  @doc "Whether `name/arity` is a type of the language."
  def is_type(name, arity), do: {name, arity} in @types

  @doc "Whether `name/arity` tests a type in a guard."
  def type_test(name, arity), do: new_type_test(name, arity) or old_type_test(name, arity)

  @doc "Whether `name/arity` tests a type, by a name that begins with `is_`."
  def new_type_test(name, arity), do: {name, arity} in @type_tests

  @doc "Whether `name/arity` tests a type by one of the names of old."
  def old_type_test(name, 1),
    do: name in [:atom, :binary, :float, :function, :integer, :list, :number, :pid, :port, :reference, :tuple]

  def old_type_test(:record, arity), do: arity in [2, 3]
  def old_type_test(_, _), do: false

  @doc "Whether `name/arity` may be called in guards."
  def guard_bif(name, arity), do: {name, arity} in @guards or new_type_test(name, arity)

  @doc "Whether `name/arity` is a function of `:erlang` that Erlang imports."
  def bif(name, arity), do: guard_bif(name, arity) or {name, arity} in @bifs

  @doc "Whether a call of `:erlang` is one of an imported function."
  def bif(:erlang, name, arity), do: bif(name, arity)
  def bif(_, _, _), do: false

  @doc "Whether `name/arity` is an operator on numbers."
  def arith_op(name, 1), do: name in [:+, :-, :bnot]
  def arith_op(name, 2), do: name in [:+, :-, :*, :/, :div, :rem, :band, :bor, :bxor, :bsl, :bsr]
  def arith_op(_, _), do: false

  @doc "Whether `name/arity` is an operator on booleans."
  def bool_op(:not, 1), do: true
  def bool_op(name, 2), do: name in [:and, :or, :xor]
  def bool_op(_, _), do: false

  @doc "Whether `name/arity` compares."
  def comp_op(name, 2), do: name in [:"=:=", :"=/=", :==, :"/=", :"=<", :<, :>=, :>]
  def comp_op(_, _), do: false

  @doc "Whether `name/arity` is an operator on lists."
  def list_op(name, 2), do: name in [:++, :--]
  def list_op(_, _), do: false

  @doc "Whether `name/arity` sends."
  def send_op(:!, 2), do: true
  def send_op(_, _), do: false

  @doc "The kind of an operator."
  def op_type(name, arity) do
    cond do
      arith_op(name, arity) -> :arith
      bool_op(name, arity) -> :bool
      comp_op(name, arity) -> :comp
      list_op(name, arity) -> :list
      send_op(name, arity) -> :send
      true -> :erlang.error(:function_clause, [name, arity])
    end
  end
end
