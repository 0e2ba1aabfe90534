defmodule Logger.Utils do
  @moduledoc false

  # The primary filters of Logger, and texts cut to a number of bytes.

  @doc "Has Erlang's events put into words by the translators; those of SASL only where asked for."
  def translator(%{meta: %{domain: [:otp, :sasl | _]}}, %{sasl: false}), do: :stop
  def translator(%{meta: %{domain: [:supervisor_report | _]}}, %{sasl: false}), do: :stop
  def translator(%{msg: {:string, _}}, _config), do: :ignore

  def translator(%{msg: message, level: level} = event, %{translators: translators}) do
    {kind, data} = subject(message)
    %{level: min_level} = :logger.get_primary_config()

    try do
      translate(translators, min_level, level, kind, data)
    rescue
      error ->
        text = [
          "Failure while translating Erlang's logger event\n",
          Exception.format(:error, error, __STACKTRACE__)
        ]

        %{event | msg: {:string, text}}
    else
      :none -> :ignore
      :skip -> :stop
      {:ok, text} -> %{event | msg: {:string, text}}
      {:ok, text, meta} -> %{event | msg: {:string, text}, meta: Enum.into(meta, event.meta)}
    end
  end

  defp subject({:report, %{label: label, report: report} = all}) when map_size(all) == 2 do
    {:report, {label, report}}
  end

  defp subject({:report, %{label: {:error_logger, _}, format: format, args: args}}) do
    {:format, {format, args}}
  end

  defp subject({:report, report}), do: {:report, {:logger, report}}
  defp subject({format, args}), do: {:format, {format, args}}

  defp translate([], _min_level, _level, _kind, _data), do: :none

  defp translate([{module, function} | rest], min_level, level, kind, data) do
    case apply(module, function, [min_level, level, kind, data]) do
      :none -> translate(rest, min_level, level, kind, data)
      result -> result
    end
  end

  @doc "Stops what lies below the level of its process."
  def process_level(%{level: level}, _extra) do
    case Logger.get_process_level(self()) do
      nil -> :ignore
      limit -> if :logger.compare_levels(level, limit) == :lt, do: :stop, else: :ignore
    end
  end

  @doc "A scanned format whose `~p` and `~w` show terms as `inspect/2` does."
  def scan_inspect(format, args, truncate, opts \\ %Inspect.Opts{})

  def scan_inspect(format, args, truncate, opts) when is_atom(format) do
    scan_inspect(Atom.to_charlist(format), args, truncate, opts)
  end

  def scan_inspect(format, args, truncate, opts) when is_binary(format) do
    scan_inspect(:binary.bin_to_list(format), args, truncate, opts)
  end

  def scan_inspect(format, args, truncate, opts) do
    {args, _left} = Enum.map_reduce(args, truncate, &shortened/2)

    for spec <- :io_lib.scan_format(format, args) do
      case spec do
        %{control_char: char} when char in ~c"wWpP" -> inspected(spec, char, opts)
        _ -> spec
      end
    end
  end

  defp shortened(arg, left) when is_binary(arg) and left != :infinity, do: truncate_n(arg, left)
  defp shortened(arg, left), do: {arg, left}

  defp inspected(%{args: [term | limits]} = spec, char, opts) do
    width = Map.get(spec, :width, :none)
    strings? = Map.get(spec, :strings, true)

    opts = %{
      opts
      | charlists: if(strings?, do: opts.charlists, else: :as_lists),
        limit: if(char in ~c"WP", do: hd(limits), else: opts.limit)
    }

    columns = if char in ~c"wW", do: :infinity, else: if(width == :none, do: 80, else: width)
    shown = term |> Inspect.Algebra.to_doc(opts) |> Inspect.Algebra.format(columns)

    %{
      adjust: :right,
      args: [shown],
      control_char: ?s,
      encoding: :unicode,
      pad_char: ?\s,
      precision: :none,
      strings: true,
      width: :none,
      maps_order: :undefined
    }
  end

  @doc "The first `n` bytes of chardata and how many were left over; negative when it was cut."
  def truncate_n(_chardata, n) when n < 0, do: {"", n}

  def truncate_n(binary, n) when is_binary(binary) do
    case n - byte_size(binary) do
      left when left < 0 -> {whole_characters(binary_part(binary, 0, n)), left}
      left -> {binary, left}
    end
  end

  def truncate_n(char, n) when char in 0..0x7F, do: {char, n - 1}
  def truncate_n(char, n) when char in 0x80..0x7FF, do: {char, n - 2}
  def truncate_n(char, n) when char in 0x800..0xFFFF, do: {char, n - 3}
  def truncate_n(char, n) when is_integer(char) and char >= 0x10000, do: {char, n - 4}
  def truncate_n(list, n) when is_list(list), do: truncate_list(list, n, [])

  def truncate_n(other, _n) do
    raise ArgumentError,
          "cannot truncate chardata because it contains something that is not " <>
            "valid chardata: #{inspect(other)}"
  end

  defp truncate_list(_rest, n, kept) when n < 0, do: {:lists.reverse(kept), n}

  defp truncate_list([head | tail], n, kept) do
    {head, n} = truncate_n(head, n)
    truncate_list(tail, n, [head | kept])
  end

  defp truncate_list([], n, kept), do: {:lists.reverse(kept), n}

  defp truncate_list(tail, n, kept) do
    {tail, n} = truncate_n(tail, n)
    {:lists.reverse(kept, tail), n}
  end

  # The cut may have gone through a character: its bytes are left out.
  defp whole_characters(binary) do
    case :unicode.characters_to_binary(binary) do
      {:incomplete, whole, _rest} -> whole
      _ -> binary
    end
  end
end
