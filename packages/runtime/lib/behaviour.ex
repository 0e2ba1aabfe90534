defmodule Behaviour do
  @moduledoc "Callbacks as macros, from before there was `@callback`; deprecated."
  @moduledoc deprecated: "Use @callback and @macrocallback attributes instead"

  @doc "Defines a callback; what it returns is a `term` unless told."
  @deprecated "Use the @callback module attribute instead"
  defmacro defcallback(spec), do: callback(:callback, "defcallback", spec, quote(do: term))

  @doc "Defines a callback that is a macro; what it returns is a `t:Macro.t/0` unless told."
  @deprecated "Use the @macrocallback module attribute instead"
  defmacro defmacrocallback(spec), do: callback(:macrocallback, "defmacrocallback", spec, quote(do: Macro.t()))

  defp callback(attribute, macro, spec, default) do
    {spec, guards} = with({:when, _, [spec, guards]} <- spec, do: {spec, guards}, else: (_ -> {spec, []}))
    {call, result} = with({:"::", _, [call, result]} <- spec, do: {call, result}, else: (_ -> {spec, default}))

    case Macro.decompose_call(call) do
      {name, args} ->
        Enum.each(args, &refuse_defaults/1)

        spec =
          quote do
            unquote(name)(unquote_splicing(args)) :: unquote(result) when unquote(guards)
          end

        {:@, [], [{attribute, [], [spec]}]}

      _ ->
        raise ArgumentError, "invalid syntax in #{macro} #{Macro.to_string(call)}"
    end
  end

  defp refuse_defaults({:"::", _, [name, type]}) do
    refuse_default(name)
    refuse_default(type)
  end

  defp refuse_defaults(type), do: refuse_default(type)

  defp refuse_default({:\\, _, [_, _]}),
    do: raise(ArgumentError, "default arguments \\\\ not supported in defcallback/defmacrocallback")

  defp refuse_default(_type), do: :ok

  @doc false
  defmacro __using__(_) do
    quote do
      IO.warn(
        "the Behaviour module is deprecated. Instead of using this module, use the @callback and @macrocallback module attributes. " <>
          "See the documentation for Module for more information on these attributes"
      )

      @doc false
      def __behaviour__(:callbacks), do: __MODULE__.behaviour_info(:callbacks)
      def __behaviour__(:docs), do: unquote(__MODULE__).docs(__MODULE__)

      import unquote(__MODULE__)
    end
  end

  @doc false
  def docs(module) do
    {:docs_v1, _, :elixir, _, _, _, docs} = Code.fetch_docs(module)

    for {{kind, name, arity}, anno, _, doc, _} <- docs,
        {^kind, definition} <- [callback: :def, macrocallback: :defmacro],
        do: {{name, arity}, anno, definition, text(doc)}
  end

  defp text(%{"en" => text}), do: text
  defp text(:hidden), do: false
  defp text(_), do: nil
end
