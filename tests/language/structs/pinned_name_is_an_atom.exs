name = "no module"

IO.inspect(
  case %{__struct__: "no module"} do
    %^name{} -> :struct
    _ -> :map
  end
)

# expect: :map
