# Records what the real Elixir makes of the programs beside this file: the expanded definitions, and what each
# function `t_…/0` returns, raises, throws or exits with.
#
#     elixir record.exs        writes NAME.txt for each NAME.ex
defmodule Record do
  defmacro __before_compile__(env) do
    definitions =
      for definition <- Module.definitions_in(env.module) do
        {:v1, kind, meta, clauses} = Module.get_definition(env.module, definition)
        {definition, kind, meta, clauses}
      end

    :persistent_term.put({:definitions, env.module}, definitions)
    nil
  end

  def text(term) do
    inspect(term, limit: :infinity, printable_limit: :infinity, structs: false, charlists: :as_lists, width: :infinity)
  end

  def outcome(module, name) do
    {:value, apply(module, name, [])}
  catch
    kind, reason -> {kind, reason}
  end
end

for file <- Path.wildcard("*.ex") do
  lines =
    for {module, _} <- Code.compile_file(file) do
      definitions = :persistent_term.get({:definitions, module})
      tests = for {{name, 0}, _, _, _} <- definitions, String.starts_with?(to_string(name), "t_"), do: name
      outcomes = for name <- Enum.sort(tests), do: {name, Record.outcome(module, name)}
      Record.text({module, definitions, outcomes})
    end

  File.write!(Path.rootname(file) <> ".txt", Enum.join(lines, "\n") <> "\n")
end
