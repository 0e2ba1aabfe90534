# Exceptions for names that are not there: functions, clauses and keys. When blamed they look for similar names.
defmodule UndefinedFunctionError do
  @moduledoc "A function that does not exist was called."

  @similar 0.77
  @most_suggestions 5

  defexception [:module, :function, :arity, :reason, :message]

  @impl true
  def message(%{message: nil} = error) do
    case describe(error.reason, error.module, error.function, error.arity) do
      {message, :suggest_module} -> message <> missing_alias(error.module)
      {message, _} -> message
    end
  end

  def message(%{message: message}), do: message

  @impl true
  def blame(error, stacktrace) do
    %{reason: reason, module: module, function: function, arity: arity} = error
    {message, suggestion} = describe(reason, module, function, arity)
    {%{error | message: message <> hint(module, function, arity, suggestion)}, stacktrace}
  end

  defp describe(nil, module, function, arity) do
    cond do
      is_nil(function) or is_nil(arity) ->
        {"undefined function", :suggest_module}

      is_nil(module) ->
        {"function #{Exception.format_mfa(module, function, arity)} is undefined", :suggest_module}

      function_exported?(module, :module_info, 0) ->
        describe(:"function not exported", module, function, arity)

      true ->
        describe(:"module could not be loaded", module, function, arity)
    end
  end

  defp describe(:"module could not be loaded", module, function, arity) do
    {"function #{Exception.format_mfa(module, function, arity)} is undefined " <>
       "(module #{inspect(module)} is not available)", :suggest_module}
  end

  defp describe(:"function not exported", module, function, arity) do
    {"function #{Exception.format_mfa(module, function, arity)} is undefined or private",
     :suggest_function}
  end

  defp describe(:"undefined local", nil, function, arity),
    do: {"function #{function}/#{arity} is undefined (there is no such import)", :none}

  defp describe(reason, module, function, arity) do
    {"function #{Exception.format_mfa(module, function, arity)} is undefined (#{reason})",
     :suggest_module}
  end

  defp hint(_module, _function, _arity, :none), do: ""

  defp hint(nil, _function, 0, _suggestion) do
    ". If you are using the dot syntax, such as module.function(), " <>
      "make sure the left-hand side of the dot is a module atom"
  end

  defp hint(module, function, arity, :suggest_function),
    do: missing_callback(module, function, arity) <> hint_for_loaded_module(module, function, arity)

  defp hint(module, function, arity, :suggest_module),
    do: hint_for_missing_module(module, function, arity)

  defp missing_alias(module) do
    with "Elixir." <> name <- Atom.to_string(module),
         false <- String.contains?(name, ".") do
      ". Make sure the module name is correct and has been specified in full (or that an alias has been defined)"
    else
      _ -> ""
    end
  end

  @doc false
  def hint_for_missing_module(module, function, arity) do
    downcased = String.downcase(Atom.to_string(module), :ascii)
    name = String.replace_leading(Atom.to_string(module), "Elixir.", "")

    candidates =
      for {candidate, _, _} <- :code.all_available(),
          candidate = List.to_string(candidate),
          String.downcase(candidate, :ascii) == downcased or String.ends_with?(candidate, name),
          {:module, found} <- [:code.ensure_loaded(String.to_atom(candidate))],
          function_exported?(found, function, arity),
          do: found

    if candidates == [] do
      missing_alias(module)
    else
      suggestions =
        candidates
        |> Enum.take(@most_suggestions)
        |> Enum.sort()
        |> Enum.map_join(&"\n      * #{Exception.format_mfa(&1, function, arity)}")

      ". Did you mean:\n#{suggestions}\n"
    end
  end

  @doc false
  def hint_for_loaded_module(module, function, arity) do
    if macro_exported?(module, function, arity) do
      ". However, there is a macro with the same name and arity. " <>
        "Be sure to require #{inspect(module)} if you intend to invoke this macro"
    else
      case :otp_internal.obsolete(module, function, arity) do
        {:removed, text} -> ", #{text}"
        :no -> did_you_mean(module, function)
      end
    end
  end

  defp missing_callback(module, function, arity) do
    behaviours = Keyword.get(module.module_info(:attributes), :behaviour, [])

    case Enum.find(behaviours, &callback?(&1, {function, arity})) do
      nil -> ""
      behaviour -> ", but the behaviour #{inspect(behaviour)} expects it to be present"
    end
  rescue
    UndefinedFunctionError -> ""
  end

  defp callback?(behaviour, tuple) do
    tuple in behaviour.behaviour_info(:callbacks) and
      tuple not in behaviour.behaviour_info(:optional_callbacks)
  end

  defp did_you_mean(module, function) do
    exports = exports(module)

    scored =
      case Keyword.take(exports, [function]) do
        [] ->
          name = Atom.to_string(function)

          for {candidate, arity} <- exports -- deprecated(module),
              score = String.jaro_distance(name, Atom.to_string(candidate)),
              score >= @similar,
              do: {score, candidate, arity}

        arities ->
          for {candidate, arity} <- arities, do: {1.0, candidate, arity}
      end

    case scored |> Enum.sort_by(&elem(&1, 0), :desc) |> Enum.take(@most_suggestions) do
      [] ->
        ""

      best ->
        lines =
          best
          |> Enum.sort_by(&elem(&1, 1))
          |> Enum.map_join(fn {_, name, arity} ->
            "      * #{Macro.inspect_atom(:remote_call, name)}/#{arity}\n"
          end)

        ". Did you mean:\n\n" <> lines
    end
  end

  defp exports(module) do
    if function_exported?(module, :__info__, 1),
      do: module.__info__(:macros) ++ module.__info__(:functions),
      else: module.module_info(:exports)
  rescue
    UndefinedFunctionError -> []
  end

  defp deprecated(module) do
    if function_exported?(module, :__info__, 1),
      do: for({tuple, _} <- module.__info__(:deprecated), do: tuple),
      else: []
  rescue
    UndefinedFunctionError -> []
  end
