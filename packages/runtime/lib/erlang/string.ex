defmodule :string do
  @moduledoc "Erlang's `:string`: the older functions, which take lists of characters. The others are native."

  @doc "A list of `n` times a character."
  def chars(char, n), do: chars(char, n, [])

  @doc "Like `chars/2`, before a tail."
  def chars(_char, 0, tail), do: tail
  def chars(char, n, tail) when n > 0, do: chars(char, n - 1, [char | tail])

  @doc "How many characters at the beginning are in `characters`."
  def span(string, characters), do: length(Enum.take_while(string, &(&1 in characters)))

  @doc "How many characters at the beginning are not in `characters`."
  def cspan(string, characters), do: length(Enum.take_while(string, &(&1 not in characters)))

  @doc "The number of words between blanks."
  def words(string), do: words(string, ?\s)
  def words(string, separator), do: length(:string.lexemes(string, [separator]))

  @doc "A word by its number, from 1."
  def sub_word(string, number), do: sub_word(string, number, ?\s)
  def sub_word(string, number, separator), do: Enum.at(:string.lexemes(string, [separator]), number - 1, [])

  @doc "The float at the beginning: `{number, rest}` or `{:error, reason}`."
  def list_to_float(string) when is_list(string) do
    case Regex.run(~r/^[+-]?\d+[.,]\d+([eE][+-]?\d+)?/, text(string)) do
      [found | _] ->
        number = found |> String.replace(",", ".") |> String.trim_leading("+") |> :erlang.binary_to_float()
        {number, Enum.drop(string, byte_size(found))}

      nil ->
        {:error, :no_float}
    end
  rescue
    ArgumentError -> {:error, :badarg}
  end

  def list_to_float(_string), do: {:error, :not_a_list}

  @doc "The integer at the beginning: `{number, rest}` or `{:error, reason}`."
  def list_to_integer(string) when is_list(string) do
    case Regex.run(~r/^[+-]?\d+/, text(string)) do
      [found] -> {String.to_integer(found), Enum.drop(string, byte_size(found))}
      nil -> {:error, :no_integer}
    end
  end

  def list_to_integer(_string), do: {:error, :not_a_list}

  # Only the beginning matters, which is ASCII.
  defp text(string), do: string |> Enum.take_while(&(is_integer(&1) and &1 in 0..127)) |> List.to_string()
end
