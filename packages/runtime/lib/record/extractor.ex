defmodule Record.Extractor do
  @moduledoc false

  # The records of an Erlang header. A header is read as tokens: constants that it defines are put in place, and of the
  # rest only `-record(name, {field = default :: type, ...}).` counts.

  alias Record.Headers

  @doc "The fields of a record, with their defaults."
  def extract(name, opts) do
    {path, text} = source(opts)

    case text |> records() |> List.keyfind(name, 0) do
      {_, fields} ->
        fields

      nil ->
        raise ArgumentError,
              "no record #{name} found at #{path}. Or the record does not exist or " <>
                "its entry is malformed or depends on other include files"
    end
  end

  @doc "All records of the header."
  def extract_all(opts), do: opts |> source() |> elem(1) |> records()

  defp source(opts) do
    case Keyword.take(opts, [:from, :from_lib]) do
      [from: path] ->
        case File.read(path) do
          {:ok, text} -> {path, text}
          error -> raise "error parsing file #{path}, got: #{inspect(error)}"
        end

      [from_lib: path] ->
        {path, Headers.text(path) || raise(ArgumentError, "lib file #{path} could not be found")}

      _ ->
        raise ArgumentError, "expected :from or :from_lib to be given as option"
    end
  end

  defp records(text) do
    case text |> String.to_charlist() |> :erl_scan.string() do
      {:ok, tokens, _line} -> tokens |> forms() |> read(%{}, [])
      {:error, _, _} = error -> raise "error parsing file, got: #{inspect(error)}"
    end
  end

  defp forms(tokens) do
    case Enum.split_while(tokens, &(not match?({:dot, _}, &1))) do
      {form, [_dot | rest]} -> [form | forms(rest)]
      {_form, []} -> []
    end
  end

  defp read([form | forms], constants, records) do
    case form do
      [{:-, _}, {:atom, _, :define}, {:"(", _}, {_, _, name}, {:",", _} | value] ->
        read(forms, Map.put(constants, name, Enum.drop(value, -1)), records)

      [{:-, _}, {:atom, _, :record}, {:"(", _}, {:atom, _, name}, {:",", _}, {:"{", _} | rest] ->
        fields = rest |> Enum.drop(-2) |> replaced(constants) |> fields(records)
        read(forms, constants, records ++ [{name, fields}])

      _ ->
        read(forms, constants, records)
    end
  end

  defp read([], _constants, records), do: records

  defp replaced([{:"?", _}, {_, _, name} | tokens], constants) when is_map_key(constants, name) do
    replaced(constants[name] ++ tokens, constants)
  end

  defp replaced([token | tokens], constants), do: [token | replaced(tokens, constants)]
  defp replaced([], _constants), do: []

  defp fields([], _records), do: []

  defp fields([{:atom, _, name} | tokens], records) do
    {field, tokens} = field(tokens, 0, [])
    [{name, default(field, records)} | fields(tokens, records)]
  end

  # The tokens up to the comma that ends the field.
  defp field([{:",", _} | tokens], 0, acc), do: {Enum.reverse(acc), tokens}
  defp field([], _depth, acc), do: {Enum.reverse(acc), []}

  defp field([{bracket, _} = token | tokens], depth, acc) when bracket in [:"(", :"[", :"{", :"<<"] do
    field(tokens, depth + 1, [token | acc])
  end

  defp field([{bracket, _} = token | tokens], depth, acc) when bracket in [:")", :"]", :"}", :">>"] do
    field(tokens, depth - 1, [token | acc])
  end

  defp field([token | tokens], depth, acc), do: field(tokens, depth, [token | acc])

  defp default([{:=, _} | tokens], records) do
    case Enum.take_while(tokens, &(not match?({:"::", _}, &1))) do
      [{:"#", _}, {:atom, _, name}, {:"{", _}, {:"}", _}] ->
        {_, fields} = List.keyfind(records, name, 0)
        List.to_tuple([name | Keyword.values(fields)])

      tokens ->
        {:ok, expressions} = :erl_parse.parse_exprs(tokens ++ [{:dot, 1}])
        {:value, value, _} = :erl_eval.exprs(expressions, [])
        value
    end
  end

  defp default(_no_default, _records), do: :undefined
end
