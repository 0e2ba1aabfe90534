# What the macros of `Kernel` leave to run time, so that their expansions stay small.
# Compiled right after `Kernel`: uses natives and `:lists`, and other modules only in error texts.
defmodule Kernel.Utils do
  @moduledoc false

  ## destructure

  @doc "Returns the first `count` elements of a list, filled up with `nil`."
  def destructure(list, count) when is_list(list) and is_integer(count) and count >= 0,
    do: take(list, count)

  def destructure(nil, count) when is_integer(count) and count >= 0, do: take([], count)

  defp take(_list, 0), do: []
  defp take([head | tail], count), do: [head | take(tail, count - 1)]
  defp take([], count), do: [nil | take([], count - 1)]

  ## raise

  @doc "Makes the exception that `raise/1` was asked for with a value known only at run time."
  def raise(message) when is_binary(message), do: RuntimeError.exception(message)
  def raise(module) when is_atom(module), do: module.exception([])
  def raise(%_{__exception__: true} = exception), do: exception

  def raise(other) do
    ArgumentError.exception(
      "raise/1 and reraise/2 expect a module name, string or exception " <>
        "as the first argument, got: #{inspect(other)}"
    )
  end

  ## defstruct

  @doc """
  Checks and records the fields of a struct, and makes the bodies of `__struct__/0` and `__struct__/1`.
  """
  def defstruct(module, fields, env) do
    if :elixir_module.struct_fields(module) != nil do
      Kernel.raise(
        ArgumentError,
        "defstruct has already been called for " <>
          "#{Kernel.inspect(module)}, defstruct can only be called once per module"
      )
    end

    if not is_list(fields) do
      Kernel.raise(
        ArgumentError,
        "struct fields definition must be list, got: #{inspect(fields)}"
      )
    end

    fields = :lists.map(&struct_field/1, fields)
    warn_duplicates(:lists.keysort(1, fields), env)
    enforced = enforced_keys(module)
    struct = :maps.from_list([{:__struct__, module} | fields])

    case enforced -- :maps.keys(struct) do
      [] ->
        :ok

      missing ->
        Kernel.raise(
          ArgumentError,
          "@enforce_keys required keys (#{inspect(missing)}) that are not defined in defstruct: " <>
            "#{inspect(fields)}"
        )
    end

    :elixir_module.put_struct(
      module,
      :lists.map(fn {key, value} -> %{field: key, default: value} end, fields)
    )

    escaped = :elixir_quote.escape(struct, :none, false)

    body =
      quote line: 0, generated: true do
        Kernel.Utils.build_struct(kv, unquote(escaped), unquote(enforced))
      end

    {struct, :elixir_module.take_derive(module), escaped, quote(do: kv), body}
  end

  @doc false
  # Tells those who wait for the struct, where several files are compiled together, that it is known before its module is complete.
  def announce_struct(module) do
    case :erlang.get(:elixir_compiler_info) do
      {compiler, _file} -> :erlang.send(compiler, {:struct_available, module})
      _ -> :ok
    end
  end

  defp struct_field({:__struct__, _}), do: struct_field(:__struct__)

  defp struct_field({key, value}) when is_atom(key) do
    try do
      :elixir_quote.escape(value, :none, false)
    rescue
      error in ArgumentError ->
        Kernel.raise(
          ArgumentError,
          "invalid value for struct field #{key}, " <> Exception.message(error)
        )
    else
      _ -> {key, value}
    end
  end

  defp struct_field(:__struct__),
    do: Kernel.raise(ArgumentError, "cannot set :__struct__ in struct definition")

  defp struct_field(key) when is_atom(key), do: {key, nil}

  defp struct_field(other),
    do: Kernel.raise(ArgumentError, "struct field names must be atoms, got: #{inspect(other)}")

  defp enforced_keys(module) do
    keys =
      case :elixir_module.get_attribute(module, :enforce_keys, nil, []) do
        keys when is_list(keys) -> keys
        key -> [key]
      end

    :lists.foreach(
      fn key ->
        if not is_atom(key) do
          Kernel.raise(
            ArgumentError,
            "keys given to @enforce_keys must be atoms, got: #{inspect(key)}"
          )
        end
      end,
      keys
    )

    keys
  end

  defp warn_duplicates([{key, _}, {key, value} | fields], env) do
    IO.warn("duplicate key #{inspect(key)} found in struct", env)
    warn_duplicates([{key, value} | fields], env)
  end

  defp warn_duplicates([_ | fields], env), do: warn_duplicates(fields, env)
  defp warn_duplicates([], _env), do: :ok

  @doc "Builds a struct from its defaults and the given fields, of which some may be enforced."
  def build_struct(fields, struct, []),
    do: put_fields(fields, struct) || Enum.reduce(fields, struct, &put_field/2)

  def build_struct(fields, struct, enforced) do
    case Enum.reduce(fields, {struct, enforced}, &put_field/2) do
      {built, []} ->
        built

      {_built, missing} ->
        Kernel.raise(
          ArgumentError,
          "the following keys must also be given when building " <>
            "struct #{inspect(struct.__struct__)}: #{inspect(missing)}"
        )
    end
  end

  # Lists are what struct literals give; anything enumerable is allowed, and anything else fails as that does.
  defp put_fields([{key, value} | fields], struct), do: put_fields(fields, %{struct | key => value})
  defp put_fields([], struct), do: struct
  defp put_fields(_fields, _struct), do: nil

  defp put_field({key, value}, {struct, missing}),
    do: {%{struct | key => value}, :lists.delete(key, missing)}

  defp put_field({key, value}, struct), do: %{struct | key => value}

  # As the function that Elixir puts into the module itself.
  defp put_field(field, built) do
    %{__struct__: module} = if is_tuple(built), do: elem(built, 0), else: built

    :erlang.raise(:error, :function_clause, [{module, :"-__struct__/1-inlined-0-", [field, built], []}])
  end

  ## defdelegate

  @doc "Checks the options of `defdelegate/2` and returns the target module."
  def defdelegate_all(funs, opts, env) do
    to =
      Keyword.get(opts, :to) ||
        Kernel.raise(ArgumentError, "expected to: to be given as argument")

    if to == env.module and Keyword.get(opts, :as) == nil do
      Kernel.raise(
        ArgumentError,
        "defdelegate function is calling itself, which will lead to an infinite loop. " <>
          "You should either change the value of the :to option or specify the :as option"
      )
    end

    if is_list(funs) do
      IO.warn(
        "passing a list to Kernel.defdelegate/2 is deprecated, please define each delegate separately",
        env
      )
    end

    to
  end

  @doc "Takes the head of a delegated function apart: name, arguments, and both for the call."
  def defdelegate_each({:when, _, [_, guard]}, _opts) do
    Kernel.raise(
      ArgumentError,
      "guards are not allowed in defdelegate/2, got: when #{Macro.to_string(guard)}"
    )
  end

  def defdelegate_each(fun, opts) when is_list(opts) do
    case Macro.decompose_call(fun) do
      {name, args} ->
        {name, args, Keyword.get(opts, :as, name), :lists.map(&delegated_arg/1, args)}

      _ ->
        Kernel.raise(ArgumentError, "invalid syntax in defdelegate #{Macro.to_string(fun)}")
    end
  end

  defp delegated_arg({:\\, _, [arg, _default]}), do: delegated_arg(arg)
  defp delegated_arg({name, _, context} = arg) when is_atom(name) and is_atom(context), do: arg

  defp delegated_arg(ast) do
    Kernel.raise(
      ArgumentError,
      "defdelegate/2 only accepts function parameters, got: #{Macro.to_string(ast)}"
    )
  end

  ## defguard

  @doc """
  Makes the body of a guard macro: inside a guard each argument is put in place, elsewhere
  each is evaluated once.
  """
  defmacro defguard(args, expr), do: guard_body(args, expr, __CALLER__)

  defp guard_body(args, expr, env) do
    vars = variables(args)
    guard_env = :elixir_env.with_vars(%{env | context: :guard}, vars)
    {expr, _env} = :elixir_expand.expand(expr, guard_env)
    in_guard = walk(expr, fn var -> unquoted(var, vars) end)

    used = used_variables(expr, vars)

    renamed =
      walk(expr, fn var ->
        case :lists.keyfind(key(var), 1, used) do
          {_, fresh, _} -> fresh
          false -> var
        end
      end)

    fresh = :lists.map(fn {_, fresh, _} -> fresh end, used)
    given = :lists.map(fn {_, _, var} -> {:unquote, [], [var]} end, used)

    once =
      quote do
        {unquote_splicing(fresh)} = {unquote_splicing(given)}
        unquote(renamed)
      end

    quote do
      case Macro.Env.in_guard?(__CALLER__) do
        true -> unquote({:quote, [], [[], [do: in_guard]]})
        false -> unquote({:quote, [], [[generated: true], [do: once]]})
      end
    end
  end

  defp key({name, meta, kind}) do
    case :lists.keyfind(:counter, 1, meta) do
      {:counter, counter} -> {name, counter}
      false -> {name, kind}
    end
  end

  defp variables(args), do: :lists.flatmap(&argument_variables/1, args)

  defp argument_variables({:\\, _, [arg, _default]}), do: argument_variables(arg)
  defp argument_variables(var), do: [key(var)]

  defp unquoted(var, vars) do
    if :lists.member(key(var), vars), do: {:unquote, [], [var]}, else: var
  end

  # In the order of the arguments: `{key, fresh variable, the argument}`.
  defp used_variables(expr, vars) do
    found = collect(expr, [])

    {used, _count} =
      :lists.foldl(
        fn key, {used, count} ->
          case :lists.keyfind(key, 1, found) do
            {_, var} ->
              name = :erlang.binary_to_atom("arg" <> :erlang.integer_to_binary(count))
              {[{key, Macro.unique_var(name, Kernel.Utils), var} | used], count + 1}

            false ->
              {used, count}
          end
        end,
        {[], 1},
        vars
      )

    :lists.reverse(used)
  end

  defp collect({name, _, kind} = var, acc) when is_atom(name) and is_atom(kind),
    do: [{key(var), var} | acc]

  defp collect({head, _, args}, acc) when is_list(args), do: collect(args, collect(head, acc))
  defp collect({left, right}, acc), do: collect(right, collect(left, acc))
  defp collect([head | tail], acc), do: collect(tail, collect(head, acc))
  defp collect(_other, acc), do: acc

  defp walk({name, _, kind} = var, fun) when is_atom(name) and is_atom(kind), do: fun.(var)
  defp walk({head, meta, args}, fun) when is_list(args), do: {walk(head, fun), meta, walk(args, fun)}
  defp walk({left, right}, fun), do: {walk(left, fun), walk(right, fun)}
  defp walk([head | tail], fun), do: [walk(head, fun) | walk(tail, fun)]
  defp walk(other, _fun), do: other
end
