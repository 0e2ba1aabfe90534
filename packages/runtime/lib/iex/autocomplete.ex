defmodule IEx.Autocomplete do
  @moduledoc false
  # What the key Tab does: from the text before the cursor to a text to insert and, when that is not enough, candidates.
  #
  # A candidate is `{name, shown, closing}`: what has to be typed, how it is listed, and what follows the name when it is
  # the only one.

  @modifiers [
    big: nil,
    binary: nil,
    bitstring: nil,
    integer: nil,
    float: nil,
    little: nil,
    native: nil,
    signed: nil,
    size: 1,
    unit: 1,
    unsigned: nil,
    utf8: nil,
    utf16: nil,
    utf32: nil
  ]

  @doc """
  Completes the reversed text before the cursor: `{:yes, insert, candidates}` or `{:no, [], []}`, all charlists.

  `server` is the shell's, whose evaluator knows bindings, aliases and imports.
  """
  def expand(reversed, server \\ self()) do
    case path_in_string(reversed) do
      [] -> reversed |> Enum.reverse() |> expand_code(server)
      path -> path |> List.to_string() |> expand_path()
    end
  end

  @doc "What completes on another node, for a shell that is connected to it."
  def remsh(node), do: &:erpc.call(node, __MODULE__, :expand, [&1])

  defp expand_code(code, server) do
    helper = type_helper(code)

    case Code.Fragment.cursor_context(code) do
      {:alias, name} ->
        aliases(List.to_string(name), server)

      {:unquoted_atom, name} ->
        hint = List.to_string(name)
        result(erlang_modules(hint), hint)

      context when helper != nil ->
        described(helper, context, server)

      {:dot, {:alias, name} = path, ~c""} ->
        if container(code, server) == :alias_only,
          do: aliases(List.to_string(name) <> ".", server),
          else: dot(path, "", false, server)

      {:dot, path, hint} ->
        dot(path, List.to_string(hint), false, server)

      {:dot_arity, path, hint} ->
        dot(path, List.to_string(hint), true, server)

      {:dot_call, path, name} ->
        with {:ok, module} when is_atom(module) <- value_of(path, server) do
          signatures([module], name, server)
        else
          _ -> no()
        end

      :expr ->
        in_container(code, "", server) || locals("", server)

      {:local_or_var, name} ->
        hint = List.to_string(name)
        in_container(code, hint, server) || locals(hint, server)

      {:local_arity, name} ->
        functions(List.to_string(name), true, server)

      {:local_call, name} when name in [~c"alias", ~c"import", ~c"require"] ->
        aliases("", server)

      {:local_call, name} ->
        modules = for {module, functions} <- imports(server), List.keymember?(functions, List.to_atom(name), 0), do: module
        signatures(modules, name, server)

      {:operator, operator} when operator in [~c"::", ~c"-"] ->
        modifiers(code, "", server) || functions(List.to_string(operator), false, server)

      {:operator, operator} ->
        functions(List.to_string(operator), false, server)

      {:operator_arity, operator} ->
        functions(List.to_string(operator), true, server)

      {:operator_call, ~c"|"} ->
        in_container(code, "", server) || locals("", server)

      {:operator_call, _} ->
        locals("", server)

      {:sigil, []} ->
        sigils(server)

      {:sigil, [_letter]} ->
        {:yes, [], Enum.map(["\"", "\"\"\"", "'", "'''", "(", "/", "<", "[", "{", "|"], &String.to_charlist/1)}

      {:struct, name} when is_list(name) ->
        structs(List.to_string(name), server)

      {:struct, {:dot, {:alias, name}, ~c""}} when is_list(name) ->
        structs(List.to_string(name) <> ".", server)

      _ ->
        no()
    end
  end

  ## Results

  defp no, do: {:no, [], []}
  defp yes(text, listed \\ []), do: {:yes, String.to_charlist(text), Enum.map(listed, &String.to_charlist/1)}

  defp result([], _hint), do: no()

  defp result([{name, shown, closing}], hint) do
    case String.replace_prefix(name, hint, "") <> closing do
      "" -> yes("", [shown])
      rest -> yes(rest)
    end
  end

  defp result(candidates, hint) do
    common = candidates |> Enum.map(&elem(&1, 0)) |> :binary.longest_common_prefix()

    if common in [0, byte_size(hint)] do
      yes("", Enum.map(candidates, &elem(&1, 1)))
    else
      {name, _, _} = hd(candidates)
      yes(binary_part(name, byte_size(hint), common - byte_size(hint)))
    end
  end

  ## Modules

  defp aliases(text, server) do
    case text |> String.split(".") |> Enum.split(-1) do
      {[], [hint]} ->
        renamed =
          for {name, _} <- environment(server, :aliases, []),
              [name] = Module.split(name),
              String.starts_with?(name, hint),
              do: module_candidate(name, hint)

        result(renamed ++ submodules(Elixir, hint), hint)

      {parents, [hint]} ->
        parents |> aliased(server) |> submodules(hint) |> result(hint)
    end
  end

  # A module completed already goes on with its functions.
  defp module_candidate(name, hint), do: {name, name, if(name == hint, do: ".", else: "")}

  defp aliased([first | rest], server) do
    case List.keyfind(environment(server, :aliases, []), Module.concat([first]), 0) do
      {_, module} when rest == [] -> module
      {_, module} -> Module.concat([module | rest])
      nil -> Module.concat([first | rest])
    end
  end

  # The next part of the names of modules below one.
  defp submodules(parent, hint) do
    prefix = Atom.to_string(parent) <> "."
    names = if parent == Elixir, do: ["Elixir.Elixir" | module_names()], else: module_names()

    for name <- names,
        String.starts_with?(name, prefix <> hint),
        [part | _] = name |> String.replace_prefix(prefix, "") |> String.split("."),
        part =~ ~r/\A[A-Z][A-Za-z0-9_]*\z/,
        uniq: true do
      part
    end
    |> Enum.sort()
    |> Enum.map(&module_candidate(&1, hint))
  end

  defp erlang_modules(hint) do
    for name <- module_names(),
        String.starts_with?(name, hint),
        not String.starts_with?(name, "Elixir."),
        Macro.classify_atom(String.to_atom(name)) in [:identifier, :unquoted],
        do: module_candidate(name, hint)
  end

  # Of all modules there are, loaded or not, sorted.
  defp module_names do
    for {name, _, _} <- :code.all_available() do
      List.to_string(name)
    end
    |> Enum.sort()
    |> Enum.dedup()
  end

  defp structs(hint, server) do
    renamed =
      for {name, module} <- environment(server, :aliases, []),
          [name] = Module.split(name),
          String.starts_with?(name, hint),
          do: {name, module}

    all =
      for "Elixir." <> name = full <- module_names(),
          String.starts_with?(name, hint),
          do: {name, String.to_atom(full)}

    for({name, module} <- renamed ++ all, struct?(module), do: {name, name, "{"}) |> result(hint)
  end

  defp struct?(module) do
    Code.ensure_loaded?(module) and function_exported?(module, :__struct__, 1) and
      not function_exported?(module, :exception, 1)
  end

  ## Functions

  defp dot(path, hint, exact?, server) do
    case value_of(path, server) do
      {:ok, module} when is_atom(module) ->
        nested = if hint == "" and not exact?, do: submodules(module, ""), else: []
        result(nested ++ matching(module_functions(module), hint, exact?), hint)

      {:ok, map} when is_map(map) ->
        keys(map, hint)

      _ ->
        no()
    end
  end

  defp keys(map, hint) do
    found =
      for {key, value} when is_atom(key) <- Map.to_list(map),
          name = Atom.to_string(key),
          String.starts_with?(name, hint),
          do: {name, name, if(name == hint and is_map(value), do: ".", else: "")}

    # A whole key of what is no map cannot be gone on with.
    case found do
      [{^hint, _, ""}] -> no()
      _ -> found |> Enum.sort() |> result(hint)
    end
  end

  defp functions(hint, exact?, server), do: hint |> local_functions(exact?, server) |> result(hint)

  defp locals(hint, server) do
    variables =
      with pid when is_pid(pid) <- evaluator(server) do
        pid |> IEx.Evaluator.ask({:variables, hint}, []) |> Enum.sort() |> Enum.map(&{&1, &1, ""})
      else
        _ -> []
      end

    result(variables ++ local_functions(hint, false, server), hint)
  end

  defp local_functions(hint, exact?, server) do
    imported = Enum.flat_map(imports(server), &elem(&1, 1))
    matching(imported ++ module_functions(Kernel.SpecialForms), hint, exact?)
  end

  defp matching(functions, hint, exact?) do
    for {name, arity} <- functions,
        name = Atom.to_string(name),
        if(exact?, do: name == hint, else: String.starts_with?(name, hint)) do
      {name, arity}
    end
    |> Enum.uniq()
    |> Enum.sort()
    |> Enum.map(fn {name, arity} -> {name, "#{name}/#{arity}", ""} end)
  end

  @doc "The functions and macros of a module with their arities."
  def exports(module) do
    if Code.ensure_loaded?(module) and function_exported?(module, :__info__, 1) do
      module.__info__(:macros) ++ (module.__info__(:functions) -- [__info__: 1])
    else
      module.module_info(:exports) -- [module_info: 0, module_info: 1]
    end
  end

  # Without what is not meant to be called: `@doc false`, and a leading underscore without documentation.
  defp module_functions(Elixir), do: []

  defp module_functions(module) do
    if Code.ensure_loaded?(module) do
      case documentation(module, [:function, :macro]) do
        nil ->
          exports(module)

        docs ->
          hidden =
            for {{_, name, arity}, _, _, doc, metadata} <- docs,
                doc == :hidden or (doc == :none and underscored?(name)),
                arity <- (arity - Map.get(metadata, :defaults, 0))..arity,
                do: {name, arity}

          documented = MapSet.new(docs, fn {{_, name, arity}, _, _, _, _} -> {name, arity} end)

          Enum.reject(exports(module) -- hidden, fn {name, arity} ->
            underscored?(name) and {name, arity} not in documented
          end)
      end
    else
      []
    end
  end

  defp underscored?(name), do: match?("_" <> _, Atom.to_string(name))

  defp documentation(module, kinds) do
    case Code.fetch_docs(module) do
      {:docs_v1, _, _, _, _, _, docs} -> for {{kind, _, _}, _, _, _, _} = doc <- docs, kind in kinds, do: doc
      _ -> nil
    end
  end

  defp signatures(modules, name, server) do
    name = List.to_atom(name)

    found =
      for module <- modules,
          {{_, ^name, _}, _, signature, doc, _} when doc != :hidden <- documentation(module, [:function, :macro]) || [],
          do: Enum.join(signature, " ")

    if found == [], do: locals("", server), else: yes("", Enum.sort_by(found, &String.length/1))
  end

  defp sigils(server) do
    named =
      for {"sigil_" <> name, _, _} <- local_functions("sigil_", false, server),
          do: {name, "~#{name} (sigil_#{name})", ""}

    result(local_functions("~", false, server) ++ named, "~")
  end

  # After `t` and `b`: the types and callbacks of a module.
  defp type_helper([letter | rest]) when letter in [?b, ?t] do
    case rest do
      [separator | _] when separator in [?\s, ?(] ->
        case rest |> tl() |> Enum.drop_while(&(&1 == ?\s)) do
          [char | _] when char in ?A..?Z or char in ?a..?z or char in ?0..?9 or char in [?_, ?:] -> letter
          _ -> nil
        end

      _ ->
        nil
    end
  end

  defp type_helper(_code), do: nil

  defp described(helper, {:dot, path, hint}, server) do
    hint = List.to_string(hint)

    case value_of(path, server) do
      {:ok, module} when is_atom(module) -> helper |> described_names(module) |> matching(hint, false) |> result(hint)
      _ -> no()
    end
  end

  defp described(_helper, _context, _server), do: no()

  defp described_names(?t, module) do
    for {{_, name, arity}, _, _, _, _} <- documentation(module, [:type]) || [], do: {name, arity}
  end

  defp described_names(?b, module) do
    if Code.ensure_loaded?(module) and function_exported?(module, :behaviour_info, 1),
      do: module.behaviour_info(:callbacks),
      else: []
  end

  ## Inside of brackets

  defp in_container(code, hint, server) do
    case container(code, server) do
      {:keys, map, given} ->
        names =
          for key when is_atom(key) and key != :__struct__ <- Map.keys(map),
              not Keyword.has_key?(given, key),
              name = Atom.to_string(key),
              if(hint == "", do: not String.starts_with?(name, "_"), else: String.starts_with?(name, hint)),
              do: {name, name <> ":", ": "}

        result(names, hint)

      :modifier ->
        modifier_result(code, hint)

      _ ->
        nil
    end
  end

  defp modifiers(code, hint, server) do
    if container(code, server) == :modifier, do: modifier_result(code, hint)
  end

  defp modifier_result(code, hint) do
    given = code |> List.to_string() |> String.split("::") |> List.last() |> String.split("-")

    for {name, arity} <- @modifiers,
        name = Atom.to_string(name),
        String.starts_with?(name, hint),
        name not in given do
      {name, if(arity, do: "#{name}/#{arity}", else: name), ""}
    end
    |> result(hint)
  end

  # What the cursor is in: `{:keys, map, given}` of a struct or a map that is updated, `:modifier` of a bitstring's segment,
  # `:alias_only` of `alias` and the like.
  defp container(code, server) do
    with {:ok, quoted} <- Code.Fragment.container_cursor_to_quoted(code),
         [cursor | parents] <- Macro.path(quoted, &match?({:__cursor__, _, []}, &1)) do
      case parents do
        [{:%{}, _, pairs}, {:%, _, [{:__aliases__, _, [first | _] = name}, _]} | _] when is_atom(first) ->
          struct_keys(name, pairs, cursor, server)

        [pairs, {:|, _, _}, {:%{}, _, _}, {:%, _, [{:__aliases__, _, [first | _] = name}, _]} | _]
        when is_atom(first) ->
          struct_keys(name, pairs, cursor, server)

        [pairs, {:|, _, [{variable, _, nil} | _]}, {:%{}, _, _} | _] ->
          with true <- is_list(pairs),
               {:ok, map} when is_map(map) <- bound([variable], server),
               given when is_list(given) <- given(pairs, cursor) do
            {:keys, map, given}
          else
            _ -> nil
          end

        [{name, _, [^cursor]} | _] when name in [:alias, :import, :require] ->
          :alias_only

        _ ->
          if match?([{:"::", _, [_, _]}, {:<<>>, _, [_ | _]} | _], without_operators(parents, cursor)), do: :modifier
      end
    else
      _ -> nil
    end
  end

  defp struct_keys(name, pairs, cursor, server) do
    module = aliased(name, server)

    with true <- is_list(pairs),
         given when is_list(given) <- given(pairs, cursor),
         true <- Code.ensure_loaded?(module) and function_exported?(module, :__struct__, 1) do
      {:keys, Map.from_struct(module.__struct__()), given}
    else
      _ -> nil
    end
  end

  defp given(pairs, cursor) do
    case Enum.split(pairs, -1) do
      {given, [^cursor]} -> if Keyword.keyword?(given), do: given
      _ -> nil
    end
  end

  defp without_operators([{:-, _, [_, previous]} = parent | rest], previous), do: without_operators(rest, parent)
  defp without_operators(parents, _previous), do: parents

  ## What the evaluator knows

  defp value_of({:unquoted_atom, name}, _server), do: {:ok, List.to_atom(name)}

  defp value_of({:alias, name}, server) when is_list(name),
    do: {:ok, name |> List.to_string() |> String.split(".") |> aliased(server)}

  defp value_of(path, server) do
    with names when is_list(names) <- names(path, []), do: bound(names, server)
  end

  defp names({:var, name}, rest), do: [List.to_atom(name) | rest]
  defp names({:dot, parent, name}, rest), do: names(parent, [List.to_atom(name) | rest])
  defp names(_path, _rest), do: :error

  defp bound(names, server) do
    case evaluator(server) do
      nil -> :error
      pid -> IEx.Evaluator.ask(pid, {:value, names}, :error)
    end
  end

  defp imports(server), do: environment(server, :functions, []) ++ environment(server, :macros, [])

  defp environment(server, field, otherwise) do
    case evaluator(server) do
      nil -> otherwise
      pid -> pid |> IEx.Evaluator.ask({:env, [field]}, %{}) |> Map.get(field, otherwise)
    end
  end

  # A server keeps its evaluator in its dictionary.
  defp evaluator(server) do
    with {:dictionary, dictionary} <- Process.info(server, :dictionary), do: dictionary[:evaluator]
  end

  ## Paths in strings

  # The path that is being typed in a string, or `[]`: from the cursor back to a quote, over nothing that code is made of.
  defp path_in_string(reversed, path \\ [])
  defp path_in_string([], _path), do: []
  defp path_in_string([?{, ?# | _], _path), do: []
  defp path_in_string([?", ?\\ | rest], path), do: path_in_string(rest, [?\\, ?" | path])

  defp path_in_string([?/, ?:, letter, ?" | _], path) when letter in ?A..?Z or letter in ?a..?z,
    do: [letter, ?:, ?/ | path]

  defp path_in_string([?/, dot, ?" | _], path) when dot in [?., ?~], do: [dot, ?/ | path]
  defp path_in_string([?/, ?., ?., ?" | _], path), do: [?., ?., ?/ | path]
  defp path_in_string([?/, ?" | _], path), do: [?/ | path]
  defp path_in_string([?" | _], _path), do: []
  defp path_in_string([char | rest], path), do: path_in_string(rest, [char | path])

  defp expand_path(path) do
    {folder, hint} = if String.ends_with?(path, "/"), do: {path, ""}, else: {Path.dirname(path), Path.basename(path)}

    case File.ls(Path.expand(folder)) do
      {:ok, names} ->
        for name <- names, String.starts_with?(name, hint) do
          cond do
            File.dir?(Path.expand(Path.join(folder, name))) -> {name, name, "/"}
            name == hint -> {name, name, "\""}
            true -> {name, name, ""}
          end
        end
        |> result(hint)

      _ ->
        no()
    end
  end
end
