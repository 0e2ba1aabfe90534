data = %{user: %{tags: [:a, :b]}}
IO.inspect(put_in(data.user[:name], "Ada"))
# expect: %{user: %{name: "Ada", tags: [:a, :b]}}
IO.inspect(update_in(data, [:user, :tags, Access.all()], &Atom.to_string/1))
# expect: %{user: %{tags: ["a", "b"]}}
IO.inspect(pop_in(data[:user][:tags]))
# expect: {[:a, :b], %{user: %{}}}
