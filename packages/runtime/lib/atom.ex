# Conversions of atoms.
defmodule Atom do
  @moduledoc "Functions on atoms. See also `is_atom/1` and `String.to_atom/1`."

  @doc "Returns the name of the atom as a string."
  def to_string(atom), do: :erlang.atom_to_binary(atom)

  @doc "Returns the name of the atom as a charlist."
  def to_charlist(atom), do: :erlang.atom_to_list(atom)

  @doc false
  @deprecated "Use Atom.to_charlist/1 instead"
  def to_char_list(atom), do: Atom.to_charlist(atom)
end
