# The innermost place of a stack trace says who words the error: of a builtin, and of `raise` with one argument.
info = fn fun ->
  try do
    fun.()
  rescue
    _ ->
      {module, name, args, info} = hd(__STACKTRACE__)
      {module, name, if(is_list(args), do: args), Keyword.get(info, :error_info), Keyword.keys(info)}
  end
end

defmodule Raises do
  def text, do: raise("text")
  def exception, do: raise(ArgumentError)
  def attributes, do: raise(ArgumentError, "text")
end

IO.inspect(info.(fn -> 1 + hd([:a]) end))
# expect: {:erlang, :+, [1, :a], %{module: :erl_erts_errors}, [:error_info]}
IO.inspect(info.(fn -> String.to_integer("z") end))
# expect: {:erlang, :binary_to_integer, ["z"], %{module: :erl_erts_errors}, [:error_info]}
IO.inspect(info.(&Raises.text/0))
# expect: {Raises, :text, nil, %{module: Exception}, [:file, :line, :error_info]}
IO.inspect(info.(&Raises.exception/0))
# expect: {Raises, :exception, nil, %{module: Exception}, [:file, :line, :error_info]}
IO.inspect(info.(&Raises.attributes/0))
# expect: {Raises, :attributes, nil, nil, [:file, :line]}
