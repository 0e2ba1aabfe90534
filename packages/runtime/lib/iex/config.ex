defmodule IEx.Config do
  @moduledoc false
  # The settings of the shell. They are those of the application `:iex`, over what is preset here.

  @preset [
    inspect: [pretty: true],
    history_size: 20,
    auto_reload: false,
    alive_prompt: "%prefix(%node)%counter>",
    default_prompt: "%prefix(%counter)>",
    colors: []
  ]
  @keys Keyword.keys(@preset) ++
          [:continuation_prompt, :alive_continuation_prompt, :width, :parser, :dot_iex]

  @default_colors %{
    eval_interrupt: [:yellow],
    eval_result: [:yellow],
    eval_error: [:red],
    eval_info: [:normal],
    stack_info: [:red],
    blame_diff: [:red],
    ls_directory: [:blue],
    ls_device: [:green]
  }

  def configuration do
    @keys
    |> Enum.map(&{&1, get(&1)})
    |> Enum.reject(&(elem(&1, 1) == nil))
  end

  def configure(options) do
    Enum.each(options, &validate/1)

    Enum.each(options, fn
      {key, new} when key in [:colors, :inspect] ->
        Application.put_env(:iex, key, Keyword.merge(get(key) || [], new))

      {key, new} ->
        Application.put_env(:iex, key, new)
    end)
  end

  defp validate({key, value}) when key in [:colors, :inspect] and is_list(value), do: :ok
  defp validate({key, value}) when key in [:history_size, :width] and is_integer(value), do: :ok
  defp validate({:parser, value}) when tuple_size(value) == 3, do: :ok
  defp validate({:auto_reload, value}) when is_boolean(value), do: :ok

  defp validate({key, value})
       when key in [
              :default_prompt,
              :continuation_prompt,
              :alive_prompt,
              :alive_continuation_prompt,
              :dot_iex
            ] and is_binary(value),
       do: :ok

  defp validate(option), do: raise(ArgumentError, "invalid configuration #{inspect(option)}")

  defp get(key), do: Application.get_env(:iex, key, @preset[key])

  def history_size, do: get(:history_size)
  def parser, do: get(:parser) || {IEx.Evaluator, :parse, []}
  def dot_iex, do: get(:dot_iex)

  def prompt(:alive), do: get(:alive_prompt)
  def prompt(:default), do: get(:default_prompt)
  def prompt(:alive_continuation), do: get(:alive_continuation_prompt) || get(:alive_prompt)
  def prompt(:default_continuation), do: get(:continuation_prompt) || get(:default_prompt)

  def width do
    case :io.columns() do
      {:ok, columns} -> min(get(:width) || 80, columns)
      {:error, _} -> min(get(:width) || 80, 80)
    end
  end

  @doc "The colour of that name, `nil` when colours are off."
  def color(name) do
    colors = get(:colors) || []

    if colors_enabled?(colors) do
      case Keyword.fetch(colors, name) do
        {:ok, color} -> color
        :error -> default_color(name)
      end
    end
  end

  defp colors_enabled?(colors), do: Keyword.get_lazy(colors, :enabled, &IO.ANSI.enabled?/0)

  defp default_color(name) when is_map_key(@default_colors, name), do: @default_colors[name]
  defp default_color(:syntax_colors), do: IO.ANSI.syntax_colors()
  defp default_color(name), do: Keyword.fetch!(IO.ANSI.Docs.default_options(), name)

  def ansi_docs do
    colors = get(:colors) || []
    [width: width(), enabled: colors_enabled?(colors)] ++ colors
  end

  def inspect_opts do
    options = (get(:inspect) || []) |> Keyword.put_new_lazy(:width, &width/0) |> Keyword.put_new(:pretty, true)

    case color(:syntax_colors) do
      colors when is_list(colors) ->
        # What follows a coloured part has the colour of the whole value.
        colors = [reset: [:reset | List.wrap(color(:eval_result))]] ++ colors
        Keyword.update(options, :syntax_colors, colors, &Keyword.merge(colors, &1))

      _ ->
        options
    end
  end
end
