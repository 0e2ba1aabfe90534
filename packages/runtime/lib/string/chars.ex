defprotocol String.Chars do
  @moduledoc "Converts a term to a string: what `to_string/1` and interpolation call."

  @doc "Converts the term to a string."
  @spec to_string(t) :: String.t()
  def to_string(term)
end

defimpl String.Chars, for: Atom do
  def to_string(nil), do: ""
  def to_string(atom), do: Atom.to_string(atom)
end

defimpl String.Chars, for: BitString do
  def to_string(term) when is_binary(term), do: term

  def to_string(term) do
    raise Protocol.UndefinedError,
      protocol: @protocol,
      value: term,
      description: "cannot convert a bitstring to a string"
  end
end

defimpl String.Chars, for: List do
  def to_string(charlist), do: List.to_string(charlist)
end

defimpl String.Chars, for: Integer do
  def to_string(integer), do: Integer.to_string(integer)
end

defimpl String.Chars, for: Float do
  def to_string(float), do: Float.to_string(float)
end
