defmodule Attributes do
  @a 1
  def first, do: @a
  @a 2
  def second, do: @a
  Module.register_attribute(__MODULE__, :list, accumulate: true)
  @list :x
  @list :y
  def list, do: @list
end

IO.inspect({Attributes.first(), Attributes.second(), Attributes.list()})
# expect: {1, 2, [:y, :x]}
