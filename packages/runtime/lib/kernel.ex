# The language's own macros and functions, imported into every module. Compiled first, with only
# `defmodule`, `def`, `defp`, `defmacro`, `defmacrop` and `@` given by the expander; each macro is used below
# its definition only. A local call of a function that merely names an `:erlang` one is inlined, in guards too.
# Whatever a macro needs while it expands must exist before the rest of the library is compiled,
# so macros lean on natives (`:elixir_*`) and call other modules only where they must.
import :elixir_bootstrap

defmodule Kernel do
  @moduledoc """
  The macros and functions available in all Elixir code without a module name: control structures,
  definitions, operators, type checks and the basics of processes.
  """

  @doc "Returns the absolute value of `number`."
  @doc guard: true
  def abs(number), do: :erlang.abs(number)

  @doc "Calls `fun` with the list `args` as its arguments."
  def apply(fun, args), do: :erlang.apply(fun, args)

  @doc "Calls `function_name` of `module` with the list `args`."
  def apply(module, function_name, args), do: :erlang.apply(module, function_name, args)

  @doc "Returns `size` bytes of `binary` from byte `start` on."
  @doc guard: true
  def binary_part(binary, start, size), do: :erlang.binary_part(binary, start, size)

  @doc "Returns the number of bits in `bitstring`."
  @doc guard: true
  def bit_size(bitstring), do: :erlang.bit_size(bitstring)

  @doc "Returns the number of bytes needed to hold `bitstring`."
  @doc guard: true
  def byte_size(bitstring), do: :erlang.byte_size(bitstring)

  @doc "Returns the smallest integer not below `number`."
  @doc guard: true
  def ceil(number), do: :erlang.ceil(number)

  @doc "Divides integers, truncating towards zero."
  @doc guard: true
  def div(dividend, divisor), do: :erlang.div(dividend, divisor)

  @doc "Stops the calling process with `reason`."
  def exit(reason), do: :erlang.exit(reason)

  @doc "Returns the largest integer not above `number`."
  @doc guard: true
  def floor(number), do: :erlang.floor(number)

  @doc "Tells whether the loaded `module` exports `function/arity`."
  def function_exported?(module, function, arity), do: :erlang.function_exported(module, function, arity)

  @doc "Returns the first element of a nonempty list."
  @doc guard: true
  def hd(list), do: :erlang.hd(list)

  @doc "Tells whether `term` is an atom."
  @doc guard: true
  def is_atom(term), do: :erlang.is_atom(term)

  @doc "Tells whether `term` is a binary."
  @doc guard: true
  def is_binary(term), do: :erlang.is_binary(term)

  @doc "Tells whether `term` is a bitstring."
  @doc guard: true
  def is_bitstring(term), do: :erlang.is_bitstring(term)

  @doc "Tells whether `term` is `true` or `false`."
  @doc guard: true
  def is_boolean(term), do: :erlang.is_boolean(term)

  @doc "Tells whether `term` is a float."
  @doc guard: true
  def is_float(term), do: :erlang.is_float(term)

  @doc "Tells whether `term` is a function."
  @doc guard: true
  def is_function(term), do: :erlang.is_function(term)

  @doc "Tells whether `term` is a function of `arity` arguments."
  @doc guard: true
  def is_function(term, arity), do: :erlang.is_function(term, arity)

  @doc "Tells whether `term` is an integer."
  @doc guard: true
  def is_integer(term), do: :erlang.is_integer(term)

  @doc "Tells whether `term` is a list."
  @doc guard: true
  def is_list(term), do: :erlang.is_list(term)

  @doc "Tells whether `term` is a map."
  @doc guard: true
  def is_map(term), do: :erlang.is_map(term)

  @doc "Tells whether `map` has `key`."
  @doc guard: true
  def is_map_key(map, key), do: :erlang.is_map_key(key, map)

  @doc "Tells whether `term` is an integer or a float."
  @doc guard: true
  def is_number(term), do: :erlang.is_number(term)

  @doc "Tells whether `term` is a process identifier."
  @doc guard: true
  def is_pid(term), do: :erlang.is_pid(term)

  @doc "Tells whether `term` is a port."
  @doc guard: true
  def is_port(term), do: :erlang.is_port(term)

  @doc "Tells whether `term` is a reference."
  @doc guard: true
  def is_reference(term), do: :erlang.is_reference(term)

  @doc "Tells whether `term` is a tuple."
  @doc guard: true
  def is_tuple(term), do: :erlang.is_tuple(term)

  @doc "Counts the elements of a proper list."
  @doc guard: true
  def length(list), do: :erlang.length(list)

  @doc "Makes a reference unlike any other."
  def make_ref(), do: :erlang.make_ref()

  @doc "Counts the keys of `map`."
  @doc guard: true
  def map_size(map), do: :erlang.map_size(map)

  @doc "Returns the greater of two terms, the first where they compare equal."
  def max(first, second), do: :erlang.max(first, second)

  @doc "Returns the lesser of two terms, the first where they compare equal."
  def min(first, second), do: :erlang.min(first, second)

  @doc "Returns the name of the local node."
  @doc guard: true
  def node(), do: :erlang.node()

  @doc "Returns the node of a pid, reference or port."
  @doc guard: true
  def node(arg), do: :erlang.node(arg)

  @doc "Remainder of an integer division, with the sign of `dividend`."
  @doc guard: true
  def rem(dividend, divisor), do: :erlang.rem(dividend, divisor)

  @doc "Rounds to the nearest integer, halves away from zero."
  @doc guard: true
  def round(number), do: :erlang.round(number)

  @doc "Returns the pid of the calling process."
  @doc guard: true
  def self(), do: :erlang.self()

  @doc "Sends `message` to a pid, port or registered name, and returns it."
  def send(dest, message), do: :erlang.send(dest, message)

  @doc "Starts a process that runs `fun`."
  def spawn(fun), do: :erlang.spawn(fun)

  @doc "Starts a process that applies `fun` of `module` to `args`."
  def spawn(module, fun, args), do: :erlang.spawn(module, fun, args)

  @doc "Starts a process that runs `fun`, linked to the caller."
  def spawn_link(fun), do: :erlang.spawn_link(fun)

  @doc "Starts a process that applies `fun` of `module` to `args`, linked to the caller."
  def spawn_link(module, fun, args), do: :erlang.spawn_link(module, fun, args)

  @doc "Starts a process that runs `fun`, monitored by the caller."
  def spawn_monitor(fun), do: :erlang.spawn_monitor(fun)

  @doc "Starts a process that applies `fun` of `module` to `args`, monitored by the caller."
  def spawn_monitor(module, fun, args), do: :erlang.spawn_monitor(module, fun, args)

  @doc "Throws `term`, to be caught by `try/1`."
  def throw(term), do: :erlang.throw(term)

  @doc "Returns a nonempty list without its first element."
  @doc guard: true
  def tl(list), do: :erlang.tl(list)

  @doc "Drops the fraction of `number`."
  @doc guard: true
  def trunc(number), do: :erlang.trunc(number)

  @doc "Counts the elements of `tuple`."
  @doc guard: true
  def tuple_size(tuple), do: :erlang.tuple_size(tuple)

  @doc "Adds two numbers."
  @doc guard: true
  def left + right do
    :erlang.+(left, right)
  end

  @doc "Subtracts two numbers."
  @doc guard: true
  def left - right do
    :erlang.-(left, right)
  end

  @doc "Returns the number itself."
  @doc guard: true
  def +value do
    :erlang.+(value)
  end

  @doc "Negates a number."
  @doc guard: true
  def -value do
    :erlang.-(value)
  end

  @doc "Multiplies two numbers."
  @doc guard: true
  def left * right do
    :erlang.*(left, right)
  end

  @doc "Divides two numbers; the result is a float."
  @doc guard: true
  def left / right do
    :erlang./(left, right)
  end

  @doc "Puts the list `left` in front of `right`."
  def left ++ right do
    :erlang.++(left, right)
  end

  @doc "Removes from `left` the first occurrence of each element of `right`."
  def left -- right do
    :erlang.--(left, right)
  end

  @doc "Negates a boolean."
  @doc guard: true
  def not value do
    :erlang.not(value)
  end

  @doc "Tells whether `left` comes before `right`."
  @doc guard: true
  def left < right do
    :erlang.<(left, right)
  end

  @doc "Tells whether `left` comes after `right`."
  @doc guard: true
  def left > right do
    :erlang.>(left, right)
  end

  @doc "Tells whether `left` comes before `right` or equals it."
  @doc guard: true
  def left <= right do
    :erlang."=<"(left, right)
  end

  @doc "Tells whether `left` comes after `right` or equals it."
  @doc guard: true
  def left >= right do
    :erlang.>=(left, right)
  end

  @doc "Equality, where `1 == 1.0`."
  @doc guard: true
  def left == right do
    :erlang.==(left, right)
  end

  @doc "The opposite of `==/2`."
  @doc guard: true
  def left != right do
    :erlang."/="(left, right)
  end

  @doc "Strict equality, where `1` is not `1.0`."
  @doc guard: true
  def left === right do
    :erlang."=:="(left, right)
  end

  @doc "The opposite of `===/2`."
  @doc guard: true
  def left !== right do
    :erlang."=/="(left, right)
  end

  @doc "Returns the element of `tuple` at the zero-based `index`."
  @doc guard: true
  def elem(tuple, index), do: :erlang.element(:erlang.+(index, 1), tuple)

  @doc "Replaces the element of `tuple` at the zero-based `index`."
  def put_elem(tuple, index, value), do: :erlang.setelement(:erlang.+(index, 1), tuple, value)

  @doc "Converts `term` to a string with the `String.Chars` protocol; interpolation calls it."
  defmacro to_string(term) do
    quote(do: :"Elixir.String.Chars".to_string(unquote(term)))
  end

  @doc "Converts `term` to a charlist with the `List.Chars` protocol."
  defmacro to_charlist(term) do
    quote(do: :"Elixir.List.Chars".to_charlist(unquote(term)))
  end

  ## Booleans

  # `optimize_boolean` lets the compiler drop the clause for other values when the operand is a comparison.
  defp boolean_case({:case, meta, args}) do
    {:case, [{:optimize_boolean, true}, {:type_check, :expr} | meta], args}
  end

  defp strict_boolean(operator, check, when_true, when_false) do
    boolean_case(
      quote do
        case unquote(check) do
          false -> unquote(when_false)
          true -> unquote(when_true)
          other -> :erlang.error({:badbool, unquote(operator), other})
        end
      end
    )
  end

  defp forbid_in_match(what) do
    :erlang.error(
      ArgumentError.exception(
        :erlang.iolist_to_binary([
          "invalid expression in match, ",
          :erlang.atom_to_binary(what),
          " is not allowed in patterns such as function clauses, case clauses or on the left side of the = operator"
        ])
      )
    )
  end

  defp forbid_in_match_or_guard(nil, _what), do: :ok
  defp forbid_in_match_or_guard(:match, what), do: forbid_in_match(what)

  defp forbid_in_match_or_guard(:guard, what) do
    :erlang.error(
      ArgumentError.exception(
        :erlang.iolist_to_binary([
          "invalid expression in guard, ",
          :erlang.atom_to_binary(what),
          " is not allowed in guards. To learn more about guards, visit: ",
          "https://hexdocs.pm/elixir/patterns-and-guards.html"
        ])
      )
    )
  end

  @doc """
  Strict boolean or: `left` must be a boolean, `right` is evaluated only when it is false.
  """
  @doc guard: true
  defmacro left or right do
    case __CALLER__.context do
      nil -> strict_boolean(:or, left, true, right)
      :guard -> quote(do: :erlang.orelse(unquote(left), unquote(right)))
      :match -> forbid_in_match(:or)
    end
  end

  @doc """
  Strict boolean and: `left` must be a boolean, `right` is evaluated only when it is true.
  """
  @doc guard: true
  defmacro left and right do
    case __CALLER__.context do
      nil -> strict_boolean(:and, left, right, false)
      :guard -> quote(do: :erlang.andalso(unquote(left), unquote(right)))
      :match -> forbid_in_match(:and)
    end
  end

  @doc """
  Concatenates binaries. In a pattern, every operand but the last must have a known size.

      "foo" <> rest = "foobar"
  """
  defmacro left <> right do
    parts = concatenated({:<>, [], [left, right]}, __CALLER__)
    quote(do: <<unquote_splicing(parts)>>)
  end

  defp concatenated({:<>, _, [left, right]}, caller) do
    [concatenated_part(left, :left, caller) | concatenated(right, caller)]
  end

  defp concatenated(last, caller), do: [concatenated_part(last, :right, caller)]

  defp concatenated_part(binary, _side, _caller) when is_binary(binary), do: binary

  defp concatenated_part(literal, _side, _caller)
       when is_list(literal) or is_atom(literal) or is_number(literal) do
    :erlang.error(
      ArgumentError.exception(
        :erlang.iolist_to_binary([
          "expected binary argument in <> operator but got: ",
          Macro.to_string(literal)
        ])
      )
    )
  end

  defp concatenated_part(ast, :left, %{context: :match} = caller) do
    case macro_expand(ast, caller) do
      {var, _, nil} when is_atom(var) ->
        :erlang.error(
          ArgumentError.exception(
            :erlang.iolist_to_binary([
              "cannot perform prefix match because the left operand of <> has unknown size. ",
              "The left operand of <> inside a match should either be a literal binary or ",
              "an existing variable with the pin operator (such as ^some_var). Got: ",
              :erlang.atom_to_binary(var)
            ])
          )
        )

      expanded ->
        {:"::", [], [expanded, {:binary, [], nil}]}
    end
  end

  defp concatenated_part(ast, _side, _caller), do: {:"::", [], [ast, {:binary, [], nil}]}

  defp macro_expand(ast, env) do
    case :elixir_dispatch.expand_once(ast, env) do
      {expanded, true} -> macro_expand(expanded, env)
      {expanded, false} -> expanded
    end
  end

  @doc """
  Raises an exception: a `RuntimeError` for a message, the given exception, or one made by the given module.

      raise "oops"
      raise ArgumentError
  """
  defmacro raise(message) do
    quote do
      :erlang.error(unquote(raised(message, __CALLER__)), :none, error_info: %{module: Exception})
    end
  end

  @doc """
  Raises the exception that `module.exception(attributes)` returns.

      raise ArgumentError, message: "expected a number"
  """
  defmacro raise(exception, attributes) do
    quote(do: :erlang.error(unquote(exception).exception(unquote(attributes))))
  end

  @doc "Like `raise/1`, with a stacktrace to keep."
  defmacro reraise(message, stacktrace) do
    quote(do: :erlang.raise(:error, unquote(raised(message, __CALLER__)), unquote(stacktrace)))
  end

  @doc "Like `raise/2`, with a stacktrace to keep."
  defmacro reraise(exception, attributes, stacktrace) do
    quote do
      :erlang.raise(:error, unquote(exception).exception(unquote(attributes)), unquote(stacktrace))
    end
  end

  defp raised(message, caller) do
    case macro_expand(message, caller) do
      text when is_binary(text) -> quote(do: RuntimeError.exception(unquote(text)))
      {:<<>>, _, _} = text -> quote(do: RuntimeError.exception(unquote(text)))
      module when is_atom(module) -> quote(do: unquote(module).exception([]))
      other -> quote(do: Kernel.Utils.raise(unquote(other)))
    end
  end

  ## Membership

  @doc """
  Tells whether `left` is an element of `right`.

  In guards, `right` must be a list or a range known when the code is compiled.
  """
  @doc guard: true
  defmacro left in right do
    body? = __CALLER__.context == nil
    caller = __CALLER__

    case macro_expand(right, caller) do
      [] when not body? ->
        false

      [] ->
        quote do
          _ = unquote(left)
          false
        end

      [_ | _] = list ->
        case not body? or small_literals?(right) do
          true -> bind_left(body?, left, &member_of(&1, list, caller, list, body?))
          false -> quote(do: :lists.member(unquote(left), unquote(right)))
        end

      %{} = value ->
        raise ArgumentError, "found unescaped value on the right side of in/2: #{inspect(value)}"

      {:%{}, _, fields} = map ->
        case :lists.sort(fields) do
          [__struct__: Range, first: first, last: last, step: step] ->
            first = macro_expand(first, caller)
            last = macro_expand(last, caller)
            step = macro_expand(step, caller)
            bind_left(body?, left, &within(&1, first, last, step))

          _ ->
            member_call(body?, left, map)
        end

      other ->
        member_call(body?, left, other)
    end
  end

  defp member_call(true, left, right), do: quote(do: Enum.member?(unquote(right), unquote(left)))
  defp member_call(false, _left, right), do: raise_on_right_of_in(right)

  defp raise_on_right_of_in(right) do
    raise ArgumentError,
          "invalid right argument for operator \"in\", it expects a compile-time proper list " <>
            "or compile-time range on the right side when used in guard expressions, got: " <>
            Macro.to_string(right)
  end

  # An expression is bound first, so that it runs once.
  defp bind_left(false, left, fun), do: fun.(left)
  defp bind_left(true, {name, _, context} = var, fun) when is_atom(name) and is_atom(context), do: fun.(var)
  defp bind_left(true, left, fun) when is_atom(left) or is_binary(left) or is_number(left), do: fun.(left)

  defp bind_left(true, left, fun) do
    quote do
      var = unquote(left)
      unquote(fun.(quote(do: var)))
    end
  end

  defp small_literals?(list) when is_list(list) and length(list) <= 32, do: all_literals?(list)
  defp small_literals?(_list), do: false

  defp all_literals?([head | tail]) when is_binary(head) or is_atom(head) or is_number(head),
    do: all_literals?(tail)

  defp all_literals?(rest), do: rest == []

  # Recursive, as `:lists` is itself defined with these macros.
  defp member_of(left, [first | rest], caller, whole, body?),
    do: member_of(left, rest, caller, whole, body?, equal_to(left, first, caller, whole, body?))

  defp member_of(left, [element | rest], caller, whole, body?, acc) do
    test = equal_to(left, element, caller, whole, body?)
    acc = quote(do: :erlang.orelse(unquote(acc), unquote(test)))
    member_of(left, rest, caller, whole, body?, acc)
  end

  defp member_of(_left, [], _caller, _whole, _body?, acc), do: acc

  # The last element may be `head | tail`.
  defp equal_to(left, {:|, _, [head, tail]}, caller, whole, body?) do
    first = quote(do: :erlang."=:="(unquote(left), unquote(head)))

    case macro_expand(tail, caller) do
      [] ->
        first

      [_ | _] = rest ->
        quote do
          :erlang.orelse(unquote(first), unquote(member_of(left, rest, caller, whole, body?)))
        end

      rest when body? ->
        quote(do: :erlang.orelse(unquote(first), :lists.member(unquote(left), unquote(rest))))

      _ ->
        raise_on_right_of_in(whole)
    end
  end

  defp equal_to(left, element, _caller, _whole, _body?),
    do: quote(do: :erlang."=:="(unquote(left), unquote(element)))

  defp within(left, first, first, step) when is_integer(first) and is_integer(step) do
    quote(do: :erlang."=:="(unquote(left), unquote(first)))
  end

  defp within(left, first, last, step) when is_integer(step) do
    bounds =
      case step > 0 do
        true -> between(left, first, last)
        false -> between(left, last, first)
      end

    on_step(
      quote(do: :erlang.andalso(:erlang.is_integer(unquote(left)), unquote(bounds))),
      left,
      first,
      step
    )
  end

  defp within(left, first, last, step) do
    quoted =
      quote do
        :erlang.is_integer(unquote(left)) and :erlang.is_integer(unquote(first)) and
          :erlang.is_integer(unquote(last)) and
          ((:erlang.>(unquote(step), 0) and unquote(between(left, first, last))) or
             (:erlang.<(unquote(step), 0) and unquote(between(left, last, first))))
      end

    on_step(quoted, left, first, step)
  end

  defp between(left, low, high) do
    quote do
      :erlang.andalso(
        :erlang.>=(unquote(left), unquote(low)),
        :erlang."=<"(unquote(left), unquote(high))
      )
    end
  end

  defp on_step(quoted, _left, _first, step) when step == 1 or step == -1, do: quoted

  defp on_step(quoted, left, first, step) do
    quote do
      :erlang.andalso(
        unquote(quoted),
        :erlang."=:="(:erlang.rem(:erlang.-(unquote(left), unquote(first)), unquote(step)), 0)
      )
    end
  end

  ## Truthiness

  # The guard is expanded where the macro is used: `Kernel.in/2` by its full name, whatever is imported there.
  defp truthy_case(check, when_truthy, when_falsy) do
    boolean_case(
      quote do
        case unquote(check) do
          x when :"Elixir.Kernel".in(x, [false, nil]) -> unquote(when_falsy)
          _ -> unquote(when_truthy)
        end
      end
    )
  end

  @doc "Returns `true` for `nil` and `false`, and `false` for any other value."
  defmacro !{:!, _, [value]} do
    forbid_in_match_or_guard(__CALLER__.context, :!)
    truthy_case(value, true, false)
  end

  defmacro !value do
    forbid_in_match_or_guard(__CALLER__.context, :!)
    truthy_case(value, false, true)
  end

  @doc """
  Runs the `do` block when `condition` is neither `nil` nor `false`, else the `else` block, which defaults to `nil`.

      if x > 0, do: :positive, else: :other
  """
  defmacro if(condition, clauses)
  defmacro if(condition, do: truthy), do: truthy_case(condition, truthy, nil)
  defmacro if(condition, do: truthy, else: falsy), do: truthy_case(condition, truthy, falsy)

  defmacro if(_condition, _clauses) do
    :erlang.error(
      ArgumentError.exception(
        "invalid or duplicate keys for if, only \"do\" and an optional \"else\" are permitted"
      )
    )
  end

  @doc "Runs the `do` block when `condition` is `nil` or `false`, else the `else` block."
  @doc deprecated: "Use if/2 instead"
  defmacro unless(condition, clauses)
  defmacro unless(condition, do: falsy), do: negated_if(condition, nil, falsy)
  defmacro unless(condition, do: falsy, else: truthy), do: negated_if(condition, truthy, falsy)

  defmacro unless(_condition, _clauses) do
    :erlang.error(
      ArgumentError.exception(
        "invalid or duplicate keys for unless, only \"do\" and an optional \"else\" are permitted"
      )
    )
  end

  defp negated_if(condition, truthy, falsy),
    do: quote(do: if(unquote(condition), do: unquote(truthy), else: unquote(falsy)))

  @doc "Returns `left` if it is `nil` or `false`, else evaluates `right`."
  defmacro left && right do
    forbid_in_match_or_guard(__CALLER__.context, :&&)

    quote do
      case unquote(left) do
        x when :"Elixir.Kernel".in(x, [false, nil]) -> x
        _ -> unquote(right)
      end
    end
  end

  @doc "Returns `left` unless it is `nil` or `false`, else evaluates `right`."
  defmacro left || right do
    forbid_in_match_or_guard(__CALLER__.context, :||)

    quote do
      case unquote(left) do
        x when :"Elixir.Kernel".in(x, [false, nil]) -> unquote(right)
        x -> x
      end
    end
  end

  @doc "Tells whether `term` is `nil`."
  @doc guard: true
  defmacro is_nil(term) do
    quote(do: unquote(term) == nil)
  end

  @doc """
  Tells whether `expression` matches `pattern`, which may have a guard.

      iex> match?({:ok, _}, {:ok, 1})
      true
  """
  defmacro match?(pattern, expr) do
    success =
      quote do
        unquote(pattern) -> true
      end

    failure =
      quote generated: true do
        _ -> false
      end

    {:case, [], [expr, [do: :erlang.++(success, failure)]]}
  end

  ## Strings

  @doc """
  Tells whether the string `left` contains the string `right`, or matches it where it is a regular expression.
  """
  def left =~ "" when is_binary(left), do: true

  def left =~ right when is_binary(left) and is_binary(right) do
    :binary.match(left, right) != :nomatch
  end

  def left =~ right when is_binary(left), do: Regex.match?(right, left)

  @doc """
  Renders `term` as a string, as it would be written in code where that is possible.

  See `Inspect.Opts` for the options.
  """
  def inspect(term, opts \\ []) when is_list(opts) do
    opts = Inspect.Opts.new(opts)

    width =
      case opts.pretty do
        true -> opts.width
        false -> :infinity
      end

    doc = Inspect.Algebra.group(Inspect.Algebra.to_doc(term, opts))
    :erlang.iolist_to_binary(Inspect.Algebra.format(doc, width))
  end

  ## Ranges

  @doc "The range over everything, `0..-1//1`."
  defmacro (..) do
    {:%{}, [], [__struct__: Range, first: 0, last: -1, step: 1]}
  end

  @doc "The range from `first` to `last`, both included, with a step of 1, or -1 where `last` is smaller."
  defmacro first..last do
    caller = __CALLER__
    first = macro_expand(first, caller)
    last = macro_expand(last, caller)
    check_bounds!(first, last)

    case caller.context do
      _ when is_integer(first) and is_integer(last) ->
        step = if first <= last, do: 1, else: descending(first, last, caller)
        {:%{}, [], [__struct__: Range, first: first, last: last, step: step]}

      nil ->
        quote(do: Function.identity(Elixir.Range.new(unquote(first), unquote(last))))

      :guard ->
        step =
          quote do
            :erlang.map_get(
              :erlang.>(unquote(first), unquote(last)),
              %{false: 1, true: -1}
            )
          end

        range = Macro.to_string({:.., [], [first, last]})

        IO.warn(
          "#{range} inside guards requires an explicit step, please write #{range}//1 or #{range}//-1 instead",
          Macro.Env.stacktrace(caller)
        )

        {:%{}, [], [__struct__: Range, first: first, last: last, step: step]}

      :match ->
        range = "#{Macro.to_string(first)}..#{Macro.to_string(last)}"

        IO.warn(
          "#{range} inside match is deprecated, " <>
            "you must always match on the step: #{range}//var or #{range}//_ if you want to ignore it",
          Macro.Env.stacktrace(caller)
        )

        {:%{}, [], [__struct__: Range, first: first, last: last]}
    end
  end

  defp descending(first, last, caller) do
    IO.warn(
      "#{first}..#{last} has a default step of -1, please write #{first}..#{last}//-1 instead",
      Macro.Env.stacktrace(caller)
    )

    -1
  end

  @doc "The range from `first` to `last` that advances by `step`."
  defmacro first..last//step do
    caller = __CALLER__
    first = macro_expand(first, caller)
    last = macro_expand(last, caller)
    step = macro_expand(step, caller)
    check_bounds!(first, last)
    check_step!(step)

    case caller.context == nil and
           not (is_integer(first) and is_integer(last) and is_integer(step)) do
      true -> quote(do: Elixir.Range.new(unquote(first), unquote(last), unquote(step)))
      false -> {:%{}, [], [__struct__: Range, first: first, last: last, step: step]}
    end
  end

  defp check_bounds!(first, last) do
    if not_integer?(first) or not_integer?(last) do
      raise ArgumentError,
            "ranges (first..last//step) expect both sides to be integers, " <>
              "got: " <> Macro.to_string({:.., [], [first, last]})
    end
  end

  defp check_step!(step) do
    if not_integer?(step) or step == 0 do
      raise ArgumentError,
            "ranges (first..last//step) expect the step to be a non-zero integer, " <>
              "got: " <> Macro.to_string(step)
    end
  end

  defp not_integer?(ast), do: is_float(ast) or is_atom(ast) or is_binary(ast) or is_list(ast)

  ## Pipes

  @doc """
  Passes `left` as the first argument of the call `right`.

      [1, 2] |> Enum.map(&(&1 * 2)) |> Enum.sum()
  """
  defmacro left |> right do
    :lists.foldl(
      fn {call, position}, acc -> Macro.pipe(acc, call, position) end,
      left,
      Macro.unpipe(right)
    )
  end

  @doc "Passes `value` to `fun` and returns `value`."
  defmacro tap(value, fun) do
    quote bind_quoted: [fun: fun, value: value] do
      _ = fun.(value)
      value
    end
  end

  @doc "Passes `value` to `fun` and returns its result."
  defmacro then(value, fun) do
    quote(do: unquote(fun).(unquote(value)))
  end

  ## Numbers

  @doc "Raises `base` to a power: an integer for integers with a natural exponent, else a float."
  def base ** exponent when is_integer(base) and is_integer(exponent) and exponent >= 0 do
    power(base, exponent, 1)
  end

  def base ** exponent when is_number(base) and is_number(exponent), do: :math.pow(base, exponent)

  defp power(_base, 0, acc), do: acc
  defp power(base, 1, acc), do: acc * base

  defp power(base, exponent, acc) do
    acc = if rem(exponent, 2) == 1, do: acc * base, else: acc
    power(base * base, div(exponent, 2), acc)
  end

  @doc "Tells whether `module`, which is loaded if need be, defines the public macro `macro/arity`."
  def macro_exported?(module, macro, arity)
      when is_atom(module) and is_atom(macro) and is_integer(arity) and arity >= 0 and arity <= 255 do
    function_exported?(module, :__info__, 1) and
      :lists.member({macro, arity}, module.__info__(:macros))
  end

  @doc "Returns `size` bytes of `binary` from `start` on, or fewer; a negative `start` counts from the end."
  def binary_slice(binary, start, size)
      when is_binary(binary) and is_integer(start) and is_integer(size) and size >= 0 do
    total = byte_size(binary)
    start = if start < 0, do: max(total + start, 0), else: start
    if start < total, do: binary_part(binary, start, min(size, total - start)), else: ""
  end

  @doc "Returns the bytes of `binary` at the offsets in a range; negative offsets count from the end."
  def binary_slice(binary, %{__struct__: Range, first: first, last: last, step: step})
      when is_binary(binary) and step > 0 do
    total = byte_size(binary)
    first = if first < 0, do: max(first + total, 0), else: first
    last = if last < 0, do: last + total, else: last
    amount = last - first + 1

    cond do
      first >= total or amount <= 0 -> ""
      step == 1 -> binary_part(binary, first, min(amount, total - first))
      true -> every_nth(binary_part(binary, first, min(amount, total - first)), step)
    end
  end

  def binary_slice(binary, %{__struct__: Range} = range) when is_binary(binary) do
    raise ArgumentError,
          "binary_slice/2 does not accept ranges with negative steps, got: #{inspect(range)}"
  end

  defp every_nth(<<byte, rest::binary>>, step) do
    skip = min(step - 1, byte_size(rest))
    rest = binary_part(rest, skip, byte_size(rest) - skip)
    <<byte, every_nth(rest, step)::binary>>
  end

  defp every_nth("", _step), do: ""

  ## Structs

  @doc """
  Makes a struct of a module, or updates one, with the fields that it knows; others are ignored.

      struct(URI, host: "example.com")
  """
  def struct(struct, fields \\ []) do
    struct(struct, fields, fn
      {:__struct__, _value}, acc ->
        acc

      {key, value}, acc ->
        case acc do
          %{^key => _} -> %{acc | key => value}
          _ -> acc
        end
    end)
  end

  @doc "Like `struct/2`, but raises for an unknown field and checks the enforced keys."
  def struct!(struct, fields \\ [])

  def struct!(module, fields) when is_atom(module) do
    check_struct!(module.__struct__(fields), module, 1)
  end

  def struct!(struct, fields) when is_map(struct) do
    struct(struct, fields, fn
      {:__struct__, _value}, acc ->
        acc

      {key, value}, acc ->
        case acc do
          %{^key => _} -> %{acc | key => value}
          _ -> raise KeyError, key: key, term: acc
        end
    end)
  end

  defp struct(module, fields, fun) when is_atom(module) do
    struct = check_struct!(module.__struct__(), module, 0)
    if fields == [], do: struct, else: struct(struct, fields, fun)
  end

  defp struct(%_{} = struct, [], _fun), do: struct
  defp struct(%_{} = struct, fields, fun) when is_list(fields), do: :lists.foldl(fun, struct, fields)
  defp struct(%_{} = struct, fields, fun), do: Enum.reduce(fields, struct, fun)

  defp check_struct!(%{__struct__: module} = struct, module, _arity), do: struct

  defp check_struct!(%{__struct__: name}, module, arity) when is_atom(name) do
    raise ArgumentError,
          "expected struct name returned by #{inspect(module)}.__struct__/#{arity} to be " <>
            "#{inspect(module)}, got: #{inspect(name)}"
  end

  defp check_struct!(other, module, arity) do
    raise ArgumentError,
          "expected #{inspect(module)}.__struct__/#{arity} to return a map with a :__struct__ " <>
            "key that holds the name of the struct (atom), got: #{inspect(other)}"
  end

  @doc "Tells whether `term` is a struct."
  @doc guard: true
  defmacro is_struct(term) do
    case __CALLER__.context do
      nil ->
        quote do
          case unquote(term) do
            %_{} -> true
            _ -> false
          end
        end

      :guard ->
        quote do
          :erlang.is_map(unquote(term)) and :erlang.is_map_key(:__struct__, unquote(term)) and
            :erlang.is_atom(:erlang.map_get(:__struct__, unquote(term)))
        end

      :match ->
        forbid_in_match(:is_struct)
    end
  end

  @doc "Tells whether `term` is a struct of the module `name`."
  @doc guard: true
  defmacro is_struct(term, name) do
    case __CALLER__.context do
      nil ->
        quote generated: true do
          case unquote(name) do
            name when :erlang.is_atom(name) ->
              case unquote(term) do
                %{__struct__: ^name} -> true
                _ -> false
              end

            _ ->
              raise ArgumentError
          end
        end

      :guard ->
        quote do
          :erlang.is_map(unquote(term)) and (:erlang.is_atom(unquote(name)) or :fail) and
            :erlang.is_map_key(:__struct__, unquote(term)) and
            :erlang."=:="(:erlang.map_get(:__struct__, unquote(term)), unquote(name))
        end

      :match ->
        forbid_in_match(:is_struct)
    end
  end

  @doc "Tells whether `term` is a map but not a struct."
  @doc guard: true
  defmacro is_non_struct_map(term) do
    case __CALLER__.context do
      nil ->
        quote do
          case unquote(term) do
            %_{} -> false
            %{} -> true
            _ -> false
          end
        end

      :guard ->
        quote do
          :erlang.is_map(unquote(term)) and
            :erlang.not(
              :erlang.is_map_key(:__struct__, unquote(term)) and
                :erlang.is_atom(:erlang.map_get(:__struct__, unquote(term)))
            )
        end

      :match ->
        forbid_in_match(:is_non_struct_map)
    end
  end

  @doc "Tells whether `term` is an exception."
  @doc guard: true
  defmacro is_exception(term) do
    case __CALLER__.context do
      nil ->
        quote do
          case unquote(term) do
            %_{__exception__: true} -> true
            _ -> false
          end
        end

      :guard ->
        quote do
          :erlang.is_map(unquote(term)) and :erlang.is_map_key(:__struct__, unquote(term)) and
            :erlang.is_atom(:erlang.map_get(:__struct__, unquote(term))) and
            :erlang.is_map_key(:__exception__, unquote(term)) and
            :erlang."=:="(:erlang.map_get(:__exception__, unquote(term)), true)
        end

      :match ->
        forbid_in_match(:is_exception)
    end
  end

  @doc "Tells whether `term` is an exception of the module `name`."
  @doc guard: true
  defmacro is_exception(term, name) do
    case __CALLER__.context do
      nil ->
        quote do
          case unquote(name) do
            name when :erlang.is_atom(name) ->
              case unquote(term) do
                %{__struct__: ^name, __exception__: true} -> true
                _ -> false
              end

            _ ->
              raise ArgumentError
          end
        end

      :guard ->
        quote do
          :erlang.is_map(unquote(term)) and (:erlang.is_atom(unquote(name)) or :fail) and
            :erlang.is_map_key(:__struct__, unquote(term)) and
            :erlang."=:="(:erlang.map_get(:__struct__, unquote(term)), unquote(name)) and
            :erlang.is_map_key(:__exception__, unquote(term)) and
            :erlang."=:="(:erlang.map_get(:__exception__, unquote(term)), true)
        end

      :match ->
        forbid_in_match(:is_exception)
    end
  end

  ## Nested access

  @doc """
  Reads a value inside nested structures; `nil` on the way gives `nil`.

      get_in(users, ["ann", :age])
  """
  def get_in(data, keys)
  def get_in(nil, [_ | _]), do: nil
  def get_in(data, [fun]) when is_function(fun), do: fun.(:get, data, & &1)
  def get_in(data, [fun | keys]) when is_function(fun), do: fun.(:get, data, &get_in(&1, keys))
  def get_in(data, [key]), do: Access.get(data, key)
  def get_in(data, [key | keys]), do: get_in(Access.get(data, key), keys)

  @doc "Puts a value into nested structures."
  def put_in(data, [_ | _] = keys, value) do
    elem(get_and_update_in(data, keys, fn _ -> {nil, value} end), 1)
  end

  @doc "Updates a value inside nested structures with `fun`."
  def update_in(data, [_ | _] = keys, fun) when is_function(fun) do
    elem(get_and_update_in(data, keys, fn value -> {nil, fun.(value)} end), 1)
  end

  @doc "Reads and updates a value inside nested structures: `fun` returns what to answer and what to store."
  def get_and_update_in(data, keys, fun)

  def get_and_update_in(data, [step], fun) when is_function(step, 3),
    do: step.(:get_and_update, data, fun)

  def get_and_update_in(data, [step | keys], fun) when is_function(step, 3),
    do: step.(:get_and_update, data, &get_and_update_in(&1, keys, fun))

  def get_and_update_in(data, [key], fun) when is_function(fun, 1),
    do: Access.get_and_update(data, key, fun)

  def get_and_update_in(data, [key | keys], fun) when is_function(fun, 1),
    do: Access.get_and_update(data, key, &get_and_update_in(&1, keys, fun))

  @doc "Takes a value out of nested structures: returns it and the rest."
  def pop_in(data, keys)

  def pop_in(nil, [key | _]) do
    raise ArgumentError, "could not pop key #{inspect(key)} on a nil value"
  end

  def pop_in(data, [_ | _] = keys), do: pop_at(data, keys)

  defp pop_at(nil, _keys), do: :pop
  defp pop_at(data, [fun]) when is_function(fun), do: fun.(:get_and_update, data, fn _ -> :pop end)

  defp pop_at(data, [fun | keys]) when is_function(fun),
    do: fun.(:get_and_update, data, &pop_at(&1, keys))

  defp pop_at(data, [key]), do: Access.pop(data, key)
  defp pop_at(data, [key | keys]), do: Access.get_and_update(data, key, &pop_at(&1, keys))

  @doc """
  Reads along a path such as `user.address[:city]`; `nil` on the way gives `nil`.
  """
  defmacro get_in(path), do: Kernel.Paths.get(path)

  @doc """
  Puts `value` at the end of a path.

      put_in(user.address[:city], "Paris")
  """
  defmacro put_in(path, value), do: Kernel.Paths.put(path, value)

  @doc "Updates what is at the end of a path with `fun`."
  defmacro update_in(path, fun), do: Kernel.Paths.update(path, fun)

  @doc "Reads and updates what is at the end of a path."
  defmacro get_and_update_in(path, fun), do: Kernel.Paths.get_and_update(path, fun)

  @doc "Takes what is at the end of a path out of its structure."
  defmacro pop_in(path), do: Kernel.Paths.pop(path)

  @doc """
  Binds the variables of the list `left` to the elements of `right`; missing ones become `nil`.

      destructure([x, y], [1])
  """
  defmacro destructure(left, right) when is_list(left) do
    quote do
      unquote(left) = Kernel.Utils.destructure(unquote(right), unquote(length(left)))
    end
  end

  ## Hygiene

  @doc "Refers to a variable of the macro's caller, or of `context`."
  defmacro var!(var, context \\ nil)

  defmacro var!({name, meta, kind}, context) when is_atom(name) and is_atom(kind) do
    # :counter would tie the variable to this expansion.
    meta = :lists.keydelete(:counter, 1, meta)
    meta = :lists.keystore(:if_undefined, 1, meta, {:if_undefined, :raise})

    case macro_expand(context, __CALLER__) do
      context when is_atom(context) ->
        {name, meta, context}

      other ->
        raise ArgumentError,
              "expected var! context to expand to an atom, got: " <> Macro.to_string(other)
    end
  end

  defmacro var!(other, _context) do
    raise ArgumentError,
          "expected a variable to be given to var!, got: " <> Macro.to_string(other)
  end

  @doc "Leaves an alias to be expanded where the macro is called."
  defmacro alias!(alias) when is_atom(alias), do: alias

  defmacro alias!({:__aliases__, meta, segments}) do
    {:__aliases__, :lists.keydelete(:alias, 1, meta), segments}
  end

  @doc "Returns the variables in scope as a keyword list."
  defmacro binding(context \\ nil) do
    match? = __CALLER__.context == :match

    variables =
      :lists.filtermap(
        fn
          {name, kind} when kind == context ->
            var = {name, [generated: true], kind}
            {true, {name, if(match?, do: quote(do: ^unquote(var)), else: var)}}

          _ ->
            false
        end,
        :maps.keys(__CALLER__.versioned_vars)
      )

    :lists.usort(variables)
  end

  @doc """
  Prints the code and its value, with the steps of a pipeline or the branch taken, and returns the value.
  """
  defmacro dbg(code \\ quote(do: binding()), options \\ []) do
    Macro.Debug.call(code, options, __CALLER__)
  end

  ## Modules and definitions

  defp assert_module_scope(%{module: nil}, kind, arity) do
    raise ArgumentError, "cannot invoke #{kind}/#{arity} outside module"
  end

  defp assert_module_scope(%{module: module}, _kind, _arity), do: module

  defp assert_no_function_scope(%{function: nil}, _kind, _arity), do: :ok

  defp assert_no_function_scope(_env, kind, arity) do
    raise ArgumentError, "cannot invoke #{kind}/#{arity} inside function/macro"
  end

  @doc """
  Defines a module. A nested definition also makes an alias for the inner name.
  """
  defmacro defmodule(alias, do_block)

  defmacro defmodule(alias, do: block) do
    env = __CALLER__
    forbid_in_match_or_guard(env.context, :"defmodule/2")
    Kernel.Definitions.module(alias, block, env)
  end

  @doc "Defines a public function."
  defmacro def(call, expr \\ nil), do: define(:def, call, expr, __CALLER__)

  @doc "Defines a private function."
  defmacro defp(call, expr \\ nil), do: define(:defp, call, expr, __CALLER__)

  @doc "Defines a public macro."
  defmacro defmacro(call, expr \\ nil), do: define(:defmacro, call, expr, __CALLER__)

  @doc "Defines a private macro."
  defmacro defmacrop(call, expr \\ nil), do: define(:defmacrop, call, expr, __CALLER__)

  # Code without unquote is kept aside as it is; only a fragment is evaluated in the module's body.
  defp define(kind, call, expr, env) do
    forbid_in_match_or_guard(env.context, define_name(kind))
    module = assert_module_scope(env, kind, 2)
    assert_no_function_scope(env, kind, 2)

    store =
      if :elixir_quote.has_unquotes(call) or :elixir_quote.has_unquotes(expr) do
        :elixir_quote.escape({call, expr}, :none, true)
      else
        key = :erlang.unique_integer()
        :elixir_module.write_cache(module, key, {call, expr})
        key
      end

    pos = :elixir_module.cache_env(env)
    quote(do: :elixir_def.store_definition(unquote(kind), unquote(store), unquote(pos)))
  end

  defp define_name(kind), do: :erlang.binary_to_atom(<<:erlang.atom_to_binary(kind)::binary, "/2">>)

  @doc "Marks functions of the module, or the callbacks of a behaviour, as replaceable by later definitions."
  defmacro defoverridable(keywords_or_behaviour) do
    quote(do: Module.make_overridable(__MODULE__, unquote(keywords_or_behaviour)))
  end

  @doc """
  Reads or sets an attribute of the module under definition.

      @timeout 5_000
      def timeout, do: @timeout
  """
  defmacro @expr

  defmacro @{:__aliases__, _, _} do
    raise ArgumentError, "module attributes set via @ cannot start with an uppercase letter"
  end

  defmacro @{name, meta, args} do
    env = __CALLER__
    assert_module_scope(env, :@, 1)
    Kernel.Definitions.attribute(name, meta, args, env)
  end

  @doc """
  Gives the module under definition a struct with these fields and their defaults.

      defstruct name: nil, age: 0
  """
  defmacro defstruct(fields) do
    quote bind_quoted: [fields: fields] do
      {struct, derive, escaped, kv, body} = Kernel.Utils.defstruct(__MODULE__, fields, __ENV__)

      case derive do
        [] -> :ok
        _ -> Protocol.__derive__(derive, __MODULE__, __ENV__)
      end

      def __struct__(), do: unquote(escaped)
      def __struct__(unquote(kv)), do: unquote(body)
      Kernel.Utils.announce_struct(__MODULE__)

      struct
    end
  end

  @doc """
  Makes the module under definition an exception with these fields.

      defexception [:message]
  """
  defmacro defexception(fields) do
    quote bind_quoted: [fields: fields] do
      Kernel.@(behaviour(Exception))
      struct = defstruct([__exception__: true] ++ fields)

      if :erlang.is_map_key(:message, struct) do
        Kernel.@(impl(true))
        def message(exception), do: exception.message
        defoverridable message: 1

        Kernel.@(impl(true))
        def exception(message) when Kernel.is_binary(message), do: exception(message: message)
      end

      Kernel.@(impl(true))
      def exception(args) when Kernel.is_list(args), do: struct!(__MODULE__, args)
      defoverridable exception: 1
    end
  end

  @doc "Defines a protocol: functions that dispatch on the type of their first argument."
  defmacro defprotocol(name, do_block)
  defmacro defprotocol(name, do: block), do: Protocol.__protocol__(name, do: block)

  @doc "Implements a protocol for the type given as `:for`, by default the module under definition."
  defmacro defimpl(name, opts, do_block \\ []) do
    Protocol.__impl__(name, opts, do_block, __CALLER__)
  end

  @doc """
  Defines a macro for use in guards and elsewhere.

      defguard is_even(term) when is_integer(term) and rem(term, 2) == 0
  """
  defmacro defguard(guard), do: define_guard(:defmacro, guard, __CALLER__)

  @doc "Like `defguard/1`, for use in this module only."
  defmacro defguardp(guard), do: define_guard(:defmacrop, guard, __CALLER__)

  defp define_guard(kind, guard, env) do
    {call, body} = Kernel.Definitions.guard(guard)
    definition = define(kind, call, body, env)

    quote do
      Kernel.@(doc(guard: true))
      unquote(definition)
    end
  end

  @doc """
  Requires a module and runs its `__using__/1` macro here.

      use GenServer, restart: :transient
  """
  defmacro use(module, opts \\ []) do
    calls =
      :lists.map(
        fn
          module when is_atom(module) ->
            quote do
              require unquote(module)
              unquote(module).__using__(unquote(opts))
            end

          _ ->
            raise ArgumentError,
                  "invalid arguments for use, expected a compile time atom or alias, got: " <>
                    Macro.to_string(module)
        end,
        used_modules(module, __CALLER__)
      )

    quote(do: (unquote_splicing(calls)))
  end

  # `use Mod.{A, B}`
  defp used_modules({{:., _, [base, :{}]}, _, refs}, env) do
    base = macro_expand(base, env)

    :lists.map(
      fn
        {:__aliases__, _, segments} -> :elixir_aliases.concat([base | segments])
        ref when is_atom(ref) -> :elixir_aliases.concat([base, ref])
        other -> other
      end,
      refs
    )
  end

  defp used_modules(module, env), do: [macro_expand(module, env)]

  @doc """
  Defines a function that calls one of another module.

      defdelegate reverse(list), to: Enum
  """
  defmacro defdelegate(funs, opts) do
    funs = :elixir_quote.escape(funs, :none, true)
    opts = Macro.expand_literals(opts, %{__CALLER__ | function: {:__info__, 1}})

    quote bind_quoted: [funs: funs, opts: opts] do
      target = Kernel.Utils.defdelegate_all(funs, opts, __ENV__)

      for fun <- List.wrap(funs) do
        {name, args, as, as_args} = Kernel.Utils.defdelegate_each(fun, opts)
        Kernel.@(doc(delegate_to: {target, as, :erlang.length(as_args)}))

        def unquote({name, [line: __ENV__.line], args}) do
          unquote(target).unquote(as)(unquote_splicing(as_args))
        end
      end
    end
  end

  ## Time

  @doc """
  Turns a number of milliseconds, `:infinity`, a `Duration` or a keyword list of units into a timeout.

      iex> to_timeout(minute: 1, second: 30)
      90000
  """
  def to_timeout(duration)
  def to_timeout(:infinity), do: :infinity
  def to_timeout(timeout) when is_integer(timeout) and timeout >= 0, do: timeout

  def to_timeout(%{__struct__: Duration} = duration), do: Kernel.Timeout.of_duration(duration)
  def to_timeout(components) when is_list(components), do: Kernel.Timeout.of_components(components)

  ## Sigils

  @doc "`~S`: a string without escapes or interpolation."
  defmacro sigil_S(term, modifiers)
  defmacro sigil_S({:<<>>, _, [text]}, []) when is_binary(text), do: text

  @doc "`~s`: a string with escapes and interpolation."
  defmacro sigil_s(term, modifiers)

  defmacro sigil_s({:<<>>, _, [text]}, []) when is_binary(text) do
    :elixir_interpolation.unescape_string(text)
  end

  defmacro sigil_s({:<<>>, meta, pieces}, []), do: {:<<>>, meta, unescape_pieces(pieces)}

  @doc "`~C`: a charlist without escapes or interpolation."
  defmacro sigil_C(term, modifiers)

  defmacro sigil_C({:<<>>, _, [text]}, []) when is_binary(text) do
    charlist_of(text)
  end

  # String is compiled after Kernel, and words the error.
  defp charlist_of(text) do
    case :unicode.characters_to_list(text) do
      charlist when is_list(charlist) -> charlist
      _ -> String.to_charlist(text)
    end
  end

  @doc "`~c`: a charlist with escapes and interpolation."
  defmacro sigil_c(term, modifiers)

  defmacro sigil_c({:<<>>, _, [text]}, []) when is_binary(text) do
    charlist_of(:elixir_interpolation.unescape_string(text))
  end

  defmacro sigil_c({:<<>>, _, pieces}, []) do
    parts =
      :lists.map(
        fn
          {:"::", _, [expr, _]} -> expr
          text when is_binary(text) -> :elixir_interpolation.unescape_string(text)
        end,
        pieces
      )

    quote(do: List.to_charlist(unquote(parts)))
  end

  @doc "`~r`: a regular expression, with interpolation."
  defmacro sigil_r(term, modifiers)

  defmacro sigil_r({:<<>>, _, [text]}, options) when is_binary(text) do
    text = :elixir_interpolation.unescape_string(text, &regex_escape/1)
    Macro.escape(Regex.compile!(text, :erlang.list_to_binary(options)))
  end

  defmacro sigil_r({:<<>>, meta, pieces}, options) do
    text = {:<<>>, meta, unescape_pieces(pieces, &regex_escape/1)}
    quote(do: Regex.compile!(unquote(text), unquote(:erlang.list_to_binary(options))))
  end

  defp regex_escape(:newline), do: true
  defp regex_escape(_), do: false

  @doc "`~R`: a regular expression without interpolation; deprecated in favour of `~r`."
  defmacro sigil_R({:<<>>, _, [text]}, options) when is_binary(text) do
    IO.warn("~R/.../ is deprecated, use ~r/.../ instead", Macro.Env.stacktrace(__CALLER__))
    Macro.escape(Regex.compile!(text, :erlang.list_to_binary(options)))
  end

  @doc "`~D`: a date in ISO 8601, as in `~D[2024-05-01]`."
  defmacro sigil_D(date_string, modifiers)

  defmacro sigil_D({:<<>>, _, [string]}, []), do: Kernel.CalendarSigils.date(string)

  @doc "`~T`: a time of day in ISO 8601, as in `~T[12:00:00]`."
  defmacro sigil_T(time_string, modifiers)
  defmacro sigil_T({:<<>>, _, [string]}, []), do: Kernel.CalendarSigils.time(string)

  @doc "`~N`: a date and time without a time zone."
  defmacro sigil_N(naive_datetime_string, modifiers)
  defmacro sigil_N({:<<>>, _, [string]}, []), do: Kernel.CalendarSigils.naive_datetime(string)

  @doc "`~U`: a date and time in UTC."
  defmacro sigil_U(datetime_string, modifiers)
  defmacro sigil_U({:<<>>, _, [string]}, []), do: Kernel.CalendarSigils.utc_datetime(string)

  @doc """
  `~w`: a list of words, as strings or, by the modifiers `a` and `c`, as atoms or charlists.

      ~w(red green)a
  """
  defmacro sigil_w(term, modifiers)

  defmacro sigil_w({:<<>>, _, [text]}, modifiers) when is_binary(text) do
    words(:elixir_interpolation.unescape_string(text), modifiers, __CALLER__)
  end

  defmacro sigil_w({:<<>>, meta, pieces}, modifiers) do
    words({:<<>>, meta, unescape_pieces(pieces)}, modifiers, __CALLER__)
  end

  @doc "`~W`: a list of words without escapes or interpolation."
  defmacro sigil_W(term, modifiers)

  defmacro sigil_W({:<<>>, _, [text]}, modifiers) when is_binary(text) do
    words(text, modifiers, __CALLER__)
  end

  defp words(text, [], caller), do: words(text, [?s], caller)

  defp words(text, [kind], caller) when is_binary(text) and kind in [?s, ?a, ?c] do
    parts = String.split(text)

    if :lists.any(&(byte_size(&1) > 1 and :binary.last(&1) == ?,), parts) do
      IO.warn(
        "the sigils ~w/~W do not allow trailing commas at the end of each word. " <>
          "If the comma is necessary, define a regular list with [...], otherwise remove the comma.",
        Macro.Env.stacktrace(caller)
      )
    end

    case kind do
      ?s -> parts
      ?a -> :lists.map(&String.to_atom/1, parts)
      ?c -> :lists.map(&String.to_charlist/1, parts)
    end
  end

  defp words(text, [kind], _caller) when kind in [?s, ?a, ?c] do
    parts = quote(do: String.split(unquote(text)))

    case kind do
      ?s -> parts
      ?a -> quote(do: :lists.map(&String.to_atom/1, unquote(parts)))
      ?c -> quote(do: :lists.map(&String.to_charlist/1, unquote(parts)))
    end
  end

  defp words(_text, _modifiers, _caller) do
    raise ArgumentError, "modifier must be one of: s, a, c"
  end

  defp unescape_pieces(pieces) do
    :lists.map(
      fn piece ->
        if is_binary(piece), do: :elixir_interpolation.unescape_string(piece), else: piece
      end,
      pieces
    )
  end

  defp unescape_pieces(pieces, escapes) do
    :lists.map(
      fn piece ->
        if is_binary(piece),
          do: :elixir_interpolation.unescape_string(piece, escapes),
          else: piece
      end,
      pieces
    )
  end
end
