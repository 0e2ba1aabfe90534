defmodule Clause do
  def f(1), do: :one
end

Clause.f(2)
# expect error: ** (FunctionClauseError) no function clause matching in Clause.f/1
