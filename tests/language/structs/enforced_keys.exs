defmodule Strict do
  @enforce_keys [:id]
  defstruct [:id, :note]
end

struct!(Strict, note: "x")
# expect error: ** (ArgumentError) the following keys must also be given when building struct Strict: [:id]
