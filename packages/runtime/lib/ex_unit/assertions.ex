defmodule ExUnit.AssertionError do
  @moduledoc "Raised when an assertion fails; its fields are what the report shows."

  @no_value :ex_unit_no_meaningful_value

  @type t :: %__MODULE__{}

  defexception left: @no_value,
               right: @no_value,
               message: @no_value,
               expr: @no_value,
               args: @no_value,
               doctest: @no_value,
               context: :==

  @doc "What stands in a field that means nothing."
  def no_value, do: @no_value

  @impl true
  def message(exception), do: "\n\n" <> ExUnit.Formatter.format_assertion_error(exception)
end

defmodule ExUnit.MultiError do
  @moduledoc "Raised to report several errors as one."

  @type t :: %__MODULE__{errors: [{Exception.kind(), any(), Exception.stacktrace()}]}

  defexception errors: []

  @impl true
  def message(%{errors: errors}) do
    "got the following errors:\n\n" <>
      Enum.map_join(errors, "\n\n", fn {kind, error, stack} ->
        Exception.format_banner(kind, error, stack)
      end)
  end
end

defmodule ExUnit.Assertions do
  @moduledoc """
  What tests assert. `assert/1` and `refute/1` take any expression and show, when it fails, the values of both sides of
  an operator, or the pattern and the value of a match.
  """

  alias ExUnit.AssertionError

  ## assert and refute

  @doc "Asserts that the expression is truthy; `assert pattern = value` binds the variables of the pattern."
  defmacro assert(assertion)

  defmacro assert({:=, meta, [left, right]} = assertion) do
    check =
      quote generated: true do
        if right do
          :ok
        else
          raise ExUnit.AssertionError,
            expr: expr,
            message: "Expected truthy, got #{inspect(right)}"
        end
      end

    __match__(left, right, code(:assert, meta, assertion), check, __CALLER__)
  end

  defmacro assert({:match?, meta, [left, right]} = assertion) do
    assert_match(:assert, meta, left, right, assertion, "match (match?) failed", __CALLER__)
  end

  defmacro assert(assertion) do
    operator(:assert, assertion, __CALLER__) || assert_truthy(assertion, __CALLER__)
  end

  @doc "Asserts that the expression is `nil` or `false`."
  defmacro refute(assertion)

  defmacro refute({:match?, meta, [left, right]} = assertion) do
    message = "match (match?) succeeded, but should have failed"
    assert_match(:refute, meta, left, right, assertion, message, __CALLER__)
  end

  defmacro refute(assertion) do
    case operator(:refute, assertion, __CALLER__) do
      nil -> refute_truthy(assertion, __CALLER__)
      translated -> {:!, [generated: true], [translated]}
    end
  end

  defp assert_truthy(assertion, caller) do
    {args, value} = arguments(assertion, caller)

    quote generated: true do
      if value = unquote(value) do
        value
      else
        raise ExUnit.AssertionError,
          args: unquote(args),
          expr: unquote(code(:assert, [], assertion)),
          message: "Expected truthy, got #{inspect(value)}"
      end
    end
  end

  defp refute_truthy(assertion, caller) do
    {args, value} = arguments(assertion, caller)

    quote generated: true do
      if value = unquote(value) do
        raise ExUnit.AssertionError,
          args: unquote(args),
          expr: unquote(code(:refute, [], assertion)),
          message: "Expected false or nil, got #{inspect(value)}"
      else
        value
      end
    end
  end

  # The call of a function or macro that is no operator shows its arguments when it fails.
  defp arguments({name, meta, [_ | _] = args} = call, env) do
    arity = length(args)

    special? =
      is_atom(name) and (Macro.special_form?(name, arity) or Macro.operator?(name, arity))

    case Macro.expand_once(call, env) do
      ^call when not special? ->
        if Enum.all?(args, &Macro.quoted_literal?/1) do
          {AssertionError.no_value(), call}
        else
          vars = for index <- 1..arity, do: Macro.var(:"arg#{index}", __MODULE__)

          value =
            quote do
              {unquote_splicing(vars)} = {unquote_splicing(args)}
              unquote({name, meta, vars})
            end

          {vars, value}
        end

      expanded ->
        {AssertionError.no_value(), expanded}
    end
  end

  defp arguments(expr, _env), do: {AssertionError.no_value(), expr}

  ## Operators

  @operators [:==, :<, :>, :<=, :>=, :===, :=~, :!==, :!=, :in]

  defp operator(kind, {operator, meta, [left, right]} = expr, caller)
       when operator in @operators do
    if match?([{_, Kernel}], Macro.Env.lookup_import(caller, {operator, 2})) do
      call = {operator, meta, [Macro.var(:left, __MODULE__), Macro.var(:right, __MODULE__)]}

      # Operators for which equal sides are reason enough to fail.
      {call, message, check_equal?} =
        case kind do
          :assert ->
            {call, "Assertion with #{operator} failed", operator in [:<, :>, :!==, :!=]}

          :refute ->
            {{:not, meta, [call]}, "Refute with #{operator} failed",
             operator in [:<=, :>=, :===, :==, :=~]}
        end

      context = if operator in [:===, :!==], do: :===, else: :==
      expr = code(kind, meta, expr)

      equal =
        if check_equal? do
          quote do
            if ExUnit.Assertions.__equal__?(left, right) do
              ExUnit.Assertions.assert(false,
                left: left,
                expr: unquote(expr),
                message: unquote(message) <> ", both sides are exactly equal"
              )
            end
          end
        end

      quote do
        left = unquote(left)
        right = unquote(right)
        unquote(equal)

        ExUnit.Assertions.assert(unquote(call),
          left: left,
          right: right,
          expr: unquote(expr),
          message: unquote(message),
          context: unquote(context)
        )
      end
    end
  end

  defp operator(_kind, _expr, _caller), do: nil

  @doc false
  def __equal__?(left, right), do: left === right

  # Code as data in the report, without what it says of its place.
  defp code(kind, meta, expr), do: Macro.escape({kind, meta, [expr]}, prune_metadata: true)

  ## Patterns

  defp assert_match(kind, meta, left, right, assertion, message, caller) do
    call = {:match?, meta, [left, Macro.var(:right, __MODULE__)]}
    call = if kind == :assert, do: call, else: quote(do: not unquote(call))
    left = __expand_pattern__(left, caller)
    pins = pins(left, Macro.Env.vars(caller))

    asserted =
      quote do
        right = unquote(right)
        left = unquote(Macro.escape(left))

        ExUnit.Assertions.assert(unquote(call),
          right: right,
          left: left,
          expr: unquote(code(kind, meta, assertion)),
          message: unquote(message) <> ExUnit.Assertions.__pins__(unquote(pins)),
          context: {:match, unquote(pins)}
        )
      end

    if kind == :assert, do: asserted, else: {:!, [generated: true], [asserted]}
  end

  @doc false
  def __match__({:when, _, _} = left, right, _code, _check, _caller) do
    suggestion =
      quote do
        assert match?(unquote(left), unquote(right))
      end

    raise ArgumentError, """
    invalid pattern in assert/1:

    #{left |> Macro.to_string() |> Inspect.Error.pad(2)}

    To assert with guards, use match?/2:

    #{suggestion |> Macro.to_string() |> Inspect.Error.pad(2)}
    """
  end

  def __match__(left, right, code, check, caller) do
    left = __expand_pattern__(left, caller)
    vars = variables(left)
    pins = pins(left, Macro.Env.vars(caller))

    matched =
      generated_clauses(
        quote do
          case right do
            unquote(left) ->
              unquote(check)
              unquote(generated(vars))

            _ ->
              left = unquote(Macro.escape(left))

              raise ExUnit.AssertionError,
                left: left,
                right: right,
                expr: expr,
                message: "match (=) failed" <> ExUnit.Assertions.__pins__(unquote(pins)),
                context: {:match, unquote(pins)}
          end
        end
      )

    quote do
      right = unquote(right)
      expr = unquote(code)
      unquote(vars) = unquote(matched)
      right
    end
  end

  # Clauses that may never match are no mistake here.
  defp generated_clauses({name, meta, [expr, [do: clauses]]}) do
    clauses = for {:->, meta, args} <- clauses, do: {:->, [generated: true] ++ meta, args}
    {name, meta, [expr, [do: clauses]]}
  end

  defp generated(vars) do
    for {name, meta, context} <- vars, do: {name, [generated: true] ++ meta, context}
  end

  # Macros in the pattern are expanded, so that their variables are known; what they were is kept for the report.
  @doc false
  def __expand_pattern__({:when, meta, [left, right]}, caller) do
    left = expand_pattern(left, Macro.Env.to_match(caller))
    {:when, meta, [left, expand_pattern(right, %{caller | context: :guard})]}
  end

  def __expand_pattern__(pattern, caller), do: expand_pattern(pattern, Macro.Env.to_match(caller))

  defp expand_pattern({:quote, _, args} = expr, _env) when length(args) in [1, 2], do: expr
  defp expand_pattern({:__aliases__, _, _} = expr, env), do: Macro.expand(expr, env)

  defp expand_pattern({:@, _, [{attribute, _, _}]}, env) do
    env.module |> Module.get_attribute(attribute) |> Macro.escape()
  end

  defp expand_pattern({left, meta, right} = expr, env) do
    case Macro.expand(expr, env) do
      ^expr ->
        {expand_pattern(left, env), meta, expand_pattern(right, env)}

      {left, meta, right} ->
        {expand_pattern(left, env), [original: expr] ++ meta, expand_pattern(right, env)}

      other ->
        other
    end
  end

  defp expand_pattern({left, right}, env), do: {expand_pattern(left, env), expand_pattern(right, env)}
  defp expand_pattern([_ | _] = list, env), do: Enum.map(list, &expand_pattern(&1, env))
  defp expand_pattern(other, _env), do: other

  # Pinned variables as [{{name, context}, variable}].
  defp pins(pattern, known) do
    {_, pins} =
      Macro.prewalk(pattern, %{}, fn
        {:quote, _, args}, pins when length(args) in [1, 2] ->
          {:ok, pins}

        {:^, _, [{name, meta, context} = var]}, pins ->
          id = {name, meta[:counter] || context}
          {:ok, if(id in known, do: Map.put(pins, id, var), else: pins)}

        node, pins ->
          {node, pins}
      end)

    Enum.to_list(pins)
  end

  @doc false
  def __pins__(pins) do
    shown =
      for {{name, nil}, value} <- Enum.reverse(pins), do: "\n  #{name} = #{inspect(value)}"

    if shown == [], do: "", else: "\nThe following variables were pinned:" <> Enum.join(shown)
  end

  defp variables({:when, _, [left, right]}) do
    bound = variables(left)
    bound ++ Enum.filter(variables(right), &bound?(bound, &1))
  end

  defp variables(pattern) do
    {_, vars} =
      Macro.prewalk(pattern, [], fn
        {:"::", _, [left, right]}, vars -> {[left], segment_variables(right, vars)}
        {skipped, _, [_]}, vars when skipped in [:^, :@, :quote] -> {:ok, vars}
        {:quote, _, [_, _]}, vars -> {:ok, vars}
        {:_, _, context}, vars when is_atom(context) -> {:ok, vars}
        {name, _, context} = var, vars when is_atom(name) and is_atom(context) -> {:ok, [var | vars]}
        node, vars -> {node, vars}
      end)

    vars
  end

  # In the size of a segment stands a variable that the pattern has bound before.
  defp segment_variables(specifier, vars) do
    {_, vars} =
      Macro.prewalk(specifier, vars, fn
        {mode, _, [{name, _, context} = var]}, acc
        when is_atom(mode) and is_atom(name) and is_atom(context) ->
          {:ok, if(bound?(vars, var), do: [var | acc], else: acc)}

        node, acc ->
          {node, acc}
      end)

    vars
  end

  defp bound?(vars, {name, _, context}), do: Enum.any?(vars, &match?({^name, _, ^context}, &1))

  ## Functions behind the macros

  @doc "Asserts that the value is truthy, with a message or the fields of `ExUnit.AssertionError`."
  def assert(value, message) when is_binary(message), do: assert(value, message: message)

  def assert(value, opts) when is_list(opts) do
    if !value, do: raise(ExUnit.AssertionError, opts)
    true
  end

  @doc "Asserts that the value is `nil` or `false`, with a message."
  def refute(value, message), do: not assert(!value, message)

  ## Messages

  @doc "Asserts that a message matches the pattern now or within a time (100 ms), and removes it from the mailbox."
  defmacro assert_receive(pattern, timeout \\ nil, failure_message \\ nil) do
    expect(:assert_receive, pattern, timeout, failure_message, __CALLER__)
  end

  @doc "Asserts that a message that matches the pattern is in the mailbox, and removes it."
  defmacro assert_received(pattern, failure_message \\ nil) do
    expect(:assert_received, pattern, 0, failure_message, __CALLER__)
  end

  defp expect(kind, pattern, timeout, failure_message, caller) do
    code = code(kind, [], pattern)
    expanded = __expand_pattern__(pattern, caller)
    vars = variables(expanded)
    pins = pins(expanded, Macro.Env.vars(caller))

    whole =
      case expanded do
        {:when, meta, [left, guard]} -> {:when, meta, [quote(do: unquote(left) = received), guard]}
        left -> quote(do: unquote(left) = received)
      end

    finder =
      quote do
        case message do
          unquote(whole) ->
            _ = unquote(generated(vars))
            true

          _ ->
            false
        end
      end

    on_timeout =
      if failure_message do
        quote(do: flunk(unquote(failure_message)))
      else
        quote do
          ExUnit.Assertions.__timeout__(
            unquote(Macro.escape(expanded)),
            unquote(code),
            unquote(pins),
            fn message -> unquote(generated_clauses(finder)) end,
            timeout
          )
        end
      end

    quote do
      timeout = ExUnit.Assertions.__timeout__(unquote(timeout), :assert_receive_timeout)

      {received, unquote(vars)} =
        receive do
          unquote(whole) -> {received, unquote(generated(vars))}
        after
          timeout -> unquote(on_timeout)
        end

      received
    end
  end

  @doc false
  def __timeout__(timeout, _key) when is_integer(timeout) and timeout >= 0, do: timeout
  def __timeout__(nil, key), do: Application.fetch_env!(:ex_unit, key)

  def __timeout__(timeout, _key) do
    raise ArgumentError, "timeout must be a non-negative integer, got: #{inspect(timeout)}"
  end

  @doc false
  def __timeout__(pattern, code, pins, finder, timeout) do
    {:messages, messages} = Process.info(self(), :messages)

    if Enum.any?(messages, finder) do
      raise ExUnit.AssertionError,
        expr: code,
        message: """
        Found message matching #{Macro.to_string(pattern)} after #{timeout}ms.

        This means the message was delivered too close to the timeout value, you may want to either:

          1. Give an increased timeout to `assert_receive/2`
          2. Increase the default timeout to all `assert_receive` in your
             test_helper.exs by setting ExUnit.configure(assert_receive_timeout: ...)
        """
    else
      shown = Enum.take(messages, -10)

      raise ExUnit.AssertionError,
        left: pattern,
        expr: code,
        message:
          "Assertion failed, no matching message after #{timeout}ms" <>
            __pins__(pins) <> mailbox(length(messages), length(shown)),
        context: {:mailbox, pins, shown}
    end
  end

  defp mailbox(0, _shown), do: "\nThe process mailbox is empty."
  defp mailbox(1, _shown), do: "\nShowing 1 of 1 message in the mailbox"
  defp mailbox(count, shown), do: "\nShowing #{shown} of #{count} messages in the mailbox"

  @doc "Asserts that no message matches the pattern within a time (100 ms)."
  defmacro refute_receive(pattern, timeout \\ nil, failure_message \\ nil) do
    expect_none(pattern, timeout, failure_message)
  end

  @doc "Asserts that no message in the mailbox matches the pattern."
  defmacro refute_received(pattern, failure_message \\ nil) do
    expect_none(pattern, 0, failure_message)
  end

  defp expect_none(pattern, timeout, failure_message) do
    clause =
      if failure_message do
        quote do
          unquote(pattern) -> flunk(unquote(failure_message))
        end
      else
        text = Macro.to_string(pattern)

        quote do
          unquote(pattern) = actual ->
            flunk(
              "Unexpectedly received message #{inspect(actual)} (which matched #{unquote(text)})"
            )
        end
      end

    quote do
      timeout = ExUnit.Assertions.__timeout__(unquote(timeout), :refute_receive_timeout)

      receive do
        unquote(clause)
      after
        timeout -> false
      end
    end
  end

  ## Errors

  @doc "Asserts that the function raises the exception with the message, a string or a regular expression."
  def assert_raise(exception, message, function) when is_function(function) do
    error = assert_raise(exception, function)
    actual = Exception.message(error)

    match? =
      cond do
        is_binary(message) -> actual == message
        is_struct(message, Regex) -> actual =~ message
      end

    if not match? do
      flunk(
        "Wrong message for #{inspect(exception)}\n" <>
          "expected:\n  #{inspect(message)}\n" <> "actual:\n" <> "  #{inspect(actual)}"
      )
    end

    error
  end

  @doc "Asserts that the function raises the exception, and returns it."
  def assert_raise(exception, function) when is_function(function) do
    try do
      function.()
    rescue
      error ->
        case error.__struct__ do
          ^exception ->
            check_message(exception, error)
            error

          ExUnit.AssertionError ->
            reraise(error, __STACKTRACE__)

          other ->
            message =
              "Expected exception #{inspect(exception)} " <>
                "but got #{inspect(other)} (#{Exception.message(error)})"

            reraise ExUnit.AssertionError, [message: message], __STACKTRACE__
        end
    else
      _ -> flunk("Expected exception #{inspect(exception)} but nothing was raised")
    end
  end

  defp check_message(module, error) do
    module.message(error)
  catch
    kind, reason ->
      flunk(
        "Got exception #{inspect(module)} but it failed to produce a message with:\n\n" <>
          Exception.format(kind, reason, __STACKTRACE__)
      )
  end

  @doc "Asserts that the expression throws, and returns what."
  defmacro catch_throw(expression), do: catch_kind(:throw, expression)

  @doc "Asserts that the expression exits, and returns the reason."
  defmacro catch_exit(expression), do: catch_kind(:exit, expression)

  @doc "Asserts that the expression raises an error, and returns it."
  defmacro catch_error(expression), do: catch_kind(:error, expression)

  defp catch_kind(kind, expr) do
    quote do
      try do
        _ = unquote(expr)
        flunk("Expected to catch #{unquote(kind)}, got nothing")
      rescue
        e in [ExUnit.AssertionError] ->
          reraise(e, __STACKTRACE__)
      catch
        unquote(kind), we_got -> we_got
      end
    end
  end

  ## Numbers

  @doc "Asserts that two numbers differ by at most `delta`."
  def assert_in_delta(value1, value2, delta, message \\ nil)

  def assert_in_delta(_value1, _value2, delta, _message) when delta < 0 do
    raise ArgumentError, "delta must always be a positive number, got: #{inspect(delta)}"
  end

  def assert_in_delta(value1, value2, delta, message) do
    diff = abs(value1 - value2)

    assert(
      diff <= delta,
      message ||
        "Expected the difference between #{inspect(value1)} and " <>
          "#{inspect(value2)} (#{inspect(diff)}) to be less than or equal to #{inspect(delta)}"
    )
  end

  @doc "Asserts that two numbers differ by at least `delta`."
  def refute_in_delta(value1, value2, delta, message \\ nil) do
    diff = abs(value1 - value2)

    message =
      if message do
        message <>
          " (difference between #{inspect(value1)} " <>
          "and #{inspect(value2)} is less than #{inspect(delta)})"
      else
        "Expected the difference between #{inspect(value1)} and " <>
          "#{inspect(value2)} (#{inspect(diff)}) to be more than #{inspect(delta)}"
      end

    refute(diff < delta, message)
  end

  @doc "Fails with a message."
  @spec flunk(String.t()) :: no_return()
  def flunk(message \\ "Flunked!") when is_binary(message) do
    raise ExUnit.AssertionError, message: message
  end
end
