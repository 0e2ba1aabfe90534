defprotocol IEx.Info do
  @moduledoc """
  What the helper `i` prints about a value.
  """
  @fallback_to_any true

  @doc """
  Returns sections, pairs of a title and a text.

  `"Data type"` and `"Reference modules"` should be among them; the value itself and its protocols are added.
  """
  def info(term)
end

defimpl IEx.Info, for: [Tuple, Integer, Float, Map] do
  def info(_term) do
    name = inspect(@for)
    [{"Data type", name}, {"Reference modules", name}]
  end
end

defimpl IEx.Info, for: Reference do
  def info(_reference), do: [{"Data type", "Reference"}]
end

defimpl IEx.Info, for: Atom do
  def info(atom) do
    cond do
      Code.ensure_loaded?(atom) ->
        [{"Data type", "Atom"} | about_module(atom)]

      match?("Elixir." <> _, Atom.to_string(atom)) ->
        [{"Data type", "Atom"}, raw(atom), {"Reference modules", "Atom"}]

      atom == IEx.dont_display_result() ->
        text = """
        This atom is returned by IEx when a function that should not print its
        return value on screen is executed.
        """

        [{"Data type", "Atom"}, {"Description", text}, {"Reference modules", "Atom"}]

      true ->
        [{"Data type", "Atom"}, {"Reference modules", "Atom"}]
    end
  end

  defp about_module(module) do
    help =
      case Code.fetch_docs(module) do
        {:docs_v1, _, _, _, %{}, _, _} -> "Use h(#{inspect(module)}) to access its documentation.\n"
        _ -> ""
      end

    source = IEx.Introspection.source(module)

    [
      {"Module bytecode", inspect(:code.which(module))},
      {"Source", if(source, do: Path.relative_to_cwd(source), else: "no value found")},
      {"Description", help <> "Call #{inspect(module)}.module_info() to access metadata."}
    ] ++ protocol(module) ++ [raw(module), {"Reference modules", "Module, Atom"}]
  end

  defp protocol(module) do
    if function_exported?(module, :__protocol__, 1) do
      prefix = Atom.to_string(module) <> "."

      types =
        for {name, _, _} <- :code.all_available(),
            name = List.to_string(name),
            String.starts_with?(name, prefix),
            type = String.replace_prefix(name, prefix, "Elixir."),
            uniq: true,
            do: type |> String.to_atom() |> inspect()

      text = "This module is a protocol. These data structures implement it:\n  " <> Enum.join(Enum.sort(types), ", ")
      [{"Protocol", text}]
    else
      []
    end
  end

  defp raw(atom), do: {"Raw representation", ":" <> inspect(Atom.to_string(atom))}
end

defimpl IEx.Info, for: List do
  def info(list), do: [{"Data type", "List"} | sort_of(list)]

  defp sort_of([]), do: [{"Reference modules", "List"}]

  defp sort_of(list) do
    cond do
      List.ascii_printable?(list) ->
        text = """
        This is a list of integers that is printed using the `~c` sigil syntax,
        because every integer in it is the code of a printable ASCII character.
        A list of code points is known as a charlist.
        """

        raw = inspect(list, charlists: :as_lists, limit: :infinity)
        [{"Description", text}, {"Raw representation", raw}, {"Reference modules", "List"}]

      Keyword.keyword?(list) ->
        text = """
        This is what is referred to as a "keyword list". A keyword list is a list
        of two-element tuples where the first element of each tuple is an atom.
        """

        [{"Description", text}, {"Reference modules", "Keyword, List"}]

      List.improper?(list) ->
        text = """
        This is what is referred to as an "improper list": what follows its last
        element is not the empty list. [1, 2 | 3] is one.
        """

        [{"Description", text}, {"Reference modules", "List"}]

      true ->
        [{"Reference modules", "List"}]
    end
  end
end

