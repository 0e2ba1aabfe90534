defmodule CodeFragmentTest do
  use ExUnit.Case, async: true

  import Code.Fragment

  defp at_cursor(text, options \\ []) do
    with {:ok, quoted} <- container_cursor_to_quoted(text, options), do: Macro.to_string(quoted)
  end

  describe "container_cursor_to_quoted" do
    test "the cursor stands for the expression that is being typed, what is open is closed" do
      assert at_cursor("") == "__cursor__()"
      assert at_cursor("foo") == "__cursor__()"
      assert at_cursor("max(1, ") == "max(1, __cursor__())"
      assert at_cursor("max(1, some_value") == "max(1, __cursor__())"
      assert at_cursor("[1, {2, %{a: ") == "[1, {2, %{a: __cursor__()}}]"
      assert at_cursor("x = <<1, ") == "x = <<1, __cursor__()>>"
      assert at_cursor("if true do\n  foo(") == "if true do\n  foo(__cursor__())\nend"
    end

    test "a function whose clauses have not begun is left out" do
      assert at_cursor("Enum.map(list, fn") == "Enum.map(list, __cursor__())"
      assert at_cursor("Enum.map(list, fn x -> x +") == "Enum.map(list, fn x -> x + __cursor__() end)"
    end

    test "what comes after the cursor completes the clauses around it" do
      assert at_cursor("case value do\n  :ok ->", trailing_fragment: " on\nend") ==
               "case value do\n  :ok -> __cursor__()\nend"
    end

    test "an error is told like one of the parser" do
      assert {:error, {_, "unexpected token: ", _}} = container_cursor_to_quoted("foo\u00A9(")
      assert {:error, {_, "unexpected token: ", ")"}} = container_cursor_to_quoted("foo)")
      assert {:error, {_, "reserved token: ", _}} = container_cursor_to_quoted("__aliases__")
      assert {:error, {_, "invalid character \"a\" after number 12." <> _, "a"}} = container_cursor_to_quoted("12ab")
    end

    test "what may become a sigil, an atom or a number is dropped" do
      for text <- ["[:", "[~", "[~s", "[0x"], do: assert(at_cursor(text) == "[__cursor__()]")
      assert at_cursor("f ~s(ab") == "f(__cursor__())"
    end

    test "the cursor has a column" do
      assert {:ok, {:def, _, [{:__cursor__, [line: 1, column: 7], []}]}} =
               container_cursor_to_quoted("def ", columns: true)
    end

    test "an open text is dropped, nesting is closed however deep it is" do
      assert at_cursor("[\"abc") == "[__cursor__()]"
      assert {:ok, [[[_]]]} = container_cursor_to_quoted(String.duplicate("[", 10_000))
    end
  end

  test "cursor_context tells what is being typed" do
    assert cursor_context("hello_wor") == {:local_or_var, ~c"hello_wor"}
    assert cursor_context("String.upc") == {:dot, {:alias, ~c"String"}, ~c"upc"}
    assert cursor_context("élan") == {:local_or_var, ~c"élan"}
    assert cursor_context("max(") == {:local_call, ~c"max"}
    assert cursor_context("1 + ") == {:operator_call, ~c"+"}
    assert cursor_context(":ok") == {:unquoted_atom, ~c"ok"}
  end

  test "surround_context finds the name around a place" do
    assert surround_context("Foo.bar(1)", {1, 6}) ==
             %{begin: {1, 1}, end: {1, 8}, context: {:dot, {:alias, ~c"Foo"}, ~c"bar"}}

    assert surround_context("  ", {1, 1}) == :none
  end
end
