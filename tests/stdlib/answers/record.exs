# Records what Erlang answers to calls of its modules, for `answers.test.ts`:
#
#     elixir record.exs calls.exs >> otp25.txt
#
# `calls.exs` evaluates to a list of `{module, function, args}`. A line of the output is one call in the external term
# format, `{module, function, args, {:ok, value} | {class, reason}}`, in Base 64. Recorded on OTP 25.
[file] = System.argv()
{calls, _} = Code.eval_file(file)

for {module, function, args} <- calls do
  answer =
    try do
      {:ok, apply(module, function, args)}
    catch
      class, reason -> {class, reason}
    end

  # Text of `:io_lib` is compared as a flat list.
  answer =
    case {module, answer} do
      {:io_lib, {:ok, chars}} when is_list(chars) -> {:ok, :unicode.characters_to_list(chars)}
      _ -> answer
    end

  IO.puts(Base.encode64(:erlang.term_to_binary({module, function, args, answer})))
end
