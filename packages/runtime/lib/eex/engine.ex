defmodule EEx.Engine do
  @moduledoc """
  How the code of a template is built.

  An engine is given the parts of a template one by one and threads a state through them. The functions of this module
  are the usual one: the values are turned into strings and joined. An engine of your own can delegate to them.
  """

  @type state :: term

  @doc "The state with which a template begins."
  @callback init(opts :: keyword) :: state

  @doc "The code of the whole template."
  @callback handle_body(state) :: Macro.t()

  @doc "Adds text."
  @callback handle_text(state, [line: pos_integer, column: pos_integer], text :: String.t()) :: state

  @doc ~S"""
  Adds code. The marker is what follows `<%`: `""`, `"="`, `"/"` or `"|"`.
  """
  @callback handle_expr(state, marker :: String.t(), expr :: Macro.t()) :: state

  @doc "The state with which the inside of a block begins."
  @callback handle_begin(state) :: state

  @doc "The code of the inside of a block."
  @callback handle_end(state) :: Macro.t()

  @doc false
  @deprecated "Use explicit delegation to EEx.Engine instead"
  defmacro __using__(_) do
    quote do
      @behaviour EEx.Engine

      def init(options), do: EEx.Engine.init(options)
      def handle_body(state), do: EEx.Engine.handle_body(state)
      def handle_begin(state), do: EEx.Engine.handle_begin(state)
      def handle_end(state), do: EEx.Engine.handle_end(state)
      def handle_text(state, text), do: EEx.Engine.handle_text(state, [], text)
      def handle_expr(state, marker, code), do: EEx.Engine.handle_expr(state, marker, code)

      defoverridable EEx.Engine
    end
  end

  @doc """
  Turns `@name` into a look-up in the variable `assigns`; for `Macro.prewalk/2`. Other code is left as it is.
  """
  @spec handle_assign(Macro.t()) :: Macro.t()
  def handle_assign({:@, meta, [{name, _, context}]}) when is_atom(name) and is_atom(context) do
    quote line: meta[:line] || 0, do: EEx.Engine.fetch_assign!(var!(assigns), unquote(name))
  end

  def handle_assign(code), do: code

  @doc false
  @spec fetch_assign!(Access.t(), Access.key()) :: term | nil
  def fetch_assign!(assigns, key) do
    with :error <- Access.fetch(assigns, key) do
      IO.warn(
        "assign @#{key} not available in EEx template. Please ensure all assigns are given as options. " <>
          "Available assigns: #{inspect(Enum.map(assigns, &elem(&1, 0)))}"
      )

      {:ok, nil}
    end
    |> elem(1)
  end

  # `binary` and `dynamic` are reversed: the segments of a binary, and the code before it that sets their variables.

  @doc "The usual `c:init/1`."
  def init(_options), do: %{binary: [], dynamic: [], vars_count: 0}

  @doc "The usual `c:handle_begin/1`."
  def handle_begin(state), do: %{checked(state) | binary: [], dynamic: []}

  @doc "The usual `c:handle_end/1`."
  def handle_end(state), do: handle_body(state)

  @doc "The usual `c:handle_body/1`."
  def handle_body(state) do
    %{binary: segments, dynamic: code} = checked(state)
    {:__block__, [], Enum.reverse(code, [{:<<>>, [], Enum.reverse(segments)}])}
  end

  @doc "The usual `c:handle_text/3`."
  def handle_text(state, _meta, text) do
    %{binary: segments} = checked(state)
    %{state | binary: [text | segments]}
  end

  @doc "The usual `c:handle_expr/3`."
  def handle_expr(state, "=", code) do
    %{binary: segments, dynamic: dynamic, vars_count: count} = checked(state)
    value = Macro.var(:"arg#{count}", __MODULE__)
    assignment = quote do: unquote(value) = String.Chars.to_string(unquote(code))
    segment = quote do: unquote(value) :: binary
    %{state | binary: [segment | segments], dynamic: [assignment | dynamic], vars_count: count + 1}
  end

  def handle_expr(%{dynamic: dynamic} = state, "", code), do: %{state | dynamic: [code | dynamic]}

  def handle_expr(_state, marker, _code) when marker in ["/", "|"] do
    raise EEx.SyntaxError,
          "unsupported EEx syntax <%#{marker} %> (the syntax is valid but not supported by the current EEx engine)"
  end

  defp checked(%{binary: _, dynamic: _, vars_count: _} = state), do: state

  defp checked(state) do
    raise "unexpected EEx.Engine state: #{inspect(state)}. " <>
            "This typically means a bug or an outdated EEx.Engine or tool"
  end
end

defmodule EEx.SmartEngine do
  @moduledoc """
  The engine used unless another is named: that of `EEx.Engine`, with `@name` for the assign of that name.

      iex> EEx.eval_string("<%= @total %>", assigns: %{total: 3})
      "3"

  """

  @behaviour EEx.Engine

  @impl true
  defdelegate init(opts), to: EEx.Engine

  @impl true
  defdelegate handle_body(state), to: EEx.Engine

  @impl true
  defdelegate handle_begin(state), to: EEx.Engine

  @impl true
  defdelegate handle_end(state), to: EEx.Engine

  @impl true
  defdelegate handle_text(state, meta, text), to: EEx.Engine

  @impl true
  def handle_expr(state, marker, expr) do
    EEx.Engine.handle_expr(state, marker, Macro.prewalk(expr, &EEx.Engine.handle_assign/1))
  end
end
