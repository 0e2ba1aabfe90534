defmodule Deep do
  def fail, do: raise("deep")
end

try do
  try do
    Deep.fail()
  rescue
    e -> reraise e, __STACKTRACE__
  end
rescue
  e -> IO.inspect({e, hd(__STACKTRACE__) |> Tuple.to_list() |> Enum.take(3)})
end

# expect: {%RuntimeError{message: "deep"}, [Deep, :fail, 0]}
