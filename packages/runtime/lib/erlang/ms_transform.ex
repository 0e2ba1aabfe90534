defmodule :ms_transform do
  @moduledoc """
  Erlang's `:ms_transform`, as far as a shell has it: a fun written in place becomes a match specification, for
  `:ets.fun2ms/1` in evaluated code.

  The compiler hands over the expanded fun, as a closure does not know its source. A variable of the surrounding code
  ends in the error that OTP ends in, which does not know how Elixir keeps bindings.
  """

  @unary ~w(+ - abs bit_size bnot byte_size float hd is_atom is_binary is_float is_function is_integer is_list is_map
            is_number is_pid is_port is_record is_reference is_tuple length map_size node not round size tl trunc)a
  @binary ~w(* + - / /= < =/= =:= =< == > >= and andalso band binary_part bor bsl bsr bxor div element is_map_key
             is_record map_get or orelse rem xor)a

  @doc "The match specification of the expanded form of a fun; what cannot be one is told and is an error."
  def fun2ms({:fn, _, clauses}) do
    Enum.flat_map(clauses, &clause/1)
  catch
    {__MODULE__, why} ->
      IO.puts(["Error: ", why])
      {:error, :transform_error}
  end

  defp clause({:->, _, [[{:when, _, [parameter, guard]}], body]}) do
    for guard <- alternatives(guard), do: row(parameter, [guard], body)
  end

  defp clause({:->, _, [[parameter], body]}), do: [row(parameter, [], body)]
  defp clause(_), do: refuse("ets:fun2ms requires fun with single variable or tuple parameter")

  defp alternatives({:when, _, [left, right]}), do: [left | alternatives(right)]
  defp alternatives(guard), do: [guard]

  defp row(parameter, guards, body) do
    {pattern, names} = whole(parameter)
    {head, names} = head(pattern, names)
    {head, Enum.map(guards, &term(&1, names, "guard")), Enum.map(steps(body), &term(&1, names, "body"))}
  end

  defp steps({:__block__, _, steps}), do: steps
  defp steps(step), do: [step]

  # A name of the whole object is `:"$_"`.
  defp whole({:=, _, [{_, _, context} = name, pattern]}) when is_atom(context), do: {single(pattern), %{key(name) => :"$_"}}
  defp whole({:=, _, [pattern, {_, _, context} = name]}) when is_atom(context), do: {single(pattern), %{key(name) => :"$_"}}
  defp whole(pattern), do: {single(pattern), %{}}

  defp single({_, _} = pattern), do: pattern
  defp single({:{}, _, _} = pattern), do: pattern
  defp single({_, _, context} = name) when is_atom(context), do: name
  defp single(_), do: refuse("ets:fun2ms requires fun with single variable or tuple parameter")

  defp key({name, meta, context}), do: {name, context, meta[:version]}

  defp head({:_, _, context}, names) when is_atom(context), do: {:_, names}

  defp head({_, _, context} = name, names) when is_atom(context) do
    key = key(name)
    count = Enum.count(names, fn {_, to} -> to != :"$_" end)
    names = Map.put_new(names, key, :"$#{count + 1}")
    {names[key], names}
  end

  defp head({:{}, _, parts}, names) do
    {parts, names} = Enum.map_reduce(parts, names, &head/2)
    {List.to_tuple(parts), names}
  end

  defp head({:%{}, _, pairs}, names) do
    {pairs, names} =
      Enum.map_reduce(pairs, names, fn {key, value}, names ->
        {value, names} = head(value, names)
        {{elem(head(key, names), 0), value}, names}
      end)

    {Map.new(pairs), names}
  end

  defp head({left, right}, names) do
    {left, names} = head(left, names)
    {right, names} = head(right, names)
    {{left, right}, names}
  end

  defp head([{:|, _, [first, rest]}], names) do
    {first, names} = head(first, names)
    {rest, names} = head(rest, names)
    {[first | rest], names}
  end

  defp head([first | rest], names) do
    {first, names} = head(first, names)
    {rest, names} = head(rest, names)
    {[first | rest], names}
  end

  defp head({:=, _, _}, _), do: refuse("in fun head, only matching (=) on toplevel can be translated into match_spec")
  defp head({:^, _, [name]}, _), do: normalise(name)
  defp head({:<<>>, _, _} = bits, _), do: bits(bits, "fun head contains bit syntax matching of variable '", "',")
  defp head({{:., _, [:erlang, :-]}, _, [number]}, names), do: {-number, names}

  defp head(atom, names) when is_atom(atom) do
    if reserved?(atom), do: refuse("fun head contains atom '#{atom}', which conflics with reserved atoms in match_spec heads")
    {atom, names}
  end

  defp head(constant, names), do: {constant, names}

  defp term({_, _, context} = name, names, _) when is_atom(context), do: names[key(name)] || normalise(name)
  defp term({left, right}, names, where), do: {{term(left, names, where), term(right, names, where)}}
  defp term({:{}, _, parts}, names, where), do: {List.to_tuple(Enum.map(parts, &term(&1, names, where)))}
  defp term({:%{}, _, [{:|, _, _}]}, _, where), do: element("map", where)

  defp term({:%{}, _, pairs}, names, where) do
    Map.new(pairs, fn {key, value} -> {term(key, names, where), term(value, names, where)} end)
  end

  defp term([{:|, _, [first, rest]}], names, where), do: [term(first, names, where) | term(rest, names, where)]
  defp term([first | rest], names, where), do: [term(first, names, where) | term(rest, names, where)]

  defp term({{:., _, [:erlang, name]}, _, parts}, names, where)
       when (name in @unary and length(parts) == 1) or (name in @binary and length(parts) == 2) or
              (name in [:self, :node] and parts == []) or (name == :binary_part and length(parts) == 3) do
    List.to_tuple([name | Enum.map(parts, &term(&1, names, where))])
  end

  # Elixir's own pass makes a `case` of an interpolation.
  defp term({{:., _, [String.Chars, :to_string]}, _, _}, _, where), do: element("case", where)

  defp term({{:., _, [target, name]}, _, parts}, _, where) when is_atom(target) do
    called = :io_lib.format(~c"~tp:~tp/~w", [target, name, length(parts)])
    refuse("fun containing the remote function call '#{called}' (called in #{where}) cannot be translated into match_spec")
  end

  defp term({{:., _, [_, _]}, _, _}, _, where), do: element("case", where)
  defp term({{:., _, _}, _, _}, _, where), do: element("call", where)

  defp term({:=, _, _}, _, where) do
    refuse("fun with #{where} matching ('=' in #{where}) is illegal as match_spec")
  end

  defp term({:<<>>, _, _} = bits, _, where), do: bits(bits, "bit syntax construction with variable '", "' (in #{where})")
  defp term({form, _, _}, _, where) when form in [:fn, :&], do: element("fun", where)
  defp term({:cond, _, _}, _, where), do: element("case", where)
  defp term({form, _, _}, _, where), do: element(Atom.to_string(form), where)
  defp term(atom, _, _) when is_atom(atom), do: if(reserved?(atom), do: {:const, atom}, else: atom)
  defp term(constant, _, _), do: constant

  defp reserved?(atom), do: Atom.to_string(atom) =~ ~r/^\$(\d+|_|\$)$/

  defp bits({:<<>>, _, segments} = bits, before, behind) do
    case for {:"::", _, [{_, _, _} = value, _]} <- segments, do: value do
      [] -> elem(Code.eval_quoted(bits), 0)
      [{:_, _, _} | _] -> refuse("#{before}_#{behind} which cannot be translated into match_spec")
      [{name, _, context} | _] when is_atom(context) -> refuse("#{before}_#{name}@1#{behind} cannot be translated into match_spec")
      [value | _] -> term(value, %{}, "body")
    end
  end

  defp element(form, where), do: refuse("the language element #{form} (in #{where}) cannot be translated into match_spec")

  # OTP's function of this name has no clause for a variable of the surrounding code; that is the error that it ends in.
  defp normalise(:none), do: :ok

  defp refuse(why), do: throw({__MODULE__, why})
end
