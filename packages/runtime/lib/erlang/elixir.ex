defmodule :elixir do
  @moduledoc "Elixir's `:elixir`, what tools call of it to read sources. The rest is native."

  @doc "The tokens of a text: `{:ok, tokens}`, the first one first, or `{:error, {meta, message, token}}`."
  def string_to_tokens(text, line, column, file, opts) do
    case :elixir_tokenizer.tokenize(text, line, column, [file: file] ++ opts) do
      {:ok, _line, _column, _warnings, tokens, _terminators} -> {:ok, :lists.reverse(tokens)}
      {:error, {meta, words, token}, _rest, _warnings, _tokens} -> {:error, {meta, binary(words), binary(token)}}
    end
  end

  defp binary({before, behind}), do: {binary(before), binary(behind)}
  defp binary(words), do: :unicode.characters_to_binary(words)

  @doc "The quoted form of a text; raises when it has none."
  def string_to_quoted!(text, line, column, file, opts) do
    text |> :unicode.characters_to_binary() |> Code.string_to_quoted!([line: line, column: column, file: file] ++ opts)
  end

  @doc "Stands for a local function in what is evaluated in the environment of a function: there is none."
  def eval_local_handler(name, args) do
    raise UndefinedFunctionError, module: nil, function: name, arity: length(args), reason: :"undefined local"
  end
end
