defmodule :compile do
  @moduledoc """
  Erlang's `:compile`, as far as it concerns those who compile Elixir: there is no compiler of Erlang here.
  """

  @doc "The options that the environment variable `ERL_COMPILER_OPTIONS` gives, as a list."
  def env_compiler_options do
    with [_ | _] = text <- :os.getenv(~c"ERL_COMPILER_OPTIONS"),
         {:ok, tokens, _} <- :erl_scan.string(text ++ ~c"."),
         {:ok, options} <- :erl_parse.parse_term(tokens) do
      List.wrap(options)
    else
      _ -> []
    end
  end
end
