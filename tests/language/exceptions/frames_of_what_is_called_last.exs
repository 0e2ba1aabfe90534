# A function that is not there, called last, has no caller in the trace, in a receive neither; a call of what is no fun
# of so many arguments is told twice unless it is the last.
defmodule Last do
  def itself(x), do: x

  def first_of(list), do: hd(itself(list))

  def trace(fun) do
    try do
      fun.()
    rescue
      _ ->
        __STACKTRACE__
        |> Enum.take_while(fn {module, name, _, _} -> {module, name} != {Last, :trace} end)
        |> Enum.map(fn {_, name, arity, info} ->
          name = name |> to_string() |> String.replace(~r/-fun-\d+-/, " fun")
          {name, if(is_list(arity), do: arity, else: info[:line])}
        end)
        |> IO.inspect()
    end
  end

  def run do
    send(self(), :go)
    # expect: [{"nope", []}]
    trace(fn -> receive do: (:go -> itself(String).nope()) end)
    # expect: [{"nope", []}]
    trace(fn -> receive do: (:never -> 1), after: (0 -> itself(String).nope()) end)
    # expect: [{"hd", [[]]}, {"first_of", 6}]
    trace(fn -> receive do: (:never -> 1), after: (1 -> first_of([])) end)
    # expect: [{"nope", []}, {"-run/0 fun", 32}]
    trace(fn -> [receive(do: (:never -> 1), after: (1 -> itself(String).nope()))] end)
    # expect: [{"-run/0 fun", 34}]
    trace(fn -> itself(1).(2) end)
    # expect: [{"-run/0 fun", 36}, {"-run/0 fun", 36}]
    trace(fn -> [itself(1).(2)] end)
    # expect: [{"-run/0 fun", 38}, {"-run/0 fun", 38}]
    trace(fn -> [itself(fn -> 1 end).(2)] end)
  end
end

Last.run()
