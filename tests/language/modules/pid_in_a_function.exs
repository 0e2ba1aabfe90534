# A pid may stand in a function, from an attribute or a macro: it is the same process.
defmodule PidInAFunction do
  @owner self()
  def owner, do: @owner
  def owned, do: {:owner, [@owner]}
end

IO.inspect({PidInAFunction.owner() == self(), PidInAFunction.owned() == {:owner, [self()]}})
# expect: {true, true}
