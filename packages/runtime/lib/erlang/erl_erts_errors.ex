# Which argument of a failed builtin is wrong, and why: the texts behind "1st argument: not a list".
#
# `@arguments` has for each function one entry per argument: a check (an atom, see `check/3`), a text that always
# holds, or `nil`. `special/3` comes first, for
# answers that depend on several arguments. The builtin says no more than `badarg`, so everything is found
# out anew from the arguments; that only costs when an error is shown.
defmodule :erl_erts_errors do
  @moduledoc false

  @explained [:erlang, :lists, :maps, :math, :binary, :unicode, :ets, :persistent_term, :re, :io, :atomics, :counters, :os]

  @arguments %{
    {:erlang, :adler32, 2} => [:integer, :iodata],
    {:erlang, :adler32_combine, 3} => [:integer, :integer, :integer],
    {:erlang, :append, 2} => [:list],
    {:erlang, :crc32, 2} => [:integer, :iodata],
    {:erlang, :crc32_combine, 3} => [:integer, :integer, :integer],
    {:erlang, :is_record, 3} => [nil, :atom, :integer],
    {:erlang, :phash, 2} => [nil, :integer],
    {:erlang, :posixtime_to_universaltime, 1} => ["not an integer"],
    {:erlang, :universaltime_to_posixtime, 1} => ["not a valid universal time"],
    {:erlang, :abs, 1} => ["not a number"],
    {:erlang, :adler32, 1} => ["not an iodata term"],
    {:erlang, :append_element, 2} => ["not a tuple"],
    {:erlang, :apply, 3} => [:atom, :atom, :list],
    {:erlang, :atom_to_binary, 1} => ["not an atom"],
    {:erlang, :atom_to_list, 1} => ["not an atom"],
    {:erlang, :binary_to_float, 1} => [{:binary, "not a textual representation of a float"}],
    {:erlang, :binary_to_integer, 1} => [{:binary, "not a textual representation of an integer"}],
    {:erlang, :binary_to_list, 1} => ["not a binary"],
    {:erlang, :binary_to_list, 3} => [:binary, :positive, :positive],
    {:erlang, :binary_to_term, 1} => [{:binary, "invalid external representation of a term"}],
    {:erlang, :bit_size, 1} => ["not a bitstring"],
    {:erlang, :bitstring_to_list, 1} => ["not a bitstring"],
    {:erlang, :byte_size, 1} => ["not a bitstring"],
    {:erlang, :cancel_timer, 1} => ["not a reference"],
    {:erlang, :cancel_timer, 2} => [:reference, :options],
    {:erlang, :ceil, 1} => ["not a number"],
    {:erlang, :convert_time_unit, 3} => [:integer, :time_unit, :time_unit],
    {:erlang, :crc32, 1} => ["not an iodata term"],
    {:erlang, :demonitor, 1} => ["not a reference"],
    {:erlang, :demonitor, 2} => [:reference, :options],
    {:erlang, :exit, 2} => ["not a pid"],
    {:erlang, :float, 1} => ["not a number"],
    {:erlang, :float_to_binary, 1} => ["not a float"],
    {:erlang, :float_to_binary, 2} => [:float, :options],
    {:erlang, :float_to_list, 1} => ["not a float"],
    {:erlang, :float_to_list, 2} => [:float, :options],
    {:erlang, :floor, 1} => ["not a number"],
    {:erlang, :fun_info, 1} => ["not a fun"],
    {:erlang, :fun_info, 2} => [:fun, {:after, "invalid item"}],
    {:erlang, :fun_to_list, 1} => ["not a fun"],
    {:erlang, :function_exported, 3} => [:atom, :atom, :natural],
    {:erlang, :garbage_collect, 1} => [:pid],
    {:erlang, :group_leader, 2} => [:pid, :pid],
    {:erlang, :halt, 1} => ["invalid status"],
    {:erlang, :hd, 1} => ["not a nonempty list"],
    {:erlang, :integer_to_binary, 1} => ["not an integer"],
    {:erlang, :integer_to_binary, 2} => [:integer, :base],
    {:erlang, :integer_to_list, 1} => ["not an integer"],
    {:erlang, :integer_to_list, 2} => [:integer, :base],
    {:erlang, :iolist_size, 1} => ["not an iodata term"],
    {:erlang, :iolist_to_binary, 1} => ["not an iodata term"],
    {:erlang, :iolist_to_iovec, 1} => ["not an iodata term"],
    {:erlang, :is_map_key, 2} => [nil, "not a map"],
    {:erlang, :is_process_alive, 1} => ["not a pid"],
    {:erlang, :length, 1} => ["not a list"],
    {:erlang, :link, 1} => [{:pid, "the pid does not refer to an existing process"}],
    {:erlang, :list_to_atom, 1} => [{:list, "not a list of characters"}],
    {:erlang, :list_to_binary, 1} => ["not an iolist term"],
    {:erlang, :list_to_bitstring, 1} => ["not a bitstring list"],
    {:erlang, :list_to_float, 1} => [{:any_list, "not a textual representation of a float"}],
    {:erlang, :list_to_integer, 1} => [{:any_list, "not a textual representation of an integer"}],
    {:erlang, :list_to_pid, 1} => [{:any_list, "not a textual representation of a pid"}],
    {:erlang, :list_to_port, 1} => [{:any_list, "not a textual representation of a port"}],
    {:erlang, :list_to_ref, 1} => [{:any_list, "not a textual representation of a reference"}],
    {:erlang, :list_to_tuple, 1} => ["not a list"],
    {:erlang, :localtime_to_universaltime, 1} => ["not a valid local time"],
    {:erlang, :make_fun, 3} => [:atom, :atom, :natural],
    {:erlang, :memory, 1} => ["invalid memory type option"],
    {:erlang, :nodes, 1} => ["not a valid node type"],
    {:erlang, :system_flag, 2} => ["invalid system flag"],
    {:erlang, :system_info, 1} => ["invalid system info item"],
    {:erlang, :universaltime_to_localtime, 1} => ["not a valid universal time"],
    {:erlang, :make_tuple, 2} => ["out of range"],
    {:erlang, :map_size, 1} => ["not a map"],
    {:erlang, :md5, 1} => ["not an iodata term"],
    {:erlang, :module_loaded, 1} => ["not an atom"],
    {:erlang, :monitor_node, 2} => [:atom, :boolean],
    {:erlang, :monotonic_time, 1} => ["invalid time unit"],
    {:erlang, :node, 1} => ["not a pid"],
    {:erlang, :pid_to_list, 1} => ["not a pid"],
    {:erlang, :port_to_list, 1} => ["not a port"],
    {:erlang, :process_info, 1} => [:pid],
    {:erlang, :process_info, 2} => [:pid, {:after, "invalid item or item list"}],
    {:erlang, :read_timer, 1} => ["not a reference"],
    {:erlang, :read_timer, 2} => [:reference, :options],
    {:erlang, :ref_to_list, 1} => ["not a reference"],
    {:erlang, :round, 1} => ["not a number"],
    {:erlang, :send, 2} => ["invalid destination"],
    {:erlang, :send_nosuspend, 2} => ["invalid destination"],
    {:erlang, :send_nosuspend, 3} => ["invalid destination"],
    {:erlang, :bump_reductions, 1} => [:positive],
    {:erlang, :process_display, 2} => [:pid, "invalid value"],
    {:erlang, :send_after, 3} => [:time, :destination],
    {:erlang, :size, 1} => ["not tuple or binary"],
    {:erlang, :spawn, 1} => ["not a fun"],
    {:erlang, :spawn, 3} => [:atom, :atom, :list],
    {:erlang, :spawn_link, 1} => ["not a fun"],
    {:erlang, :spawn_link, 3} => [:atom, :atom, :list],
    {:erlang, :spawn_monitor, 1} => ["not a fun"],
    {:erlang, :spawn_monitor, 3} => [:atom, :atom, :list],
    {:erlang, :spawn_opt, 2} => [:fun, {:list, "invalid spawn option"}],
    {:erlang, :spawn_opt, 4} => [:atom, :atom, :list, {:list, "invalid spawn option"}],
    {:erlang, :alias, 1} => [:options],
    {:erlang, :garbage_collect, 2} => [:pid, :options],
    {:erlang, :hibernate, 3} => [:atom, :atom, :list],
    {:erlang, :resume_process, 1} => [{:pid, "process is not suspended or is not alive"}],
    {:erlang, :start_timer, 3} => [:time, :destination],
    {:erlang, :statistics, 1} => ["invalid statistics item"],
    {:erlang, :subtract, 2} => [:list, :list],
    {:erlang, :system_time, 1} => ["invalid time unit"],
    {:erlang, :time_offset, 1} => ["invalid time unit"],
    {:erlang, :term_to_binary, 2} => [nil, {:list, "invalid option in list"}],
    {:erlang, :tl, 1} => ["not a nonempty list"],
    {:erlang, :trunc, 1} => ["not a number"],
    {:erlang, :tuple_size, 1} => ["not a tuple"],
    {:erlang, :tuple_to_list, 1} => ["not a tuple"],
    {:erlang, :unalias, 1} => ["not a reference"],
    {:erlang, :unique_integer, 1} => [{:list, "invalid modifier"}],
    {:erlang, :unlink, 1} => ["not a pid"],
    {:erlang, :unregister, 1} => ["not a pid"],
    {:erlang, :whereis, 1} => ["not an atom"],
    {:binary, :at, 2} => [:whole_binary, :natural],
    {:binary, :bin_to_list, 1} => [:whole_binary],
    {:binary, :compile_pattern, 1} => ["not a valid pattern"],
    {:binary, :copy, 1} => [:whole_binary],
    {:binary, :copy, 2} => [:whole_binary, :natural],
    {:binary, :decode_unsigned, 1} => [:whole_binary],
    {:binary, :decode_unsigned, 2} => [:whole_binary, :endianness],
    {:binary, :encode_unsigned, 1} => [:natural],
    {:binary, :encode_unsigned, 2} => [:natural, :endianness],
    {:binary, :encode_hex, 1} => [:whole_binary],
    {:binary, :decode_hex, 1} => [:whole_binary],
    {:binary, :unhex, 1} => [:whole_binary],
    {:binary, :first, 1} => [{:whole_binary, "a zero-sized binary is not allowed"}],
    {:binary, :last, 1} => [{:whole_binary, "a zero-sized binary is not allowed"}],
    {:binary, :list_to_bin, 1} => ["not an iodata term"],
    {:binary, :longest_common_prefix, 1} => ["not a flat list of binaries"],
    {:binary, :longest_common_suffix, 1} => ["not a flat list of binaries"],
    {:binary, :match, 2} => [:whole_binary, :pattern],
    {:binary, :match, 3} => [:whole_binary, :pattern, {:after, "invalid options"}],
    {:binary, :matches, 2} => [:whole_binary, :pattern],
    {:binary, :matches, 3} => [:whole_binary, :pattern, {:after, "invalid options"}],
    {:binary, :replace, 3} => [:whole_binary, :pattern, :whole_binary],
    {:binary, :replace, 4} => [:whole_binary, :pattern, :whole_binary, {:after, "invalid options"}],
    {:binary, :split, 2} => [:whole_binary, :pattern],
    {:binary, :split, 3} => [:whole_binary, :pattern, {:after, "invalid options"}],
    {:binary, :referenced_byte_size, 1} => [:whole_binary],
    {:atomics, :new, 2} => [:positive, :options],
    {:counters, :new, 2} => [:positive, :options],
    {:erlang, :make_tuple, 3} => [:natural, nil, :options],
    {:lists, :keyfind, 3} => [nil, :positive, :list],
    {:lists, :keymember, 3} => [nil, :positive, :list],
    {:lists, :keysearch, 3} => [nil, :positive, :list],
    {:lists, :member, 2} => [nil, :list],
    {:lists, :reverse, 2} => [:list],
    {:maps, :find, 2} => [nil, "not a map"],
    {:maps, :fold, 3} => [{:fun, 3}, nil, :map_or_iterator],
    {:maps, :filter, 2} => [{:fun, 2}, :map_or_iterator],
    {:maps, :filtermap, 2} => [{:fun, 2}, :map_or_iterator],
    {:maps, :foreach, 2} => [{:fun, 2}, :map_or_iterator],
    {:maps, :map, 2} => [{:fun, 2}, :map_or_iterator],
    {:maps, :from_keys, 2} => [:list],
    {:maps, :from_list, 1} => [:list],
    {:maps, :get, 3} => [nil, "not a map"],
    {:maps, :groups_from_list, 2} => [{:fun, 1}, :list],
    {:maps, :groups_from_list, 3} => [{:fun, 1}, {:fun, 1}, :list],
    {:maps, :intersect, 2} => [:map, :map],
    {:maps, :intersect_with, 3} => [{:fun, 3}, :map, :map],
    {:maps, :is_key, 2} => [nil, "not a map"],
    {:maps, :iterator, 1} => ["not a map"],
    {:maps, :keys, 1} => ["not a map"],
    {:maps, :merge, 2} => [:map, :map],
    {:maps, :merge_with, 3} => [{:fun, 3}, :map, :map],
    {:maps, :next, 1} => ["not a valid iterator"],
    {:maps, :put, 3} => [nil, nil, "not a map"],
    {:maps, :remove, 2} => [nil, "not a map"],
    {:maps, :size, 1} => ["not a map"],
    {:maps, :take, 2} => [nil, "not a map"],
    {:maps, :to_list, 1} => ["not a map"],
    {:maps, :update, 3} => [nil, nil, "not a map"],
    {:maps, :update_with, 3} => [nil, {:fun, 1}, :map],
    {:maps, :update_with, 4} => [nil, {:fun, 1}, nil, :map],
    {:maps, :values, 1} => ["not a map"],
    {:maps, :with, 2} => [:list, :map],
    {:maps, :without, 2} => [:list, :map],
    {:re, :compile, 1} => ["not an iodata term"],
    {:re, :inspect, 2} => ["not a compiled regular expression"],
    {:os, :cmd, 2} => [:command, :map],
    {:os, :getenv, 1} => [:variable],
    {:os, :getenv, 2} => [:variable],
    {:os, :perf_counter, 1} => [:time_unit],
    {:os, :putenv, 2} => [:variable, :variable_value],
    {:os, :system_time, 1} => [:time_unit],
    {:os, :unsetenv, 1} => [:variable],
    {:persistent_term, :get, 1} => ["no persistent term stored with this key"],
    {:ets, :whereis, 1} => ["invalid table name (must be an atom)"],
    {:ets, :insert, 2} => [:table, :objects],
    {:ets, :insert_new, 2} => [:table, :objects],
    {:ets, :delete_object, 2} => [:table, :object],
    {:ets, :info, 2} => [:table, {:after, "not a valid info item"}],
    {:ets, :lookup_element, 3} => [:table, :key_of_element, :positive, {:after, 3, "position is greater than the size of the object"}],
    {:ets, :next, 2} => [:table, {:after, "not a key that exists in the table"}],
    {:ets, :prev, 2} => [:table, {:after, "not a key that exists in the table"}],
    {:ets, :select, 1} => ["invalid continuation"],
    {:ets, :select, 3} => [:table, :match_spec, :positive],
    {:ets, :select, 2} => [:table, {:after, "not a valid match specification"}],
    {:ets, :select_count, 2} => [:table, {:after, "not a valid match specification"}],
    {:ets, :select_delete, 2} => [:table, {:after, "not a valid match specification"}],
    {:ets, :select_replace, 2} => [:table, {:after, "not a valid match specification"}],
    {:ets, :select_reverse, 2} => [:table, {:after, "not a valid match specification"}],
    {:ets, :select_reverse, 1} => ["invalid continuation"],
    {:ets, :select_reverse, 3} => [:table, :match_spec, :positive],
    {:ets, :match_spec_compile, 1} => ["not a valid match specification"],
    {:ets, :match_spec_run, 2} => [],
    {:ets, :match, 3} => [:table, nil, :positive],
    {:ets, :match_object, 3} => [:table, nil, :positive],
    {:ets, :rename, 2} => [:table, :table_name],
    {:ets, :safe_fixtable, 2} => [:table, {:after, "not a boolean value"}],
    {:ets, :match, 1} => ["invalid continuation"],
    {:ets, :match_object, 1} => ["invalid continuation"],
    {:ets, :give_away, 3} => [:table, :pid],
    {:ets, :setopts, 2} => [:table, {:after, "invalid options"}],
    {:ets, :slot, 2} => [:table, {:after, "out of range"}],
    {:ets, :update_element, 3} => [:table, nil, :element],
    {:ets, :update_counter, 3} => [:table, {:key, 0}, {:update, nil}],
    {:ets, :update_counter, 4} => [:table, nil, {:update, nil}, :object]
  }

  @texts %{
    atom: "not an atom",
    any_list: "not a list",
    base: "not an integer in the range 2 through 36",
    binary: "not a binary",
    boolean: "not a boolean ('true' or 'false')",
    destination: "not a pid or an atom",
    endianness: "must be 'big' or 'little'",
    float: "not a float",
    fun: "not a fun",
    integer: "not an integer",
    iodata: "not an iodata term",
    map: "not a map",
    map_or_iterator: "not a map or an iterator",
    number: "not a number",
    pattern: "not a valid pattern",
    pid: "not a pid",
    reference: "not a reference",
    time_unit: "invalid time unit",
    tuple: "not a tuple"
  }

  @no_zero {0, ~S|"\0" characters is not allowed in environment variable names or values|}
  @no_table "the table identifier does not refer to an existing ETS table"

  @doc "Whether the functions of a module are explained here."
  def explains(module), do: module in @explained

  @doc "Returns a map from the position of an argument to what is wrong with it."
  def format_error(_reason, [{module, name, args, info} | _]) do
    cause = cause(:proplists.get_value(:error_info, info, %{}))
    texts = cause || special(module, name, args) || from_table(module, name, args)

    texts
    |> Enum.with_index(1)
    |> Enum.filter(fn {text, _} -> text != nil end)
    |> Map.new(fn {text, index} -> {index, text} end)
  end

  @doc "What is wrong with a segment of a binary, from the cause that its construction has left."
  def format_bs_fail(_reason, [{_, _, _, info} | _]) do
    %{cause: {segment, type, error, value}} = error_info = :proplists.get_value(:error_info, info)
    show = Map.get(error_info, :pretty_printer, &:io_lib.format(~c"~0tp", [&1]))

    %{
      general: segment_error(error, type, show.(value)),
      reason: "construction of binary failed: segment #{segment} of type '#{type}'"
    }
  end

  defp segment_error(:type, :binary, shown), do: "expected a binary but got: #{shown}"
  defp segment_error(:type, :integer, shown), do: "expected an integer but got: #{shown}"
  defp segment_error(:type, :float, shown), do: "expected a float or an integer but got: #{shown}"
  defp segment_error(:type, type, shown), do: "expected a non-negative integer encodable as #{type} but got: #{shown}"
  defp segment_error(:size, _type, shown), do: "expected a non-negative integer as size but got: #{shown}"
  defp segment_error(:limit, _type, shown), do: "the size #{shown} is too large"
  defp segment_error(:invalid, _type, shown), do: "expected one of the supported sizes 16, 32, or 64 but got: #{shown}"
  defp segment_error(:short, _type, shown), do: "the value #{shown} is shorter than the size of the segment"
  defp segment_error(:unit, _type, shown), do: "the size of the value #{shown} is not a multiple of the unit for the segment"
  defp segment_error(:no_float, _type, shown), do: "the value #{shown} is outside the range expressible as a float"

  # A builtin may tell the texts itself: `cause: [nil, "out of range"]`.
  defp cause(%{cause: [_ | _] = texts}), do: texts
  defp cause(%{cause: :access}), do: ["the table identifier refers to an ETS table with insufficient access rights"]

  defp cause(%{cause: :type}),
    do: ["the table identifier refers to an ETS table of a type not supported by this operation"]

  defp cause(%{cause: :owner}), do: [nil, "the process is already the owner of the table"]
  defp cause(%{cause: :keypos}), do: [nil, nil, "the position is the same as the key position"]
  defp cause(_), do: nil

  defp from_table(module, name, args) do
    key = {module, name, length(args)}

    case @arguments do
      %{^key => checks} ->
        found = explain(checks, args, args)
        if Enum.all?(found, &is_nil/1), do: afterwards(checks), else: found

      _ ->
        []
    end
  end

  defp explain([check | checks], [arg | rest], args),
    do: [check(check, arg, args) | explain(checks, rest, args)]

  defp explain(_checks, _rest, _args), do: []

  # When every argument is of the right kind, the one marked `:after` has a wrong value.
  defp afterwards(checks) do
    case List.last(checks) do
      {:after, position, text} -> List.duplicate(nil, position - 1) ++ [text]
      :options -> List.duplicate(nil, length(checks) - 1) ++ ["invalid option in list"]
      _ -> Enum.map(checks, fn check -> if match?({:after, _}, check), do: elem(check, 1) end)
    end
  end

  defp check(nil, _arg, _args), do: nil
  defp check(text, _arg, _args) when is_binary(text), do: text
  defp check(:command, arg, _args),
    do: if(not is_atom(arg) and not ok?(fn -> is_binary(IO.chardata_to_string(arg)) end), do: "not a list of characters")
  defp check(:variable, arg, _args), do: characters(arg, [{?=, ~s|"=" characters is not allowed in environment variable names|}, @no_zero])
  defp check(:variable_value, arg, _args), do: characters(arg, [@no_zero])
  defp check({:after, _}, _arg, _args), do: nil
  defp check({:after, _, _}, _arg, _args), do: nil

  # A value of the right kind that is wrong all the same.
  defp check({kind, text}, arg, args) when is_binary(text), do: check(kind, arg, args) || text

  defp check({:fun, arity}, arg, _args) when not is_function(arg, arity),
    do: "not a fun that takes #{Enum.at(["one", "two", "three"], arity - 1)} argument#{if arity > 1, do: "s"}"

  defp check({:fun, _arity}, _arg, _args), do: nil

  defp check(:table_name, name, _args), do: if(not is_atom(name), do: "invalid table name (must be an atom)")

  defp check(:match_spec, spec, _args),
    do: if(not ok?(fn -> :ets.match_spec_compile(spec) != [] end), do: "not a valid match specification")

  defp check(:key_of_element, key, [_, _, position] = args),
    do: if(is_integer(position) and position > 0, do: check({:key, 0}, key, args))

  defp check({:key, 0}, key, [table | _]) do
    if not table?(table) or ok?(fn -> true = :ets.member(table, key) end),
      do: nil,
      else: "not a key that exists in the table"
  end

  defp check(:element, element, [table | _]) do
    elements = if is_list(element), do: element, else: [element]

    cond do
      not Enum.all?(elements, &match?({position, _} when is_integer(position) and position > 0, &1)) ->
        "is not a valid element specification"

      not table?(table) ->
        nil

      List.keymember?(elements, :ets.info(table, :keypos), 0) ->
        "the position is the same as the key position"

      true ->
        "out of range"
    end
  end

  defp check({:update, _}, operation, [table, key, _ | default]) do
    operations = List.wrap(operation)
    key_position = if table?(table), do: :ets.info(table, :keypos)
    found = if table?(table), do: :ets.lookup(table, key) ++ default, else: []
    size = found |> Enum.map(&(is_tuple(&1) and tuple_size(&1))) |> List.first()

    cond do
      not Enum.all?(operations, &update?/1) ->
        "not a valid update operation"

      size == nil ->
        nil

      Enum.any?(operations, &(updated(&1, key_position) == key_position)) ->
        "the position is the same as the key position"

      Enum.any?(operations, &(updated(&1, key_position) not in 1..size//1)) ->
        "the position in the update operation is out of range"

      true ->
        "the value in the given position, in the object, is not an integer"
    end
  end

  defp check(:options, arg, args), do: check(:list, arg, args)

  defp check(:list, arg, _args) when is_list(arg), do: unless(proper?(arg), do: "not a proper list")
  defp check(:list, _arg, _args), do: "not a list"
  defp check(:positive, arg, _args) when is_integer(arg), do: if(arg < 1, do: "out of range")
  # What is left of the 2^63 nanoseconds that its clock counts, in milliseconds.
  defp check(:time, arg, _args) when is_integer(arg) and arg > 9_223_372_000_000, do: "exceeds the maximum supported time value"
  defp check(:time, arg, args), do: check(:natural, arg, args)

  defp check(:natural, arg, _args) when is_integer(arg), do: if(arg < 0, do: "out of range")
  defp check(kind, _arg, _args) when kind in [:positive, :natural], do: "not an integer"

  defp check(:whole_binary, arg, _args) when is_binary(arg), do: nil

  defp check(:whole_binary, arg, _args) when is_bitstring(arg),
    do: "is a bitstring (expected a binary)"

  defp check(:whole_binary, _arg, _args), do: "not a binary"
  defp check(:table, table, _args) when not is_atom(table) and not is_reference(table),
    do: "not an atom or a table identifier"

  defp check(:table, table, _args), do: if(:ets.info(table) == :undefined, do: @no_table)
  defp check(:object, {}, _args), do: "is an empty tuple"
  defp check(:object, arg, _args), do: if(not is_tuple(arg), do: "not a tuple")
  defp check(:objects, {}, _args), do: "is an empty tuple"
  defp check(:objects, arg, _args) when is_tuple(arg), do: nil

  defp check(:objects, arg, _args) when is_list(arg) do
    if not Enum.all?(arg, &(is_tuple(&1) and &1 != {})),
      do: "not a non-empty tuple or a list of non-empty tuples"
  end

  defp check(:objects, _arg, _args), do: "not a tuple"
  defp check(kind, arg, _args), do: if(not valid?(kind, arg), do: Map.fetch!(@texts, kind))

  defp valid?(:atom, arg), do: is_atom(arg)
  defp valid?(:any_list, arg), do: is_list(arg) and proper?(arg)
  defp valid?(:base, arg), do: is_integer(arg) and arg in 2..36
  defp valid?(:binary, arg), do: is_binary(arg)
  defp valid?(:boolean, arg), do: is_boolean(arg)
  defp valid?(:destination, arg), do: is_pid(arg) or is_atom(arg)
  defp valid?(:endianness, arg), do: arg in [:big, :little]
  defp valid?(:float, arg), do: is_float(arg)
  defp valid?(:fun, arg), do: is_function(arg)
  defp valid?(:integer, arg), do: is_integer(arg)
  defp valid?(:iodata, arg), do: ok?(fn -> :erlang.iolist_size(arg) >= 0 end)
  defp valid?(:map, arg), do: is_map(arg)
  defp valid?(:map_or_iterator, arg), do: is_map(arg) or ok?(fn -> :maps.next(arg) != nil end)
  defp valid?(:number, arg), do: is_number(arg)
  defp valid?(:pattern, arg), do: ok?(fn -> :binary.match("a", arg) != nil end)
  defp valid?(:pid, arg), do: is_pid(arg)
  defp valid?(:reference, arg), do: is_reference(arg)
  defp valid?(:tuple, arg), do: is_tuple(arg)

  defp valid?(:time_unit, unit),
    do: ok?(fn -> is_integer(:erlang.convert_time_unit(1, :native, unit)) end)

  # The position that an operation of `:ets.update_counter` changes.
  defp updated(operation, _key_position) when is_tuple(operation), do: elem(operation, 0)
  defp updated(_increment, key_position), do: key_position + 1

  defp update?(operation) when is_integer(operation), do: true
  defp update?({position, increment}), do: is_integer(position) and is_integer(increment)
  defp update?({a, b, c, d}), do: Enum.all?([a, b, c, d], &is_integer/1)
  defp update?(_other), do: false

  defp proper?(list), do: ok?(fn -> length(list) >= 0 end)

  defp ok?(fun) do
    fun.()
  catch
    # Not `rescue`: that would ask for an explanation in turn.
    :error, _ -> false
  end

  # Answers that depend on several arguments.
  defp special(:erlang, name, [index, tuple])
       when name in [:element, :delete_element],
       do: [tuple_index(index, tuple), if(not is_tuple(tuple), do: "not a tuple")]

  defp special(:erlang, name, [index, tuple, _value]) when name in [:setelement, :insert_element],
    do: special(:erlang, :element, [index, tuple])

  # Erlang says nothing about a range that is a pair and begins behind the end.
  defp special(:erlang, :binary_part, [binary, {start, size}])
       when is_binary(binary) and is_integer(start) and is_integer(size) and start > byte_size(binary),
       do: []

  defp special(module, name, [binary, {start, size}])
       when {module, name} in [erlang: :binary_part, binary: :part, binary: :bin_to_list] and
              is_integer(start) and is_integer(size) do
    case special(module, name, [binary, start, size]) do
      [text, nil, nil] -> [text]
      [text | _] -> [text, "out of range"]
    end
  end

  defp special(module, name, [binary, _other])
       when {module, name} in [erlang: :binary_part, binary: :part, binary: :bin_to_list],
       do: [check(binary_kind(module), binary, []), "not a valid {Pos,Length} tuple"]

  defp special(module, name, [binary, start, size])
       when {module, name} in [erlang: :binary_part, binary: :part, binary: :bin_to_list] do
    case [check(binary_kind(module), binary, []), check(:natural, start, []), check(:integer, size, [])] do
      [nil, nil, nil] when start > byte_size(binary) -> [nil, "out of range"]
      [nil, nil, nil] -> [nil, nil, "out of range"]
      texts -> texts
    end
  end

  defp special(:binary, name, [binary, pattern, [scope: {start, size}]])
       when name in [:match, :matches] and is_integer(start) and is_integer(size) do
    texts = [check(:whole_binary, binary, []), check(:pattern, pattern, [])]
    if texts == [nil, nil], do: texts ++ ["specified part is not wholly inside binary"], else: texts
  end

  defp special(:erlang, :split_binary, [binary, position]) do
    case [check(:binary, binary, []), check(:natural, position, [])] do
      [nil, nil] -> [nil, "out of range"]
      texts -> texts
    end
  end

  defp special(:erlang, name, [binary]) when name in [:binary_to_atom, :binary_to_existing_atom],
    do: special(:erlang, name, [binary, :utf8])

  defp special(:erlang, name, [binary, encoding])
       when name in [:binary_to_atom, :binary_to_existing_atom] do
    cond do
      encoding not in [:latin1, :utf8, :unicode] ->
        [check(:binary, binary, []), "not one of the atoms: latin1, utf8, or unicode"]

      not is_binary(binary) ->
        ["not a binary"]

      is_list(:unicode.characters_to_list(binary)) ->
        # What makes an atom of any text has met a limit.
        if name == :binary_to_atom, do: [], else: ["not an already existing atom"]

      true ->
        ["invalid UTF8 encoding"]
    end
  end

  defp special(:erlang, :list_to_existing_atom, [list]) do
    if is_list(list) and ok?(fn -> :lists.all(&is_integer/1, list) end) and
         ok?(fn -> is_binary(:unicode.characters_to_binary(list)) end),
      do: ["not an already existing atom"],
      else: [check(:list, list, []) || "not a list of characters"]
  end

  defp special(:erlang, name, [text, base]) when name in [:binary_to_integer, :list_to_integer] do
    kind = if name == :binary_to_integer, do: :binary, else: :list

    case check(:base, base, []) do
      nil -> [check(kind, text, []) || "not a textual representation of an integer"]
      wrong -> [check(kind, text, []), wrong]
    end
  end

  defp special(:erlang, :atom_to_binary, [atom, encoding]) do
    known? = encoding in [:latin1, :utf8, :unicode]

    text =
      cond do
        not is_atom(atom) -> "not an atom"
        encoding == :latin1 -> "contains a character not expressible in latin1"
        true -> nil
      end

    [text, if(not known?, do: "is an invalid encoding option")]
  end

  # Erlang names the first argument here, though the second one is wrong.
  defp special(:erlang, :phash2, [_term, range]), do: [check(:positive, range, [])]

  defp special(:erlang, :map_get, [_key, map]),
    do: if(is_map(map), do: ["not present in map"], else: [nil, "not a map"])

  defp special(:maps, :get, [_key, map]),
    do: if(is_map(map), do: ["not present in map"], else: [nil, "not a map"])

  defp special(:erlang, :is_function, [_fun, arity]),
    do: [nil, if(is_integer(arity), do: "out of range", else: "not an integer")]

  defp special(:erlang, :monitor, [type, item | options]) do
    cond do
      type not in [:process, :port] -> ["invalid monitor type"]
      options == [] or not (is_pid(item) or is_atom(item) or is_tuple(item)) -> [nil, check(:pid, item, [])]
      true -> [nil, nil, check({:list, "invalid option in list"}, hd(options), [])]
    end
  end

  defp special(:erlang, :binary_to_term, [binary, options]) do
    if is_list(options) and options -- [:safe, :used] == [],
      do: [check({:binary, "invalid #{if :safe in options, do: "or unsafe "}external representation of a term"}, binary, [])],
      else: [check(:binary, binary, []), check({:list, "invalid option in list"}, options, [])]
  end

  # Erlang names the third argument here, though the fourth one is wrong.
  defp special(:erlang, timer, [time, to, _message, options]) when timer in [:send_after, :start_timer] do
    option = if options == [], do: nil, else: check({:list, "invalid option in list"}, options, [])
    [check(:time, time, []), check(:destination, to, []), option]
  end

  defp special(:erlang, :send, [_to, _message, options]) do
    if is_list(options) and options -- [:nosuspend, :noconnect] == [],
      do: ["invalid destination"],
      else: [nil, nil, check({:list, "invalid option in list"}, options, [])]
  end

  defp special(:erlang, :suspend_process, [pid | options]) do
    cond do
      pid == self() -> ["the pid refers to the current process"]
      not is_pid(pid) -> ["not a pid"]
      not :erlang.is_process_alive(pid) -> ["the pid does not refer to an existing process"]
      true -> [nil | Enum.map(options, &check(:options, &1, []))]
    end
  end

  @flags [
    :error_handler,
    :fullsweep_after,
    :max_heap_size,
    :message_queue_data,
    :min_bin_vheap_size,
    :min_heap_size,
    :priority,
    :save_calls,
    :sensitive,
    :trap_exit
  ]

  defp special(:erlang, :process_flag, [flag, _value]) do
    if flag in @flags,
      do: [nil, "invalid value for this process flag"],
      else: ["invalid process flag"]
  end

  defp special(:erlang, :process_flag, [pid, flag, _value]) do
    about_pid =
      cond do
        not is_pid(pid) -> "not a pid"
        not :erlang.is_process_alive(pid) -> "the pid does not refer to an existing process"
        true -> nil
      end

    cond do
      flag != :save_calls -> [about_pid, "invalid process flag"]
      about_pid == nil -> [nil, nil, "invalid value for process flag 'save_calls'"]
      true -> [about_pid]
    end
  end

  defp special(:erlang, :register, [name, item]) do
    name_text =
      cond do
        name == :undefined -> "'undefined' is not a valid name"
        not is_atom(name) -> "not an atom"
        true -> nil
      end

    cond do
      not is_pid(item) and not is_port(item) -> [name_text, "not a pid or port"]
      name_text != nil -> [name_text]
      not :erlang.is_process_alive(item) -> [nil, "the pid does not refer to an existing process"]
      :erlang.process_info(item, :registered_name) != [] -> [nil, "this process or port already has a name"]
      true -> ["name is in use"]
    end
  end

  defp special(:erlang, :trace, [who, how, flags]) do
    cond do
      how not in [true, false] -> [nil, "not a boolean ('true' or 'false')"]
      not is_list(flags) -> [nil, nil, "not a list"]
      not tracee?(who) or (is_pid(who) and :erlang.trace_info(who, :tracer) not in [{:tracer, []}, {:tracer, self()}]) -> ["invalid spec for pid or port"]
      true -> [nil, nil, "invalid option in list"]
    end
  end

  defp special(:erlang, :trace_pattern, [what, _how | options]) do
    cond do
      not traced?(what) -> ["invalid MFA specification"]
      options in [[], [[]], [[:global]], [[:local]]] -> [nil, "invalid match specification"]
      true -> [nil, nil, check({:list, "invalid option in list"}, hd(options), [])]
    end
  end

  defp special(:erlang, :trace_info, [what, _item]) do
    if tracee?(what) or traced?(what), do: [nil, "invalid trace item"], else: ["not a valid tracee specification"]
  end

  defp special(:lists, :seq, [first, last, step]) do
    case Enum.map([first, last, step], &check(:integer, &1, [])) do
      [nil, nil, nil] when first <= last -> [nil, nil, "not a positive increment"]
      [nil, nil, nil] -> [nil, nil, "not a negative increment"]
      texts -> texts
    end
  end

  defp special(:erlang, :is_record, [_term, tag]), do: [check(:atom, tag, [])]

  defp special(:binary, :decode_hex, [binary]) do
    cond do
      text = check(:whole_binary, binary, []) -> [text]
      true -> ["must contain an even number of bytes"]
    end
  end

  defp special(:binary, :unhex, [pair]), do: [pair <> " is not a valid hex"]

  defp special(:re, :compile, [pattern, _options]),
    do: if(ok?(fn -> :re.compile(pattern) end), do: [nil, "invalid options"], else: ["not an iodata term"])

  defp special(:re, :run, [subject, pattern | options]), do: regex(subject, pattern, [], options)

  # The older functions do not say which option is wrong.
  defp special(:re, name, [subject, pattern, replacement | options]) when name == :replace,
    do: regex(subject, pattern, [replacement], unless(is_list(List.first(options)), do: options) || [])

  defp special(:re, :split, [subject, pattern | options]),
    do: regex(subject, pattern, [], unless(is_list(List.first(options)), do: options) || [])

  defp special(:math, name, [arg]) do
    cond do
      not is_number(arg) -> ["not a number"]
      name in [:acos, :acosh, :asin, :atanh, :log, :log2, :log10, :sqrt] -> ["is outside the domain for this function"]
      true -> []
    end
  end

  defp special(:math, name, [left, right]) do
    case [check(:number, left, []), check(:number, right, [])] do
      [nil, nil] when name == :fmod and right == 0 -> [nil, "is outside the domain for this function"]
      texts -> texts
    end
  end

  defp special(module, :new, [size, _options]) when module in [:atomics, :counters] and is_integer(size) and size > 134_217_728,
    do: ["#{module} array size reached a system limit"]

  defp special(module, name, [array, index | values]) when module in [:atomics, :counters] and name !== :new do
    cond do
      not ok?(fn -> is_map(module.info(array)) end) -> ["invalid atomics reference"]
      not is_integer(index) -> [nil, "not an integer"]
      not ok?(fn -> is_integer(module.get(array, index)) end) -> [nil, "out of range"]
      true -> [nil, nil | Enum.map(values, &(check(:integer, &1, []) || "out of range"))]
    end
  end

  defp special(:os, :cmd, [_command, %{max_size: max}]) when not is_integer(max) or max < 0, do: [nil, "out of range"]

  defp special(:os, :set_signal, [signal, action]) do
    action_text = if action not in [:default, :handle, :ignore], do: "invalid signal handling option"

    cond do
      not is_atom(signal) -> ["not an atom", action_text]
      action_text != nil -> [nil, action_text]
      true -> ["invalid signal name"]
    end
  end

  defp special(module, :info, [_array]) when module in [:atomics, :counters], do: ["invalid atomics reference"]

  defp special(:unicode, _name, [chars | encodings]) do
    bad_chars = "not valid character data (an iodata term)"
    valid? = ok?(fn -> is_binary(:unicode.characters_to_binary(chars)) end)

    [if(not valid? or encodings == [], do: bad_chars)] ++
      Enum.map(encodings, fn encoding ->
        if not ok?(fn -> is_binary(:unicode.characters_to_binary("", encoding)) end),
          do: "not a valid encoding"
      end)
  end

  defp special(:ets, :new, [name, options]) do
    case [check(:atom, name, []), check(:list, options, [])] do
      [nil, nil] ->
        if is_list(options) and :named_table in options and :ets.info(name) != :undefined,
          do: ["table name already exists"],
          else: [nil, "invalid options"]

      texts ->
        texts
    end
  end

  defp special(:ets, name, [table | _] = args) do
    if is_map_key(@arguments, {:ets, name, length(args)}), do: nil, else: [check(:table, table, args)]
  end

  defp special(:io, name, [_device, data])
       when name in [:put_chars, :format, :fwrite] and not is_binary(data) do
    if ok?(fn -> is_binary(:unicode.characters_to_binary(data)) end),
      do: ["the device does not exist"],
      else: [nil, "not valid character data (an iodata term)"]
  end

  defp special(:io, _name, [_device | _]), do: ["the device does not exist"]

  defp special(_module, _name, _args), do: nil

  defp binary_kind(:binary), do: :whole_binary
  defp binary_kind(_module), do: :binary

  defp regex(subject, pattern, replacement, options) do
    texts = [check(:iodata, subject, []), regex_text(pattern)] ++ Enum.map(replacement, &check(:iodata, &1, []))

    options =
      if options == [] or (Enum.any?(texts) and options_fit?(hd(options))),
        do: [],
        else: Enum.map(options, fn _ -> "invalid options" end)

    texts ++ options
  end

  defp options_fit?(options), do: ok?(fn -> :re.run("", "", options) end)

  defp regex_text({:re_pattern, _, _, _, _}), do: nil

  defp regex_text(pattern) do
    case check(:iodata, pattern, []) do
      nil ->
        case :re.compile(pattern) do
          {:ok, _} ->
            nil

          {:error, {message, position}} ->
            "could not parse regular expression\n#{message} on character #{position}"
        end

      _ ->
        "neither an iodata term nor a compiled regular expression"
    end
  end

  defp characters(text, _forbidden) when not is_list(text), do: "not a list"

  defp characters(text, forbidden) do
    cond do
      not ok?(fn -> length(text) >= 0 end) -> "not a proper list"
      not Enum.all?(text, &is_integer/1) -> "not a list of characters"
      found = Enum.find(forbidden, fn {char, _} -> char in text end) -> elem(found, 1)
      not ok?(fn -> is_binary(:unicode.characters_to_binary(text)) end) -> "invalid characters"
      true -> nil
    end
  end

  defp table?(table), do: ok?(fn -> :ets.info(table) != :undefined end)

  defp tuple_index(index, _tuple) when not is_integer(index), do: "not an integer"

  defp tuple_index(index, tuple)
       when is_tuple(tuple) and (index <= 0 or index > tuple_size(tuple)),
       do: "out of range"

  defp tuple_index(index, tuple) when not is_tuple(tuple) and index <= 0, do: "out of range"
  defp tuple_index(_index, _tuple), do: nil

  @groups for group <- ["", "existing_", "new_"], kind <- ["processes", "ports"], do: String.to_atom(group <> kind)

  defp tracee?(who), do: (is_pid(who) and :erlang.is_process_alive(who)) or who in [:all, :existing, :new | @groups]

  defp traced?({module, name, arity}), do: is_atom(module) and is_atom(name) and (is_integer(arity) or arity == :_)
  defp traced?(what), do: what in [:send, :receive, :on_load]
end
