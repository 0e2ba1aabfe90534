defmodule User do
  defstruct [:name, age: 18]
end

defmodule Use do
  def run do
    user = %User{name: "Bo"}
    IO.inspect(user)
    IO.inspect(%{user | age: 30})
    IO.inspect(is_struct(user, User))
  end
end

Use.run()
# expect: %User{name: "Bo", age: 18}
# expect: %User{name: "Bo", age: 30}
# expect: true
