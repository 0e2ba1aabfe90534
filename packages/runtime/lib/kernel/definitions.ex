# What the macros that define modules, functions and attributes are expanded to. Apart from `Kernel`, as a program that defines
# nothing needs none of it. Written with what the expander gives, as `Kernel` is: the macros of `Kernel` lead here.
import Kernel, except: [@: 1, def: 1, def: 2, defp: 1, defp: 2, defmacro: 1, defmacro: 2, defmacrop: 1, defmacrop: 2, defmodule: 2]
import :elixir_bootstrap

defmodule Kernel.Definitions do
  @moduledoc false

  def module(alias, block, env) do
    meta =
      case alias do
        {_, meta, _} -> meta
        _ -> []
      end

    {module, with_alias} =
      case module_alias(alias, env) do
        name when is_atom(name) ->
          {module, target, opts} = nested_alias(alias, name, env)
          {module, {:require, [{:defined, module} | meta], [target, opts]}}

        dynamic ->
          {dynamic, nil}
      end

    # What the body sees of the surrounding variables: `{{name, kind}, value}` pairs.
    variables =
      for {name, kind} <- :maps.keys(env.versioned_vars) do
        if is_atom(kind),
          do: {{name, kind}, {name, [generated: true], kind}},
          else: {{name, kind}, {name, [counter: kind, generated: true], nil}}
      end

    quote do
      unquote(with_alias)

      :elixir_module.compile(
        unquote(meta),
        unquote(module),
        unquote(:elixir_quote.constant(block)),
        unquote(variables),
        false,
        __ENV__
      )
    end
  end

  defp module_alias({:__aliases__, meta, segments} = alias, env) do
    case :elixir_aliases.expand_or_concat(meta, segments, env, true) do
      module when is_atom(module) ->
        module

      [head | tail] ->
        case Macro.expand(head, env) do
          head when is_atom(head) -> :elixir_aliases.concat([head | tail])
          _ -> alias
        end
    end
  end

  defp module_alias(name, _env) when is_atom(name), do: name
  defp module_alias(other, env), do: Macro.expand(other, env)

  defp nested_alias({:__aliases__, _, [:"Elixir", _ | _]}, module, _env), do: {module, module, []}
  defp nested_alias({:__aliases__, _, _}, module, %{module: nil}), do: {module, module, []}

  defp nested_alias({:__aliases__, _, [:"Elixir"]}, _module, env) do
    module = :elixir_aliases.concat([env.module, :"Elixir"])
    {module, module, []}
  end

  defp nested_alias({:__aliases__, _, [head | tail]}, _module, env) when is_atom(head) do
    outer = :elixir_aliases.concat([env.module, head])
    opts = [as: :elixir_aliases.concat([head]), warn: false]
    {:elixir_aliases.concat([outer | tail]), outer, opts}
  end

  defp nested_alias(_alias, module, _env), do: {module, module, []}

  def attribute(name, meta, args, env) do
    function? = env.function != nil

    cond do
      not function? and env.context != nil ->
        raise ArgumentError, """
        invalid usage of module attributes. Module attributes cannot be used inside \
        pattern matching (and guards) outside of a function. If you are trying to \
        define an attribute, do not do this:

            @foo = :value

        Instead, do this:

            @foo :value
        """

      is_list(args) and typespec?(name) ->
        [spec | _] = args
        pos = :elixir_module.cache_env(env)

        quote do
          :elixir_module.put_typespec(
            unquote(name),
            unquote(:elixir_quote.escape(spec, :none, true)),
            unquote(env.line),
            unquote(pos)
          )
        end

      true ->
        attribute(args, meta, name, function?, env)
    end
  end

  defp attribute([value], meta, name, function?, env) do
    line = if :lists.keymember(:context, 1, meta), do: nil, else: env.line

    cond do
      function? ->
        raise ArgumentError, "cannot set attribute @#{name} inside function/macro"

      name == :behavior ->
        raise ArgumentError, "@behavior attribute is not supported, please use @behaviour instead"

      true ->
        value =
          cond do
            doc?(name) -> {env.line, value}
            env.tracers != [] -> Kernel.LexicalTracker.attribute(name, value, env)
            true -> value
          end

        quote do
          :elixir_module.put_attribute(__MODULE__, unquote(name), unquote(value), unquote(line))
        end
    end
  end

  defp attribute([], _meta, name, function?, env) do
    IO.warn(
      "the @#{name}() notation (with parentheses) is deprecated, please use @#{name} (without parentheses) instead",
      env
    )

    attribute(nil, [], name, function?, env)
  end

  defp attribute(context, _meta, name, function?, env) when is_atom(context) do
    line = env.line

    cond do
      function? ->
        case :elixir_module.get_attribute(env.module, name, line, nil) do
          {_line, doc} when name in [:doc, :moduledoc, :typedoc] -> escape_attribute(name, doc)
          value -> escape_attribute(name, value)
        end

      doc?(name) ->
        quote do
          case :elixir_module.get_attribute(__MODULE__, unquote(name), nil, nil) do
            {_, doc} -> doc
            value -> value
          end
        end

      true ->
        if env.tracers != [], do: Kernel.LexicalTracker.attribute_read(env.module, name, line)

        quote do
          :elixir_module.get_attribute(__MODULE__, unquote(name), unquote(line), nil)
        end
    end
  end

  defp attribute([{call, meta, context_or_args}, [{:do, _} | _] = block], _meta, name, _, _env) do
    args = if is_atom(context_or_args), do: [], else: context_or_args
    code = "\n@#{name} (#{Macro.to_string({call, meta, args ++ [block]})})"

    raise ArgumentError, """
    expected 0 or 1 argument for @#{name}, got 2.

    It seems you are trying to use the do-syntax with @module attributes \
    but the do-block binds to the attribute name. You probably want \
    to wrap the argument value in parentheses, like this:
    #{String.replace(code, "\n", "\n    ")}
    """
  end

  defp attribute(args, _meta, name, _function?, _env) do
    raise ArgumentError, "expected 0 or 1 argument for @#{name}, got: #{length(args)}"
  end

  defp doc?(name), do: name in [:doc, :moduledoc, :typedoc]

  defp typespec?(name),
    do: name in [:type, :typep, :opaque, :spec, :callback, :macrocallback]

  defp escape_attribute(name, value) do
    try do
      :elixir_quote.escape(value, :none, false)
    rescue
      error in ArgumentError ->
        raise ArgumentError,
              "cannot inject attribute @#{name} into function/macro because " <>
                Exception.message(error)
    end
  end

  # The call that a guard is defined as, and the body of its macro.
  def guard(guard) do
    {call, guards} = :elixir_utils.extract_guards(guard)

    if match?([_, _ | _], guards) do
      raise ArgumentError,
            "invalid syntax in defguard #{Macro.to_string(call)}, " <>
              "only a single when clause is allowed"
    end

    args = guard_args!(call)

    case guards do
      [] ->
        {call, nil}

      [guard] ->
        quoted =
          quote do
            require Kernel.Utils
            Kernel.Utils.defguard(unquote(args), unquote(guard))
          end

        {call, [do: quoted]}
    end
  end

  defp guard_args!({name, _, args} = call) when is_list(args) do
    valid? = is_atom(name) or match?({:unquote, _, _}, name)

    if valid? and :lists.all(&guard_arg?/1, args) do
      args
    else
      raise ArgumentError, "invalid syntax in defguard #{Macro.to_string(call)}"
    end
  end

  defp guard_args!({name, _, context}) when is_atom(name) and is_atom(context), do: []
  defp guard_args!({{:unquote, _, _}, _, context}) when is_atom(context), do: []

  defp guard_args!(call) do
    raise ArgumentError, "invalid syntax in defguard #{Macro.to_string(call)}"
  end

  defp guard_arg?({:\\, _, [arg, _default]}), do: guard_arg?(arg)
  defp guard_arg?({name, _, context}), do: is_atom(name) and is_atom(context)
  defp guard_arg?(_), do: false
end
