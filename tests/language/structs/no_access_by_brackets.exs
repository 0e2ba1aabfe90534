defmodule Closed do
  defstruct [:a]
end

struct(Closed)[:a]
# expect error: ** (UndefinedFunctionError) function Closed.fetch/2 is undefined (Closed does not implement the Access behaviour
