defmodule IEx.Introspection do
  @moduledoc false
  # What the helpers `h`, `b` and `t` print, and how their arguments are read.

  import IEx, only: [dont_display_result: 0]

  ## Arguments

  @no_editor "Please set the ELIXIR_EDITOR or EDITOR environment variables with the command line invocation of your favorite EDITOR."

  @doc "Turns `Mod`, `Mod.fun`, `Mod.fun/1`, `fun` and `fun/1`, quoted, into what names it, quoted: a module or a tuple."
  def decompose({:/, _, [call, arity]} = term, env) when is_integer(arity) do
    case Macro.decompose_call(call) do
      {_, :__info__, []} when arity == 1 ->
        {:{}, [], [Module, :__info__, 1]}

      {module, name, []} ->
        {:{}, [], [module, name, arity]}

      {name, []} ->
        {:{}, [], [owner(name, arity, env), name, arity]}

      _ ->
        term
    end
  end

  def decompose(term, env) do
    case Macro.decompose_call(term) do
      {_, :__info__, []} -> {:{}, [], [Module, :__info__, 1]}
      {module, name, []} -> {module, name}
      {name, args} -> named(name, args, term, env)
      _ -> term
    end
  end

  # A name alone is that of a function; a sigil means itself.
  defp named(name, args, term, env) do
    case Atom.to_string(name) do
      "sigil_" <> _ when args != [] -> {owner(name, 2, env), name}
      "__aliases__" -> term
      _ when args == [] -> {owner(name, nil, env), name}
      _ -> term
    end
  end

  defp owner(name, arity, env) do
    imported =
      for {module, functions} <- env.functions ++ env.macros,
          {^name, count} <- functions,
          arity == nil or arity == count,
          do: module

    cond do
      imported != [] -> hd(imported)
      special_form?(name, arity) -> Kernel.SpecialForms
      true -> Kernel
    end
  end

  defp special_form?(name, nil), do: Enum.any?(0..5, &Macro.special_form?(name, &1)) or documented_form?(name)
  defp special_form?(name, arity), do: Macro.special_form?(name, arity) or documented_form?(name)

  defp documented_form?(name) do
    case Code.fetch_docs(Kernel.SpecialForms) do
      {:docs_v1, _, _, _, _, _, docs} -> Enum.any?(docs, &match?({{_, ^name, _}, _, _, _, _}, &1))
      _ -> false
    end
  end

  @doc "The file that a module was compiled from, if it says so."
  def source(module) do
    case module.module_info(:compile)[:source] do
      nil -> nil
      source -> List.to_string(source)
    end
  end

  @doc "Opens a file at a line, `{file, line}`, or where a module or function is written, in the editor that the environment names."
  def open({file, line}) when is_binary(file) and is_integer(line) do
    editor = System.get_env("ELIXIR_EDITOR") || System.get_env("EDITOR")

    cond do
      not File.regular?(file) -> print_error("Could not open #{inspect(file)}, file is not available.")
      editor -> IO.write(IEx.color(:eval_info, editor |> command(file, line) |> String.to_charlist() |> :os.cmd()))
      true -> print_error("Could not open: #{inspect(file)}. " <> @no_editor)
    end

    dont_display_result()
  end

  def open(module) when is_atom(module), do: open_place(module, inspect(module), nil, nil)

  def open({module, name}) when is_atom(module) and is_atom(name),
    do: open_place(module, "#{inspect(module)}.#{name}", name, nil)

  def open({module, name, arity}) when is_atom(module) and is_atom(name) and is_integer(arity),
    do: open_place(module, "#{inspect(module)}.#{name}/#{arity}", name, arity)

  def open(other) do
    print_error("Invalid arguments for open helper: #{inspect(other)}")
    dont_display_result()
  end

  defp open_place(module, shown, name, arity) do
    cond do
      not Code.ensure_loaded?(module) -> not_open(shown, "module is not available")
      name && not has?(module, name, arity) -> not_open(shown, "function/macro is not available")
      file = source(module) -> open({file, line(module, name, arity)})
      file = in_memory(module) -> open(if name, do: {file, line(module, name, arity)}, else: file)
      true -> not_open(shown, "source code is not available")
    end
  end

  # Where a module that no file was compiled to says it was defined: in a shell that is no file at all.
  defp in_memory(module) do
    with false <- library?(module),
         {file, _definitions} <- :beamlet_break.definitions(module) do
      Path.expand(file)
    else
      _ -> nil
    end
  end

  defp library?(module), do: :application.builtin_application(module) != :undefined

  defp not_open(shown, reason) do
    print_error("Could not open #{shown}, #{reason}")
    dont_display_result()
  end

  defp has?(module, name, arity) do
    Enum.any?(IEx.Autocomplete.exports(module), fn {other, count} -> other == name and arity in [nil, count] end)
  end

  # What the documentation says of it.
  defp line(module, nil, nil) do
    case Code.fetch_docs(module) do
      {:docs_v1, _, _, _, _, %{source_annos: [anno | _]}, _} -> :erl_anno.line(anno)
      _ -> 1
    end
  end

  defp line(module, name, arity) do
    with {:docs_v1, anno, _, _, _, _, docs} <- Code.fetch_docs(module) do
      found =
        Enum.find_value(docs, anno, fn
          {{kind, ^name, count}, anno, _, _, _} when kind in [:function, :macro] and arity in [nil, count] -> anno
          _ -> nil
        end)

      :erl_anno.line(found)
    else
      _ -> 1
    end
  end

  defp command(editor, file, line) do
    if editor =~ "__FILE__" or editor =~ "__LINE__" do
      editor |> String.replace("__FILE__", inspect(file)) |> String.replace("__LINE__", Integer.to_string(line))
    else
      "#{editor} #{inspect(file)}:#{line}"
    end
  end

  @doc "A struct as the map that it is, whatever its own way to be inspected."
  def raw_struct(struct) do
    struct |> Inspect.Any.inspect(%Inspect.Opts{}) |> Inspect.Algebra.format(:infinity) |> IO.iodata_to_binary()
  end

  ## h

  def h(module) when is_atom(module) do
    loaded(module, fn ->
      case Code.fetch_docs(module) do
        {:docs_v1, _, _, format, doc, metadata, _} when is_map(doc) or doc == :none ->
          print_doc([inspect(module)], [], format, doc, metadata)

        {:docs_v1, _, _, _, _, _, _} ->
          not_found(inspect(module))

        _ ->
          no_docs(module)
      end
    end)
  end

  def h({module, name}) when is_atom(module) and is_atom(name) do
    loaded(module, fn ->
      target = "#{inspect(module)}.#{name}"

      case docs(module, [:function, :macro]) do
        nil ->
          arities = for {^name, arity} <- IEx.Autocomplete.exports(module), do: arity
          print_only_specs(module, name, Enum.sort(arities))

        docs ->
          found =
            for {{_, ^name, _}, _, _, doc, _} = entry when doc != :hidden <- docs, visible?(entry), do: entry

          cond do
            found != [] -> found |> Enum.sort_by(&elem(elem(&1, 0), 2)) |> Enum.each(&print_function(module, &1))
            entries(module, [:callback, :macrocallback], name) != [] -> elsewhere(target, "callback", "b")
            entries(module, [:type], name) != [] -> elsewhere(target, "type", "t")
            true -> not_found(target)
          end
      end
    end)
  end

  def h({module, name, arity}) when is_atom(module) and is_atom(name) and is_integer(arity) do
    loaded(module, fn ->
      target = "#{inspect(module)}.#{name}/#{arity}"

      case docs(module, [:function, :macro]) do
        nil ->
          print_only_specs(module, name, [arity])

        docs ->
          entry = Enum.find(docs, &match?({{_, ^name, ^arity}, _, _, _, _}, &1)) || with_defaults(docs, name, arity)

          cond do
            entry && visible?(entry) -> print_function(module, entry)
            entries(module, [:callback, :macrocallback], name, arity) != [] -> elsewhere(target, "callback", "b")
            entries(module, [:type], name, arity) != [] -> elsewhere(target, "type", "t")
            true -> not_found(target)
          end
      end
    end)
  end

  def h(other) do
    print_error("The \"h\" helper expects a Module, Module.fun or Module.fun/arity, got: #{inspect(other)}")

    print_error(
      "If instead of accessing documentation you would like more information about a value " <>
        "or about the result of an expression, use the \"i\" helper instead"
    )

    dont_display_result()
  end

  # A function without documentation whose name begins with an underscore is private to its module.
  defp visible?({_, _, _, :hidden, _}), do: false
  defp visible?({{_, name, _}, _, _, :none, _}), do: not match?("_" <> _, Atom.to_string(name))
  defp visible?(_entry), do: true

  defp with_defaults(docs, name, arity) do
    Enum.find(docs, fn
      {{_, ^name, most}, _, _, _, %{defaults: defaults}} -> arity in (most - defaults)..most
      _ -> false
    end)
  end

  defp print_function(module, {{kind, name, arity}, _, signature, doc, metadata}) do
    word = if kind == :macro, do: "defmacro ", else: "def "
    headings = Enum.map(signature, &(word <> &1))

    case if(doc == :none, do: callback_of(module, name, arity)) do
      {behaviour, entry} ->
        text =
          "#{inspect(module)}.#{name}/#{arity} has no docs but is a callback for behaviour " <>
            "#{inspect(behaviour)}. Showing callback docs instead."

        print_doc(headings, specs(module, kind, name, arity), "text/markdown", %{"en" => text}, metadata)
        print_callback(behaviour, entry)

      nil ->
        print_doc(headings, specs(module, kind, name, arity), "text/markdown", doc, metadata)
    end
  end

  defp print_only_specs(module, name, arities) do
    case for(arity <- arities, specs = specs(module, :function, name, arity), specs != [], do: {arity, specs}) do
      [] ->
        no_docs(module)

      found ->
        for {arity, specs} <- found do
          text = "Module was compiled without docs. Showing only specs."
          print_doc([Exception.format_mfa(module, name, arity)], specs, "text/markdown", %{"en" => text}, %{})
        end
    end
  end

  # The spec of a macro is that of the function behind it, which takes the caller too.
  defp specs(module, kind, name, arity) do
    key = if kind == :macro, do: {:"MACRO-#{name}", arity + 1}, else: {name, arity}

    with {:ok, all} <- Code.Typespec.fetch_specs(module),
         {_, specs} <- List.keyfind(all, key, 0) do
      specs = if kind == :macro, do: Enum.map(specs, &without_caller/1), else: specs
      [Enum.map(specs, &(Code.Typespec.spec_to_quoted(name, &1) |> attribute_text(:spec, "  "))), ?\n]
    else
      _ -> []
    end
  end

  defp without_caller({:type, at, :fun, [{:type, args_at, :product, [_caller | args]} | rest]}),
    do: {:type, at, :fun, [{:type, args_at, :product, args} | rest]}

  defp without_caller({:type, at, :bounded_fun, [fun | rest]}), do: {:type, at, :bounded_fun, [without_caller(fun) | rest]}

  # `@kind definition`, wrapped and indented, with the attribute in colour.
  defp attribute_text(definition, kind, indent) do
    [word, rest] =
      {:@, [], [{kind, [], [definition]}]}
      |> Code.quoted_to_algebra()
      |> Inspect.Algebra.format(IEx.width())
      |> IO.iodata_to_binary()
      |> String.split(" ", parts: 2)

    [indent, String.replace(attribute(word) <> " " <> rest, "\n", "\n" <> indent), ?\n]
  end

  defp callback_of(module, name, arity) do
    behaviours = for {:behaviour, modules} <- module.module_info(:attributes), one <- modules, do: one

    Enum.find_value(behaviours, fn behaviour ->
      case entries(behaviour, [:callback, :macrocallback], name, arity) do
        [entry | _] -> {behaviour, entry}
        [] -> nil
      end
    end)
  end

  ## b

  def b(module) when is_atom(module) do
    loaded(module, fn ->
      case callbacks(module) do
        [] ->
          print_error("No callbacks for #{inspect(module)} were found")

        callbacks ->
          if lines = callback_lines(module, callbacks) do
            Enum.each(lines, &IO.puts/1)
            optional(module)
          end
      end
    end)
  end

  def b({module, name}) when is_atom(module) and is_atom(name) do
    loaded(module, fn ->
      case for({{_, ^name, _}, _, _, _, _} = callback <- callbacks(module), do: callback) do
        [] -> not_found("#{inspect(module)}.#{name}")
        found -> Enum.each(found, &print_callback(module, &1))
      end
    end)
  end

  def b({module, name, arity}) when is_atom(module) and is_atom(name) and is_integer(arity) do
    loaded(module, fn ->
      case for({{_, ^name, ^arity}, _, _, _, _} = callback <- callbacks(module), do: callback) do
        [] -> not_found("#{inspect(module)}.#{name}/#{arity}")
        found -> Enum.each(found, &print_callback(module, &1))
      end
    end)
  end

  def b(other) do
    print_error("Invalid arguments for b helper: #{inspect(other)}")
    dont_display_result()
  end

  # In the form of documentation, also where there is none.
  defp callbacks(module) do
    documented = docs(module, [:callback, :macrocallback]) || []

    for {name, arity} <- behaviour_info(module, :callbacks),
        {kind, name, arity} = callback_name(name, arity),
        entry =
          Enum.find(documented, {{kind, name, arity}, 1, [], :none, %{}}, &(elem(&1, 0) == {kind, name, arity})),
        elem(entry, 3) != :hidden do
      entry
    end
    |> Enum.sort_by(&elem(&1, 0))
  end

  # A macro's callback has the name of the function behind it, which takes the caller too.
  defp callback_name(name, arity) do
    case Atom.to_string(name) do
      "MACRO-" <> macro -> {:macrocallback, String.to_atom(macro), arity - 1}
      _ -> {:callback, name, arity}
    end
  end

  defp behaviour_info(module, key) do
    if function_exported?(module, :behaviour_info, 1), do: module.behaviour_info(key), else: []
  end

  defp optional(module) do
    case for {name, arity} <- behaviour_info(module, :optional_callbacks),
             {_, name, arity} = callback_name(name, arity),
             do: {name, arity} do
      [] -> :ok
      names -> IO.puts(attribute_text(Enum.sort(names), :optional_callbacks, ""))
    end
  end

  defp print_callback(module, {_, _, _, doc, metadata} = entry) do
    with [lines] <- callback_lines(module, [entry]) do
      IO.puts(lines)
      options = IEx.Config.ansi_docs()
      IO.ANSI.Docs.print_metadata(metadata, options)
      if text = english(doc), do: IO.ANSI.Docs.print(text, "text/markdown", options)
    end
  end

  # `nil`, which has been explained, where the module has kept no specs.
  defp callback_lines(module, callbacks) do
    case Code.Typespec.fetch_callbacks(module) do
      {:ok, all} -> for {{kind, name, arity}, _, _, _, _} <- callbacks, do: callback_text(all, kind, name, arity)
      :error -> no_typespecs(module)
    end
  end

  defp callback_text(all, kind, name, arity) do
    key = if kind == :macrocallback, do: {:"MACRO-#{name}", arity + 1}, else: {name, arity}
    {_, specs} = List.keyfind(all, key, 0)
    specs = if kind == :macrocallback, do: Enum.map(specs, &without_caller/1), else: specs
    Enum.map(specs, &(Code.Typespec.spec_to_quoted(name, &1) |> attribute_text(kind, "")))
  end

  defp attribute(text), do: IEx.color(:doc_inline_code, text)

  ## t

  def t(module) when is_atom(module), do: types(module, fn _ -> true end, inspect(module))

  def t({module, name}) when is_atom(module) and is_atom(name),
    do: types(module, &match?({_, ^name, _}, &1), "#{inspect(module)}.#{name}")

  def t({module, name, arity}) when is_atom(module) and is_atom(name) and is_integer(arity),
    do: types(module, &match?({_, ^name, ^arity}, &1), "#{inspect(module)}.#{name}")

  def t(other) do
    print_error("Invalid arguments for t helper: #{inspect(other)}")
    dont_display_result()
  end

  defp types(module, wanted?, target) do
    loaded(module, fn ->
      case Code.Typespec.fetch_types(module) do
        {:ok, []} -> print_error("No type information for #{inspect(module)} was found")
        {:ok, types} -> print_types(module, types, wanted?, target)
        :error -> if erlang?(module), do: print_types(module, [], wanted?, target), else: no_typespecs(module)
      end
    end)
  end

  defp erlang?(module), do: not function_exported?(module, :__info__, 1)

  defp print_types(module, types, wanted?, target) do
    all? = target == inspect(module)

    # A private type is part of the list, and not there by its name.
    found =
      for {kind, {name, _, args} = type} <- types,
          all? or kind != :typep,
          do: {{:type, name, length(args)}, kind, type}

    documented = if all?, do: [], else: docs(module, [:type]) || []

    case for(type <- found, wanted?.(elem(type, 0)), do: type) do
      [] -> print_error("No type information for #{target} was found or #{target} is private")
      wanted -> for {key, kind, type} <- Enum.sort(wanted), do: print_type(key, kind, type, documented)
    end
  end

  defp print_type(key, kind, type, documented) do
    IO.puts(type_text(kind, type))

    with {_, _, _, doc, metadata} <- List.keyfind(documented, key, 0) do
      options = IEx.Config.ansi_docs()
      IO.ANSI.Docs.print_metadata(metadata, options)
      if text = english(doc), do: IO.ANSI.Docs.print(text, "text/markdown", options)
    end
  end

  defp type_text(:opaque, type) do
    {:"::", _, [head, _]} = Code.Typespec.type_to_quoted(type)
    attribute_text(head, :opaque, "")
  end

  defp type_text(kind, type), do: type |> Code.Typespec.type_to_quoted() |> attribute_text(kind, "")

  ## Documentation

  defp docs(module, kinds) do
    case Code.fetch_docs(module) do
      {:docs_v1, _, _, _, _, _, docs} -> for {{kind, _, _}, _, _, _, _} = doc <- docs, kind in kinds, do: doc
      _ -> nil
    end
  end

  defp entries(module, kinds, name), do: for({{_, ^name, _}, _, _, _, _} = doc <- docs(module, kinds) || [], do: doc)

  defp entries(module, kinds, name, arity),
    do: for({{_, ^name, ^arity}, _, _, _, _} = doc <- docs(module, kinds) || [], do: doc)

  defp english(%{"en" => text}), do: text
  defp english(_doc), do: nil

  defp print_doc(headings, types, format, doc, metadata) do
    options = IEx.Config.ansi_docs()
    IO.ANSI.Docs.print_headings(headings, options)
    IO.write(types)
    IO.ANSI.Docs.print_metadata(metadata, options)
    IO.ANSI.Docs.print(english(doc) || "", format, options)
  end

  ## What cannot be shown

  defp loaded(module, print) do
    case Code.ensure_loaded(module) do
      {:module, _} -> print.()
      {:error, reason} -> print_error("Could not load module #{inspect(module)}, got: #{reason}")
    end

    dont_display_result()
  end

  defp elsewhere(target, what, helper) do
    print_error("""
    No documentation for function #{target} was found, but there is a #{what} with the same name.
    You can view #{what} documentation with the #{helper}/1 helper.
    """)
  end

  defp no_typespecs(module) do
    print_error("Beam code not available for #{inspect(module)} or debug info is missing, cannot load typespecs")
  end

  defp no_docs(module), do: print_error("#{inspect(module)} was not compiled with docs")
  defp not_found(target), do: print_error("No documentation for #{target} was found")
  defp print_error(text), do: IO.puts(IEx.color(:eval_error, text))
end