defimpl IEx.Info, for: BitString do
  def info(bits), do: [{"Data type", "BitString"} | sort_of(bits)]

  defp sort_of(bits) when not is_binary(bits) do
    text = """
    This is a bitstring. It's a chunk of bits that are not divisible by 8
    (the number of bytes isn't whole).
    """

    [{"Bits size", bit_size(bits)}, {"Description", text}]
  end

  defp sort_of(binary) do
    cond do
      String.printable?(binary) ->
        text = """
        This is a string: a UTF-8 encoded binary. It's printed surrounded by
        "double quotes" because all UTF-8 encoded code points in it are printable.
        """

        [
          {"Byte size", byte_size(binary)},
          {"Description", text},
          {"Raw representation", inspect(binary, binaries: :as_binaries)},
          {"Reference modules", "String, :binary"}
        ]

      String.valid?(binary) ->
        unprintable = binary |> String.codepoints() |> Enum.find(&(not String.printable?(&1)))

        text = """
        This is a string: a UTF-8 encoded binary. It's printed with the `<<>>`
        syntax (as opposed to double quotes) because it contains non-printable
        UTF-8 encoded code points (the first non-printable code point being
        `#{inspect(unprintable)}`).
        """

        [{"Byte size", byte_size(binary)}, {"Description", text}, {"Reference modules", "String, :binary"}]

      true ->
        invalid = binary |> String.codepoints() |> Enum.find(&(not String.valid?(&1)))

        text = """
        This is a binary: a collection of bytes. It's printed with the `<<>>`
        syntax (as opposed to double quotes) because it is not a UTF-8 encoded
        binary (the first invalid byte being `#{inspect(invalid)}`)
        """

        [{"Byte size", byte_size(binary)}, {"Description", text}, {"Reference modules", ":binary"}]
    end
  end
end

defimpl IEx.Info, for: Function do
  def info(function) do
    type = Function.info(function)[:type]
    facts = [{"Data type", "Function"}, {"Type", Atom.to_string(type)}, {"Arity", Function.info(function)[:arity]}]
    if type == :local, do: facts ++ [{"Description", "This is an anonymous function."}], else: facts
  end
end

defimpl IEx.Info, for: PID do
  def info(pid) do
    state =
      case Process.info(pid, [:registered_name, :links, :message_queue_len]) do
        nil ->
          [{"Alive", false}]

        info ->
          [
            {"Alive", true},
            {"Name", if(info[:registered_name] == [], do: "not registered", else: inspect(info[:registered_name]))},
            {"Links", if(info[:links] == [], do: "none", else: Enum.map_join(info[:links], ", ", &inspect/1))},
            {"Message queue length", info[:message_queue_len]}
          ]
      end

    [{"Data type", "PID"}] ++
      state ++
      [
        {"Description", "Use Process.info/1 to get more info about this process"},
        {"Reference modules", "Process, Node"}
      ]
  end
end

defimpl IEx.Info, for: Port do
  def info(port), do: [{"Data type", "Port"}, {"Open", Port.info(port) != nil}, {"Reference modules", "Port"}]
end

defimpl IEx.Info, for: [Date, Time, DateTime, NaiveDateTime, Regex] do
  {sigil, what, modules} =
    case @for do
      Date -> {"D", "date", "Calendar, Map"}
      Time -> {"T", "time", "Calendar, Map"}
      DateTime -> {"U", "datetime", "Calendar, Map"}
      NaiveDateTime -> {"N", ~S|"naive" datetime (that is, a datetime without a time zone)|, "Calendar, Map"}
      Regex -> {"r", "regular expression", ":re"}
    end

  def info(struct) do
    text = """
    This is a struct representing a #{unquote(what)}. It is commonly
    represented using the `~#{unquote(sigil)}` sigil syntax, that is
    defined in the `Kernel.sigil_#{unquote(sigil)}/2` macro.
    """

    [
      {"Data type", inspect(@for)},
      {"Description", text},
      {"Raw representation", IEx.Introspection.raw_struct(struct)},
      {"Reference modules", inspect(@for) <> ", " <> unquote(modules)}
    ]
  end
end

defimpl IEx.Info, for: Range do
  def info(range) do
    text = """
    This is a struct representing a range of numbers. It is commonly
    defined using the `first..last//step` syntax. The step is not
    required and defaults to 1.
    """

    [
      {"Data type", "Range"},
      {"Description", text},
      {"Raw representation", IEx.Introspection.raw_struct(range)},
      {"Reference modules", "Range"}
    ]
  end
end

defimpl IEx.Info, for: Any do
  def info(%module{}) do
    [
      {"Data type", inspect(module)},
      {"Description", "This is a struct. Structs are maps with a __struct__ key."},
      {"Reference modules", inspect(module) <> ", Map"}
    ]
  end
end
