defmodule :crypto do
  @moduledoc "Erlang's `:crypto`: the words for its errors. All else is native."

  @doc "What is wrong with which argument, from the explanation that the reason of an error has."
  def format_error({_kind, _place, text}, [{_module, _function, _args, info} | _]) do
    case :proplists.get_value(:error_info, info, %{}) do
      %{erl_function_arg_num: number} when is_integer(number) -> %{number => text}
      _ -> %{}
    end
  end
end
