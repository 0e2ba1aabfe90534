defmodule Module.Types.Signatures do
  @moduledoc false
  # What the functions that the compiler knows accept and return: `{:strong, clauses}`, where a call that fits no clause fails for
  # certain. A clause is `{types of the arguments, type of the result}`. `:none` is said of all others.

  import Module.Types.Descr

  @comparisons [:==, :"/=", :"=:=", :"=/=", :<, :"=<", :>, :>=]
  @tests ~w(is_atom is_binary is_bitstring is_boolean is_float is_function is_integer is_list is_map is_number is_pid is_port
    is_reference is_tuple)a
  @bitwise ~w(band bor bsl bsr bxor div rem)a
  @rounding ~w(ceil floor round trunc)a
  @spawns ~w(spawn spawn_link)a

  def of(:binary, :copy, 2), do: one([binary(), integer()], binary())
  def of(:erlang, name, arity), do: erlang(name, arity)

  # Of Elixir's own library, which its compiler infers.
  def of(System, :stacktrace, 0), do: {:infer, [{[], empty_list()}]}
  def of(MapSet, :new, 1), do: inferred(1, closed_map(__struct__: atom([MapSet]), map: term()))
  def of(Enum, :partition, 2), do: inferred(2, tuple([term(), term()]))
  def of(_module, :module_info, 0), do: one([], pairs([functions: names(), nifs: names()] ++ shared_info()))
  def of(_module, _name, _arity), do: :none

  @doc "What functions that tell of their module return, in whatever module they are."
  def of(name, 1) when name in [:behaviour_info, :module_info, :__info__, :__protocol__] do
    strong(for {key, result} <- info(name), do: {[atom([key])], result})
  end

  def of(_name, _arity), do: :none

  @doc "What the arguments may be in all clauses together."
  def domain(clauses),
    do: clauses |> Enum.map(&elem(&1, 0)) |> Enum.zip_with(fn types -> Enum.reduce(types, &union/2) end)

  defp one(args, result), do: strong([{args, result}])
  defp inferred(arity, result), do: {:infer, [{List.duplicate(term(), arity), dynamic(result)}]}
  defp strong(clauses), do: {:strong, clauses}

  ## Erlang's

  defp erlang(sign, 1) when sign in [:+, :-], do: strong([{[integer()], integer()}, {[float()], float()}])

  defp erlang(name, 2) when name in [:+, :-, :*] do
    strong([
      {[integer(), integer()], integer()},
      {[integer(), float()], float()},
      {[float(), integer()], float()},
      {[float(), float()], float()}
    ])
  end

  defp erlang(:/, 2), do: one([number(), number()], float())
  defp erlang(name, 2) when name in @comparisons, do: one([term(), term()], boolean())
  defp erlang(name, 1) when name in @tests, do: one([term()], boolean())
  defp erlang(:is_function, 2), do: one([term(), integer()], boolean())
  defp erlang(:is_map_key, 2), do: one([term(), open_map()], boolean())
  defp erlang(:abs, 1), do: strong([{[integer()], integer()}, {[float()], float()}])

  defp erlang(:and, 2),
    do: strong(for a <- [true, false], b <- [true, false], do: {[atom([a]), atom([b])], atom([a and b])})

  defp erlang(:or, 2),
    do: strong(for a <- [true, false], b <- [true, false], do: {[atom([a]), atom([b])], atom([a or b])})

  defp erlang(:not, 1), do: strong([{[atom([false])], atom([true])}, {[atom([true])], atom([false])}])
  defp erlang(name, 2) when name in [:andalso, :orelse], do: one([boolean(), term()], dynamic())
  defp erlang(name, 2) when name in @bitwise, do: one([integer(), integer()], integer())
  defp erlang(:bnot, 1), do: one([integer()], integer())
  defp erlang(name, 1) when name in @rounding, do: one([number()], integer())
  defp erlang(name, 2) when name in [:max, :min], do: one([term(), term()], dynamic())

  defp erlang(:atom_to_binary, 1), do: one([atom()], binary())
  defp erlang(:atom_to_list, 1), do: one([atom()], list(integer()))
  defp erlang(:binary_part, 3), do: one([binary(), integer(), integer()], binary())
  defp erlang(name, 1) when name in [:binary_to_atom, :binary_to_existing_atom], do: one([binary()], atom())
  defp erlang(:binary_to_integer, 1), do: one([binary()], integer())
  defp erlang(:binary_to_integer, 2), do: one([binary(), integer()], integer())
  defp erlang(:binary_to_float, 1), do: one([binary()], float())
  defp erlang(name, 1) when name in [:bit_size, :byte_size], do: one([binary()], integer())
  defp erlang(:integer_to_binary, 1), do: one([integer()], binary())
  defp erlang(:integer_to_binary, 2), do: one([integer(), integer()], binary())
  defp erlang(:integer_to_list, 1), do: one([integer()], non_empty_list(integer()))
  defp erlang(:integer_to_list, 2), do: one([integer(), integer()], non_empty_list(integer()))
  defp erlang(name, 1) when name in [:list_to_atom, :list_to_existing_atom], do: one([list(integer())], atom())
  defp erlang(:list_to_float, 1), do: one([non_empty_list(integer())], float())
  defp erlang(:list_to_integer, 1), do: one([non_empty_list(integer())], integer())
  defp erlang(:list_to_integer, 2), do: one([non_empty_list(integer()), integer()], integer())
  defp erlang(:list_to_tuple, 1), do: one([list(term())], dynamic(open_tuple([])))
  defp erlang(:tuple_to_list, 1), do: one([open_tuple([])], dynamic(list(term())))

  defp erlang(:length, 1), do: one([list(term())], integer())
  defp erlang(:++, 2), do: one([list(term()), term()], dynamic(list(term(), term())))
  defp erlang(:--, 2), do: one([list(term()), list(term())], dynamic(list(term())))
  defp erlang(name, 1) when name in [:hd, :tl], do: one([non_empty_list(term(), term())], dynamic())
  defp erlang(:map_size, 1), do: one([open_map()], integer())
  defp erlang(:tuple_size, 1), do: one([open_tuple([])], integer())
  defp erlang(:element, 2), do: one([integer(), open_tuple([])], dynamic())
  defp erlang(:delete_element, 2), do: one([integer(), open_tuple([])], dynamic(open_tuple([])))

  defp erlang(name, 3) when name in [:insert_element, :setelement],
    do: one([integer(), open_tuple([]), term()], dynamic(open_tuple([])))

  defp erlang(:error, 1), do: one([term()], none())
  defp erlang(:error, 2), do: one([term(), args_or_none()], none())
  defp erlang(:error, 3), do: one([term(), args_or_none(), pairs(error_info: open_map())], none())
  defp erlang(:raise, 3), do: one([atom([:error, :exit, :throw]), term(), stacktrace()], none())
  defp erlang(:function_exported, 3), do: one([atom(), atom(), integer()], boolean())
  defp erlang(:make_ref, 0), do: one([], reference())
  defp erlang(:node, 0), do: one([], atom())
  defp erlang(:node, 1), do: one([pid() |> union(reference()) |> union(port())], atom())
  defp erlang(:self, 0), do: one([], pid())
  defp erlang(name, 1) when name in @spawns, do: one([fun()], pid())
  defp erlang(name, 3) when name in @spawns, do: one([atom(), atom(), list(term())], pid())
  defp erlang(:spawn_monitor, 1), do: one([fun()], tuple([reference(), pid()]))
  defp erlang(:spawn_monitor, 3), do: one([atom(), atom(), list(term())], tuple([reference(), pid()]))
  defp erlang(:send, 2), do: one([destination(), term()], dynamic())
  defp erlang(_name, _arity), do: :none

  defp args_or_none, do: union(list(term()), atom([:none]))
  defp destination, do: Enum.reduce([pid(), reference(), port(), atom(), tuple([atom(), atom()])], &union/2)

  defp stacktrace do
    arity = union(list(term()), integer())
    info = pairs(file: list(integer()), line: integer(), error_info: open_map())

    [[atom(), atom(), arity, info], [atom(), atom(), arity], [fun(), arity, info], [fun(), arity]]
    |> Enum.map(&tuple/1)
    |> Enum.reduce(&union(&2, &1))
    |> list()
  end

  ## Of modules

  defp info(:behaviour_info), do: [callbacks: names(), optional_callbacks: names()]
  defp info(:module_info), do: [functions: names(), nifs: names()] ++ shared_info()

  defp info(:__info__) do
    [
      deprecated: list(tuple([tuple([atom(), integer()]), binary()])),
      exports_md5: binary(),
      functions: names(),
      macros: names(),
      struct: union(list(closed_map(default: if_set(term()), field: atom())), atom([nil]))
    ] ++ shared_info()
  end

  defp info(:__protocol__) do
    [
      module: atom(),
      functions: names(),
      consolidated?: boolean(),
      impls: union(atom([:not_consolidated]), tuple([atom([:consolidated]), list(atom())]))
    ]
  end

  defp shared_info do
    [
      attributes: list(tuple([atom(), list(term())])),
      compile: pairs(version: list(integer()), source: list(integer()), options: list(term())),
      exports: names(),
      md5: binary(),
      module: atom()
    ]
  end

  defp names, do: list(tuple([atom(), integer()]))

  defp pairs(keyword),
    do: keyword |> Enum.map(fn {key, type} -> tuple([atom([key]), type]) end) |> Enum.reduce(&union/2) |> list()
end