end

defmodule FunctionClauseError do
  @moduledoc "No clause of a function matches the arguments."

  @most_clauses 10

  defexception [:module, :function, :arity, :kind, :args, :clauses]

  @impl true
  def message(%{function: nil}), do: "no function clause matches"

  def message(%{module: module, function: function, arity: arity} = error) do
    "no function clause matching in #{Exception.format_mfa(module, function, arity)}" <>
      blame(error, &inspect/1, &marked/1)
  end

  defp marked(%{match?: true, node: node}), do: Macro.to_string(node)
  defp marked(%{match?: false, node: node}), do: "-" <> Macro.to_string(node) <> "-"

  @impl true
  def blame(%{module: module, function: function, arity: arity} = error, stacktrace) do
    case stacktrace do
      [{^module, ^function, args, location} | rest] when length(args) == arity ->
        error =
          case Exception.blame_mfa(module, function, args) do
            {:ok, kind, clauses} -> %{error | args: args, kind: kind, clauses: clauses}
            :error -> %{error | args: args}
          end

        {error, [{module, function, arity, location} | rest]}

      _ ->
        {error, stacktrace}
    end
  end

  @doc false
  def blame(%{args: nil}, _inspect, _node), do: ""

  def blame(%{module: module, function: function, arity: arity} = error, inspect, node) do
    mfa = Exception.format_mfa(module, function, arity)

    "\n\nThe following arguments were given to #{mfa}:\n" <>
      arguments(error.args, inspect) <> clauses(error, node)
  end

  defp arguments(args, inspect) do
    args
    |> Enum.with_index(1)
    |> Enum.map_join(fn {arg, index} ->
      indent("\n# ") <> Integer.to_string(index) <> indent("\n") <> indent(inspect.(arg)) <> "\n"
    end)
  end

  defp indent(text), do: String.replace(text, "\n", "\n    ")

  defp clauses(%{clauses: clauses}, _node) when clauses in [nil, []], do: ""

  defp clauses(%{clauses: clauses, kind: kind, function: function}, node) do
    shown = Enum.take(clauses, @most_clauses)

    lines =
      Enum.map_join(shown, fn {args, guards} ->
        head = "    #{kind} #{function}(#{Enum.map_join(args, ", ", node)})"
        Enum.reduce(guards, head, &"#{&2} when #{guard(&1, node, 0)}") <> "\n"
      end)

    more =
      case length(clauses) - @most_clauses do
        1 -> "    ...\n    (1 clause not shown)\n"
        count when count > 1 -> "    ...\n    (#{count} clauses not shown)\n"
        _ -> ""
      end

    "\nAttempted function clauses (showing #{length(shown)} out of #{length(clauses)}):\n\n" <>
      lines <> more
  end

  defp guard({op, _, [left, right]} = ast, node, outer) do
    case Code.Identifier.binary_op(op) do
      {_side, precedence} ->
        text = guard(left, node, precedence) <> " #{op} " <> guard(right, node, precedence)
        if outer > precedence, do: "(" <> text <> ")", else: text

      :error ->
        node.(ast)
    end
  end

  defp guard(ast, node, _outer), do: node.(ast)
end

defmodule KeyError do
  @moduledoc "A map, struct or keyword list has not the key."

  @similar 0.77
  @most_suggestions 5

  defexception [:key, :term, :message]

  @impl true
  def message(%{message: nil, key: key, term: term}), do: describe(key, term)
  def message(%{message: message}), do: message

  defp describe(key, nil), do: "key #{inspect(key)} not found"

  defp describe(key, term) when is_atom(term) and is_atom(key) do
    "key #{inspect(key)} not found in: #{inspect(term)} " <>
      "(if instead you want to invoke #{inspect(term)}.#{key}(), " <>
      "make sure to add parentheses after the function name)"
  end

  defp describe(key, term),
    do: "key #{inspect(key)} not found in: #{inspect(term, pretty: true, limit: :infinity)}"

  @impl true
  def blame(%{message: message} = error, stacktrace) when is_binary(message),
    do: {error, stacktrace}

  def blame(%{key: key, term: term} = error, stacktrace) do
    hint = if is_atom(key), do: did_you_mean(Atom.to_string(key), atom_keys(term)), else: ""
    {%{error | message: describe(key, term) <> hint}, stacktrace}
  end

  defp atom_keys(term) when is_map(term) do
    keys = Map.keys(term)
    if Enum.all?(keys, &is_atom/1), do: keys, else: []
  end

  defp atom_keys(term), do: if(Keyword.keyword?(term), do: Keyword.keys(term), else: [])

  defp did_you_mean(name, keys) do
    scored =
      for key <- keys,
          score = String.jaro_distance(name, Atom.to_string(key)),
          score >= @similar,
          do: {score, key}

    case scored |> Enum.sort_by(&elem(&1, 0), :desc) |> Enum.take(@most_suggestions) do
      [] ->
        ""

      best ->
        lines =
          best |> Enum.sort_by(&elem(&1, 1)) |> Enum.map_join(&"      * #{inspect(elem(&1, 1))}\n")

        ". Did you mean:\n\n" <> lines
    end
  end
end
