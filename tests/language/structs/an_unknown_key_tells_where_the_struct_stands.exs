# The stack trace of `%Struct{…}` names the struct and its place, not what `defstruct` has generated.
defmodule Dog do
  defstruct [:name]
end

try do
  Code.eval_string("%Dog{\n  colour: :brown}", [], file: "kennel.ex", line: 7)
rescue
  error in KeyError ->
    IO.puts(Exception.message(error))
    # expect: key :colour not found
    [{Dog, :__struct__, 1, struct}, {_, _, _, caller} | _] = __STACKTRACE__
    IO.inspect({struct, caller})
    # expect: {[file: ~c"expanding struct"], [file: ~c"kennel.ex", line: 7]}
end
