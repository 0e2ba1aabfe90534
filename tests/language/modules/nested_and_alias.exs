defmodule Outer do
  defmodule Inner do
    def name, do: __MODULE__
  end

  def name, do: Inner.name()
end

IO.inspect(Outer.name())
# expect: Outer.Inner
alias Outer.Inner, as: Short
IO.inspect(Short.name())
# expect: Outer.Inner
