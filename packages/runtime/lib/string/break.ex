defmodule String.Break do
  @moduledoc false
  # Where a string is cut at white space: what is no string fails here.

  def trim_leading(string) when is_binary(string), do: String.trim_leading(string)
  def trim_trailing(string) when is_binary(string), do: String.trim_trailing(string)
end
