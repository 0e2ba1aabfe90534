# Reasons of Erlang as exceptions. Compiled code and builtins raise `badarg`, `{:badmatch, v}` and the like;
# `rescue` and whoever prints an error see the structs made here.
defmodule ErlangError do
  @moduledoc "An error of Erlang that has no exception of its own."
  defexception [:original, :reason]

  @impl true
  def message(%__MODULE__{original: original, reason: nil}), do: "Erlang error: #{inspect(original)}"

  def message(%__MODULE__{original: original, reason: reason}),
    do: IO.iodata_to_binary(["Erlang error: ", inspect(original), reason])

  @doc false
  def normalize(:badarg, [{:erlang, :apply, [module, function, args], _} | _])
      when not is_atom(module) do
    %ArgumentError{message: bad_apply(module, function, args)}
  end

  def normalize(:badarg, stacktrace) do
    case explain(:badarg, stacktrace) do
      {nil, details} ->
        %ArgumentError{message: "errors were found at the given arguments" <> details}

      {reason, details} ->
        %ArgumentError{message: reason <> details}

      nil ->
        %ArgumentError{}
    end
  end

  def normalize(:badarith, _stacktrace), do: %ArithmeticError{}

  def normalize(:system_limit, stacktrace) do
    case explain(:system_limit, stacktrace) do
      {nil, details} ->
        %SystemLimitError{
          message: "a system limit has been reached due to errors at the given arguments" <> details
        }

      {reason, details} ->
        %SystemLimitError{message: reason <> details}

      nil ->
        %SystemLimitError{}
    end
  end

  def normalize(:cond_clause, _stacktrace), do: %CondClauseError{}
  def normalize({:badarity, {fun, args}}, _stacktrace), do: %BadArityError{function: fun, args: args}
  def normalize({:badfun, term}, _stacktrace), do: %BadFunctionError{term: term}
  def normalize({:badstruct, struct, term}, _), do: %BadStructError{struct: struct, term: term}
  def normalize({:badmatch, term}, _stacktrace), do: %MatchError{term: term}
  def normalize({:badmap, term}, _stacktrace), do: %BadMapError{term: term}
  def normalize({:badbool, op, term}, _), do: %BadBooleanError{operator: op, term: term}
  def normalize({:case_clause, term}, _stacktrace), do: %CaseClauseError{term: term}
  def normalize({:else_clause, term}, _stacktrace), do: %WithClauseError{term: term}
  def normalize({:try_clause, term}, _stacktrace), do: %TryClauseError{term: term}

  def normalize({:badkey, key}, stacktrace) do
    term =
      case stacktrace do
        [{Map, fun, [map | _], _} | _] when fun in [:get_and_update!, :update!] -> map
        [{:maps, :update, [_, _, map], _} | _] -> map
        [{:maps, :get, [_, map], _} | _] -> map
        [{:erlang, :map_get, [_, map], _} | _] -> map
        _ -> nil
      end

    %KeyError{key: key, term: term}
  end

  def normalize({:badkey, key, map}, _stacktrace) when is_map(map),
    do: %KeyError{key: key, term: map}

  def normalize({:badkey, key, term}, _stacktrace) do
    message =
      "key #{inspect(key)} not found in: #{inspect(term, pretty: true, limit: :infinity)}\n\n" <>
        "If you are using the dot syntax, such as map.field, " <>
        "make sure the left-hand side of the dot is a map"

    %KeyError{key: key, term: term, message: message}
  end

  def normalize(:undef, stacktrace) do
    {module, function, arity} = called(stacktrace)
    %UndefinedFunctionError{module: module, function: function, arity: arity}
  end

  def normalize(:function_clause, stacktrace) do
    {module, function, arity} = called(stacktrace)
    %FunctionClauseError{module: module, function: function, arity: arity}
  end

  def normalize({:badarg, payload}, _stacktrace),
    do: %ArgumentError{message: "argument error: #{inspect(payload)}"}

  def normalize(other, stacktrace) do
    case explain(other, stacktrace) do
      {_, details} -> %ErlangError{original: other, reason: details}
      nil -> %ErlangError{original: other}
    end
  end

  defp called([{module, function, args, _} | _]) when is_list(args),
    do: {module, function, length(args)}

  defp called([{module, function, arity, _} | _]), do: {module, function, arity}
  defp called(_), do: {nil, nil, nil}

  defp bad_apply(module, function, _args)
       when is_map(module) and is_atom(function) and is_map_key(module, function) do
    "you attempted to apply a function named #{inspect(function)} on a map/struct. " <>
      "If you are using Kernel.apply/3, make sure the module is an atom. " <>
      if is_function(:maps.get(function, module)) do
        "If you are trying to invoke an anonymous function in a map/struct, " <>
          "add a dot between the function name and the parenthesis: map.#{function}.()"
      else
        "If you are using the dot syntax, ensure there are no parentheses " <>
          "after the field name, such as map.#{function}"
      end
  end

  defp bad_apply(module, function, []) when is_atom(function) do
    "you attempted to apply a function named #{inspect(function)} on #{inspect(module)}. " <>
      "If you are using Kernel.apply/3, make sure the module is an atom. " <>
      "If you are using the dot syntax, such as module.function(), " <>
      "make sure the left-hand side of the dot is an atom representing a module"
  end

  defp bad_apply(module, _function, _args) do
    "you attempted to apply a function on #{inspect(module)}. " <>
      "Modules (the first argument of apply) must always be an atom"
  end

  # Asks the module that the failed call names, or the one for builtins, which arguments are wrong.
  defp explain(reason, [{module, function, args, info} | rest]) do
    error_info = :proplists.get_value(:error_info, info, nil)
    builtin? = explained?(reason, module) and is_list(args)

    {by, fun} =
      cond do
        is_map(error_info) ->
          {Map.get(error_info, :module, module), Map.get(error_info, :function, :format_error)}

        builtin? ->
          {:erl_erts_errors, :format_error}

        true ->
          {nil, nil}
      end

    if by do
      error_info = Map.put(error_info || %{}, :pretty_printer, &inspect/1)
      entry = {module, function, args, [{:error_info, error_info} | List.wrap(info)]}

      extra =
        try do
          apply(by, fun, [reason, [entry | rest]])
        catch
          # Not `rescue`: that would normalize, and so explain, in turn.
          _, _ -> %{}
        end

      arity = if is_list(args), do: length(args), else: args
      describe(extra, for(n <- 1..arity//1, is_map_key(extra, n), do: {n, :maps.get(n, extra)}))
    end
  end

  defp explain(_reason, _stacktrace), do: nil

  defp explained?(:system_limit, module), do: module in [:atomics, :counters]
  defp explained?(reason, module), do: reason in [:badarg, :noproc] and :erl_erts_errors.explains(module)

  defp describe(extra, []) do
    case extra do
      %{general: general} -> {extra[:reason], ": " <> IO.chardata_to_string(general)}
      _ -> nil
    end
  end

  defp describe(extra, arguments) do
    lines =
      Enum.map_join(arguments, fn {n, text} ->
        "  * #{nth(n)} argument: #{IO.chardata_to_string(text)}\n"
      end)

    {extra[:reason], ":\n\n" <> lines}
  end

  defp nth(1), do: "1st"
  defp nth(2), do: "2nd"
  defp nth(3), do: "3rd"
  defp nth(n), do: "#{n}th"
end
