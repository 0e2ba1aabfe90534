args = [1, 2]
IO.puts(Macro.to_string(quote do: f(0, unquote_splicing(args), 3)))
# expect: f(0, 1, 2, 3)
IO.inspect(quote do: 1 + unquote(5))
# expect: {:+, [context: Elixir, imports: [{1, Kernel}, {2, Kernel}]], [1, 5]}
