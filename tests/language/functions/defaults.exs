defmodule Greet do
  def hello(name \\ "you", mark \\ "!"), do: "hello #{name}#{mark}"
end

IO.puts(Greet.hello())
# expect: hello you!
IO.puts(Greet.hello("me"))
# expect: hello me!
IO.puts(Greet.hello("me", "?"))
# expect: hello me?
IO.inspect(Greet.__info__(:functions))
# expect: [hello: 0, hello: 1, hello: 2]
