import Kernel, except: [inspect: 1]
import Inspect.Algebra

defprotocol Inspect do
  @moduledoc """
  Converts a term into a document (`Inspect.Algebra`), from which `inspect/2` makes text.

  A struct is shown as `%Name{field: value}`, unless its module derives or implements the protocol:

      @derive {Inspect, only: [:id]}
      defstruct [:id, :secret]

  Options of deriving: `:only` and `:except` choose the fields (then the struct is shown as
  `#Name<id: 1, ...>`), `:optional` lists fields that are hidden while they have their default.
  """

  @fallback_to_any true

  @impl true
  defmacro __deriving__(module, options) do
    info = Macro.struct_info!(module, __CALLER__)
    fields = for(%{field: field} <- info, do: field) -- [:__exception__, :__struct__]

    only = known_fields!(:only, Keyword.get(options, :only, fields), fields, module)
    except = known_fields!(:except, Keyword.get(options, :except, []), fields, module)
    optional = known_fields!(:optional, Keyword.get(options, :optional, []), fields, module)

    shown = for field <- fields, field in only, field not in except, do: field

    impl =
      if except == [] and Enum.sort(fields) == Enum.sort(only), do: Inspect.Map, else: Inspect.Any

    defaults =
      for %{field: field} = field_info <- info, field in optional, into: %{} do
        {field, Map.get(field_info, :default)}
      end

    quote do
      defimpl Inspect, for: unquote(module) do
        def inspect(struct, opts) do
          infos =
            Inspect.Any.shown_fields(
              struct,
              unquote(module).__info__(:struct),
              unquote(shown),
              unquote(Macro.escape(defaults))
            )

          name = Macro.inspect_atom(:literal, unquote(module))
          unquote(impl).inspect(struct, name, infos, opts)
        end
      end
    end
  end

  defp known_fields!(option, names, fields, module) do
    case names -- fields do
      [] ->
        names

      unknown ->
        raise ArgumentError,
              "unknown fields #{Kernel.inspect(unknown)} in #{Kernel.inspect(option)} " <>
                "when deriving the Inspect protocol for #{Kernel.inspect(module)}"
    end
  end

  @doc "Converts the term into a document."
  @spec inspect(t, Inspect.Opts.t()) :: Inspect.Algebra.t()
  def inspect(term, opts)
end

defimpl Inspect, for: Atom do
  def inspect(atom, opts) do
    color_doc(Code.Identifier.inspect_atom(:literal, atom), color_key(atom), opts)
  end

  defp color_key(nil), do: nil
  defp color_key(atom) when is_boolean(atom), do: :boolean
  defp color_key(_atom), do: :atom
end

