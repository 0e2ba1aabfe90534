defprotocol ProtocolTest.Size do
  @undefined_impl_description "sizes are for things"
  def size(thing)
end

defprotocol ProtocolTest.Name do
  @fallback_to_any true
  def name(thing, style)
end

defimpl ProtocolTest.Size, for: [BitString, List] do
  def size(text) when is_binary(text), do: byte_size(text)
  def size(list), do: length(list)
end

defimpl ProtocolTest.Name, for: Any do
  defmacro __deriving__(module, struct, options) do
    quote do
      defimpl ProtocolTest.Name, for: unquote(module) do
        def name(_, _), do: {unquote(map_size(struct)), unquote(options)}
      end
    end
  end

  def name(_, style), do: {:any, style}
end

defmodule ProtocolTest.Derived do
  @derive [{ProtocolTest.Name, short: true}]
  defstruct a: 1

  defimpl ProtocolTest.Size do
    def size(_), do: {@for, @protocol}
  end
end

defmodule ProtocolTest do
  use ExUnit.Case, async: true
  alias ProtocolTest.{Derived, Name, Size}

  test "dispatch on types and structs" do
    assert Size.size("abc") == 3
    assert Size.size([1]) == 1
    assert Size.size(struct(Derived)) == {Derived, Size}
    assert Size.impl_for(1) == nil
    assert Name.impl_for(%{__struct__: nil}) == Name.Any
  end

  test "what is not implemented" do
    error = catch_error(Size.size(%{a: 1}))

    assert Exception.message(error) == """
           protocol ProtocolTest.Size not implemented for type Map, sizes are for things

           Got value:

               %{a: 1}
           """
  end

  test "fallback and derivation" do
    assert Name.name(1, :s) == {:any, :s}
    assert Name.name(struct(Derived), :s) == {2, [short: true]}
  end

  test "assertions name the module" do
    assert Protocol.assert_impl!(Size, List) == :ok
    assert_raise ArgumentError, ~r/could not load module ProtocolTest.Size.Atom/, fn -> Protocol.assert_impl!(Size, Atom) end
    assert_raise ArgumentError, "String is not a protocol", fn -> Protocol.assert_protocol!(String) end

    message = ~r"^List.__struct__/1 is undefined, cannot expand struct List"
    assert_raise ArgumentError, message, fn -> Protocol.__derive__([Name], List, __ENV__) end
  end
end
