defmodule Machine do
  defmodule Module do
    def name, do: "mine"
  end

  # Macros of Kernel still mean Elixir's Module, also within a module that comes after it.
  defmodule Part do
    def label, do: Module.name()
    defoverridable label: 0
    def label, do: super() <> "!"
  end
end

IO.puts(Machine.Part.label())

# expect: mine!