defimpl Inspect, for: BitString do
  def inspect(term, %Inspect.Opts{binaries: binaries, printable_limit: limit} = opts)
      when is_binary(term) do
    if binaries == :as_strings or
         (binaries == :infer and opts.base == :decimal and String.printable?(term, limit)) do
      text =
        case Code.Identifier.escape(term, ?", limit) do
          {escaped, ""} -> "\"" <> escaped <> "\""
          {escaped, _rest} -> "\"" <> escaped <> "\" <> ..."
        end

      color_doc(text, :string, opts)
    else
      segments(term, opts)
    end
  end

  def inspect(term, opts), do: segments(term, opts)

  defp segments("", opts), do: color_doc("<<>>", :binary, opts)

  defp segments(bits, opts) do
    left = color_doc("<<", :binary, opts)
    right = color_doc(">>", :binary, opts)
    group(concat(concat(left, nest(bytes(bits, opts.limit, opts), 2)), right))
  end

  defp bytes(_bits, 0, _opts), do: "..."
  defp bytes(<<>>, _limit, _opts), do: :doc_nil
  defp bytes(<<byte>>, _limit, opts), do: Inspect.Integer.inspect(byte, opts)

  defp bytes(<<byte, rest::bitstring>>, limit, opts) do
    limit = if limit == :infinity, do: limit, else: limit - 1
    byte = concat(Inspect.Integer.inspect(byte, opts), ",")
    flex_glue(byte, bytes(rest, limit, opts))
  end

  defp bytes(bits, _limit, opts) do
    size = bit_size(bits)
    <<value::size(size)>> = bits
    concat(Inspect.Integer.inspect(value, opts), "::size(" <> Integer.to_string(size) <> ")")
  end
end

defimpl Inspect, for: List do
  def inspect([], opts), do: color_doc("[]", :list, opts)

  def inspect(term, %Inspect.Opts{printable_limit: limit} = opts) do
    style = charlist_style(opts)

    cond do
      style == :as_charlists or (style == :infer and List.ascii_printable?(term, limit)) ->
        text =
          case Code.Identifier.escape(IO.chardata_to_string(term), ?", limit) do
            {escaped, ""} -> "~c\"" <> escaped <> "\""
            {escaped, _rest} -> "~c\"" <> escaped <> "\" ++ ..."
          end

        color_doc(text, :charlist, opts)

      keyword?(term) ->
        container(term, opts, &keyword/2, :strict)

      true ->
        container(term, opts, &to_doc/2, :maybe)
    end
  end

  defp container(term, opts, fun, break) do
    open = color_doc("[", :list, opts)
    separator = color_doc(",", :list, opts)
    close = color_doc("]", :list, opts)
    container_doc(open, term, close, opts, fun, separator: separator, break: break)
  end

  defp charlist_style(%Inspect.Opts{charlists: :infer, char_lists: deprecated})
       when deprecated != :infer do
    if deprecated == :as_char_lists do
      IO.warn(
        "the :char_lists inspect option and its :as_char_lists " <>
          "value are deprecated, use the :charlists option and its " <>
          ":as_charlists value instead"
      )

      :as_charlists
    else
      IO.warn("the :char_lists inspect option is deprecated, use :charlists instead")
      deprecated
    end
  end

  defp charlist_style(%Inspect.Opts{charlists: style}), do: style

  @doc false
  def keyword({key, value}, opts) do
    key = color_doc(Code.Identifier.inspect_atom(:key, key), :atom, opts)
    concat(key, concat(" ", to_doc(value, opts)))
  end

  @doc false
  def keyword?([{key, _value} | rest]) when is_atom(key) do
    case Atom.to_string(key) do
      "Elixir." <> _ -> false
      _ -> keyword?(rest)
    end
  end

  def keyword?(term), do: term == []
end

defimpl Inspect, for: Tuple do
  def inspect(tuple, opts) do
    open = color_doc("{", :tuple, opts)
    separator = color_doc(",", :tuple, opts)
    close = color_doc("}", :tuple, opts)
    layout = [separator: separator, break: :flex]
    container_doc(open, Tuple.to_list(tuple), close, opts, &to_doc/2, layout)
  end
end

defimpl Inspect, for: Map do
  def inspect(map, opts) do
    pairs = Map.to_list(map)
    pairs = if opts.custom_options[:sort_maps], do: :lists.sort(pairs), else: pairs

    if Inspect.List.keyword?(pairs) do
      container(pairs, "", opts, &Inspect.List.keyword/2)
    else
      arrow = color_doc(" => ", :map, opts)

      container(pairs, "", opts, fn {key, value}, opts ->
        concat(concat(to_doc(key, opts), arrow), to_doc(value, opts))
      end)
    end
  end

  @doc false
  def inspect(struct, name, infos, opts) do
    container(infos, name, opts, fn %{field: field}, opts ->
      Inspect.List.keyword({field, Map.get(struct, field)}, opts)
    end)
  end

  defp container(items, name, opts, fun) do
    open = color_doc("%" <> name <> "{", :map, opts)
    separator = color_doc(",", :map, opts)
    close = color_doc("}", :map, opts)
    container_doc(open, items, close, opts, fun, separator: separator, break: :strict)
  end
end

defimpl Inspect, for: Integer do
  def inspect(integer, %Inspect.Opts{base: :decimal} = opts) do
    color_doc(Integer.to_string(integer), :number, opts)
  end

  def inspect(integer, %Inspect.Opts{base: base} = opts) do
    {radix, prefix} =
      case base do
        :binary -> {2, "0b"}
        :octal -> {8, "0o"}
        :hex -> {16, "0x"}
      end

    sign = if integer < 0, do: "-", else: ""
    color_doc(sign <> prefix <> Integer.to_string(abs(integer), radix), :number, opts)
  end
end

defimpl Inspect, for: Float do
  # Unlike to_string/1, whole numbers are written out up to where their neighbours are 2 apart.
  def inspect(float, opts) do
    abs = abs(float)

    text =
      if abs >= 1.0 and abs < 1.0e16 and trunc(float) == float,
        do: Integer.to_string(trunc(float)) <> ".0",
        else: Float.to_string(float)

    color_doc(text, :number, opts)
  end
end

defimpl Inspect, for: Regex do
  def inspect(%{source: source, opts: regex_opts}, opts) when is_list(regex_opts) do
    case modifiers(regex_opts, []) do
      :error ->
        concat([
          "Regex.compile!(",
          Inspect.BitString.inspect(source, opts),
          ", ",
          Inspect.List.inspect(regex_opts, opts),
          ")"
        ])

      modifiers ->
        {escaped, _} =
          Code.Identifier.escape(unescape(source, []), ?/, :infinity, &escape_control/1)

        color_doc(IO.iodata_to_binary(["~r/", escaped, ?/, modifiers]), :regex, opts)
    end
  end

  defp modifiers([], acc), do: acc

  defp modifiers(opts, acc) do
    case opts do
      [:dotall, {:newline, :anycrlf} | rest] -> modifiers(rest, [?s | acc])
      [:unicode, :ucp | rest] -> modifiers(rest, [?u | acc])
      [:caseless | rest] -> modifiers(rest, [?i | acc])
      [:extended | rest] -> modifiers(rest, [?x | acc])
      [:firstline | rest] -> modifiers(rest, [?f | acc])
      [:ungreedy | rest] -> modifiers(rest, [?U | acc])
      [:multiline | rest] -> modifiers(rest, [?m | acc])
      _ -> :error
    end
  end

  # Escapes that the sigil adds are taken off before it adds them again.
  defp unescape("\\\\" <> rest, acc), do: unescape(rest, ["\\\\" | acc])
  defp unescape("\\/" <> rest, acc), do: unescape(rest, ["/" | acc])
  defp unescape("\\\#{" <> rest, acc), do: unescape(rest, ["\#{" | acc])
  defp unescape(<<byte, rest::binary>>, acc), do: unescape(rest, [byte | acc])
  defp unescape(<<>>, acc), do: acc |> :lists.reverse() |> IO.iodata_to_binary()

  defp escape_control(?\a), do: "\\a"
  defp escape_control(?\f), do: "\\f"
  defp escape_control(?\n), do: "\\n"
  defp escape_control(?\r), do: "\\r"
  defp escape_control(?\t), do: "\\t"
  defp escape_control(?\v), do: "\\v"
  defp escape_control(_char), do: false
end

defimpl Inspect, for: Function do
  def inspect(function, _opts) do
    info = Function.info(function)
    module = info[:module]

    cond do
      not is_atom(module) ->
        "#Function<#{id(info)}/#{info[:arity]}>"

      info[:type] == :external and info[:env] == [] ->
        "&#{name(:literal, module)}.#{name(:remote_call, info[:name])}/#{info[:arity]}"

      script?(module) ->
        "#Function<#{id(info)} in file:#{module.__RELATIVE__()}>"

      true ->
        "#Function<#{id(info)}/#{info[:arity]} in #{name(:literal, module)}#{parent(info[:name])}>"
    end
  end

  # Code outside of modules is compiled into a module of this name.
  defp script?(module) do
    match?("elixir_compiler_" <> _, Atom.to_string(module)) and
      function_exported?(module, :__RELATIVE__, 0)
  end

  defp parent([]), do: ""

  defp parent(name) do
    case Code.Identifier.extract_anonymous_fun_parent(name) do
      {function, arity} -> "." <> name(:remote_call, function) <> "/" <> arity
      :error -> "." <> name(:remote_call, name)
    end
  end

  defp name(kind, atom), do: Code.Identifier.inspect_atom(kind, atom)

  defp id(info) do
    Integer.to_string(info[:new_index]) <> "." <> Integer.to_string(info[:uniq])
  end
end

defimpl Inspect, for: Inspect.Error do
  def inspect(%{stacktrace: stacktrace} = error, _opts) do
    message = Exception.message(error)

    if stacktrace == [] do
      "#Inspect.Error<\n  #{Inspect.Error.pad(message, 2)}\n>"
    else
      trace = Exception.format_stacktrace(stacktrace)
      "#Inspect.Error<\n#{Inspect.Error.pad(message, 2)}\n\n  Stacktrace:\n\n#{trace}\n>"
    end
  end
end

defimpl Inspect, for: PID do
  def inspect(pid, _opts), do: "#PID" <> :erlang.list_to_binary(:erlang.pid_to_list(pid))
end

defimpl Inspect, for: Port do
  def inspect(port, _opts), do: :erlang.list_to_binary(:erlang.port_to_list(port))
end

defimpl Inspect, for: Reference do
  def inspect(ref, _opts) do
    "#Ref" <> rest = :erlang.list_to_binary(:erlang.ref_to_list(ref))
    "#Reference" <> rest
  end
end

defimpl Inspect, for: Any do
  # A map with a `__struct__` of an unknown module, or with other keys than its struct has, is shown as a map.
  def inspect(%module{} = struct, opts) do
    try do
      {module.__struct__(), module.__info__(:struct)}
    rescue
      _ -> Inspect.Map.inspect(struct, opts)
    else
      {blank, infos} ->
        if Map.keys(blank) == Map.keys(struct) do
          infos = for %{field: field} = info <- infos, field not in [:__struct__, :__exception__], do: info
          Inspect.Map.inspect(struct, Code.Identifier.inspect_atom(:literal, module), infos, opts)
        else
          Inspect.Map.inspect(struct, opts)
        end
    end
  end

  @doc false
  def inspect(struct, name, infos, opts) do
    open = color_doc("#" <> name <> "<", :map, opts)
    separator = color_doc(",", :map, opts)
    close = color_doc(">", :map, opts)

    fun = fn
      %{field: field}, opts -> Inspect.List.keyword({field, Map.get(struct, field)}, opts)
      :..., _opts -> "..."
    end

    container_doc(open, infos ++ [:...], close, opts, fun, separator: separator, break: :strict)
  end

  @doc false
  def shown_fields(struct, infos, shown, defaults) do
    for %{field: field} = info <- infos,
        field in shown,
        not default?(defaults, field, Map.get(struct, field)),
        do: info
  end

  defp default?(defaults, field, value) do
    case defaults do
      %{^field => default} -> default == value
      %{} -> false
    end
  end
end

require Protocol

Protocol.derive(
  Inspect,
  Macro.Env,
  only: [
    :module,
    :file,
    :line,
    :function,
    :context,
    :aliases,
    :requires,
    :functions,
    :macros,
    :macro_aliases,
    :context_modules,
    :lexical_tracker
  ]
)
