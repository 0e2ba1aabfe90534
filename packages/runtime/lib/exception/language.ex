# Exceptions that the language itself raises: values that an operation or a construct cannot take.
# `ErlangError.normalize/2` makes most of them from the reasons that compiled code raises.
defmodule RuntimeError do
  @moduledoc "What `raise/1` raises for a message."
  defexception message: "runtime error"
end

defmodule ArgumentError do
  @moduledoc "An argument is not what the function takes."
  defexception message: "argument error"
end

defmodule ArithmeticError do
  @moduledoc "An arithmetic operation got something else than a number, or divided by zero."
  defexception message: "bad argument in arithmetic expression"

  @impl true
  def blame(%{message: message} = exception, [{:erlang, fun, args, _} | _] = stacktrace)
      when is_list(args) do
    {%{exception | message: message <> expression(fun, args)}, stacktrace}
  end

  def blame(exception, stacktrace), do: {exception, stacktrace}

  defp expression(op, [arg]) when op in [:+, :-], do: ": #{op}(#{inspect(arg)})"
  defp expression(:bnot, [arg]), do: ": Bitwise.bnot(#{inspect(arg)})"

  defp expression(op, [left, right]) when op in [:+, :-, :*, :/],
    do: ": #{inspect(left)} #{op} #{inspect(right)}"

  defp expression(fun, [left, right]) when fun in [:div, :rem],
    do: ": #{fun}(#{inspect(left)}, #{inspect(right)})"

  defp expression(fun, [left, right]) when fun in [:band, :bor, :bxor, :bsl, :bsr],
    do: ": Bitwise.#{fun}(#{inspect(left)}, #{inspect(right)})"

  defp expression(_fun, _args), do: ""
end

defmodule SystemLimitError do
  @moduledoc "A limit of the system has been reached, such as the number of processes."
  defexception message: "a system limit has been reached"
end

defmodule BadFunctionError do
  @moduledoc "Something else than a function was called."
  defexception [:term]

  @impl true
  def message(%{term: term}) when is_function(term),
    do: "function #{inspect(term)} is invalid, likely because it points to an old version of the code"

  def message(exception), do: "expected a function, got: #{inspect(exception.term)}"
end

defmodule BadStructError do
  @moduledoc "A struct of another kind was expected."
  defexception [:struct, :term]

  @impl true
  def message(exception),
    do: "expected a struct named #{inspect(exception.struct)}, got: #{inspect(exception.term)}"
end

defmodule BadMapError do
  @moduledoc "A map was expected."
  defexception [:term]

  @impl true
  def message(exception), do: "expected a map, got: #{inspect(exception.term)}"
end

defmodule BadBooleanError do
  @moduledoc "The left side of `and` or `or` is not a boolean."
  defexception [:term, :operator]

  @impl true
  def message(exception) do
    "expected a boolean on left-side of \"#{exception.operator}\", got: #{inspect(exception.term)}"
  end
end

defmodule MatchError do
  @moduledoc "The right side of `=` does not match the pattern."
  defexception [:term]

  @impl true
  def message(exception), do: "no match of right hand side value: #{inspect(exception.term)}"
end

defmodule CaseClauseError do
  @moduledoc "No clause of a `case/2` matches."
  defexception [:term]

  @impl true
  def message(exception), do: "no case clause matching: #{inspect(exception.term)}"
end

defmodule WithClauseError do
  @moduledoc "No clause of the `else` of a `with/1` matches."
  defexception [:term]

  @impl true
  def message(exception), do: "no with clause matching: #{inspect(exception.term)}"
end

defmodule CondClauseError do
  @moduledoc "No condition of a `cond/1` is truthy."
  defexception []

  @impl true
  def message(_exception), do: "no cond clause evaluated to a truthy value"
end

defmodule TryClauseError do
  @moduledoc "No clause of the `else` of a `try/1` matches."
  defexception [:term]

  @impl true
  def message(exception), do: "no try clause matching: #{inspect(exception.term)}"
end

defmodule BadArityError do
  @moduledoc "A function was called with the wrong number of arguments."
  defexception [:function, :args]

  @impl true
  def message(%{function: fun, args: args}) do
    {:arity, arity} = Function.info(fun, :arity)
    inspected = Enum.map_join(args, ", ", &inspect/1)

    given =
      case length(args) do
        0 -> "no arguments"
        1 -> "1 argument (#{inspected})"
        count -> "#{count} arguments (#{inspected})"
      end

    "#{inspect(fun)} with arity #{arity} called with #{given}"
  end
end
