defmodule Secret do
  def open, do: hidden()
  defp hidden, do: :hidden
end

IO.inspect(Secret.open())
# expect: :hidden
IO.inspect(function_exported?(Secret, :hidden, 0))
# expect: false
apply(Secret, :hidden, [])
# expect error: ** (UndefinedFunctionError) function Secret.hidden/0 is undefined or private
