# Prints the functions of the modules that are named, by their arities: `{"Enum": {"1": ["all?", "any?"], "2": …}, …}`.
own = [module_info: 0, module_info: 1, __info__: 1, behaviour_info: 1]

library =
  for name <- System.argv(), {module, _} = Code.eval_string(name), Code.ensure_loaded?(module), into: %{} do
    functions =
      for {function, arity} <- Enum.sort(module.module_info(:exports)),
          {function, arity} not in own,
          text = Atom.to_string(function),
          text =~ ~r/^[a-z]\w*[?!]?$/,
          do: {arity, text}

    {name, Enum.group_by(functions, &elem(&1, 0), &elem(&1, 1))}
  end

IO.puts(JSON.encode!(library))
