# Conversions of atoms.
defmodule Atom do
  @moduledoc "Functions on atoms. See also `is_atom/1` and `String.to_atom/1`."

  @doc "Returns the name of the atom as a string."
  @spec to_string(atom()) :: String.t()
  def to_string(atom), do: :erlang.atom_to_binary(atom)

  @doc "Returns the name of the atom as a charlist."
  @spec to_charlist(atom()) :: charlist()
  def to_charlist(atom), do: :erlang.atom_to_list(atom)

  @doc false
  @deprecated "Use Atom.to_charlist/1 instead"
  @spec to_char_list(atom()) :: charlist()
  def to_char_list(atom), do: Atom.to_charlist(atom)
end
