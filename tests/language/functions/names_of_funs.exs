# The funs of a function are counted from 0, those inside of one before it; a comprehension's generators count as funs.
defmodule Names do
  def names(fun) do
    fun.()
  rescue
    _ -> IO.inspect(for {__MODULE__, name, _, _} <- __STACKTRACE__, do: name)
  end

  def one, do: names(fn -> raise "a" end)

  def two do
    names(fn -> raise "a" end)
    names(fn -> raise "b" end)
  end

  def nested do
    names(fn ->
      names(fn -> raise "a" end)
      raise "b"
    end)
  end

  def captured, do: names(fn -> [Enum.map([:a], &(&1 - 1))] end)
  def local, do: {&one/0, names(fn -> raise "a" end)}
  def remote, do: {&Enum.map/2, names(fn -> raise "a" end)}
  def clauses(x) when x > 1, do: names(fn -> raise "a" end)
  def clauses(_), do: names(fn -> raise "b" end)

  def generators(list) do
    for x <- list, y <- list, do: names(fn -> raise "#{x}#{y}" end)
    for <<byte <- "a">>, do: byte
    names(fn -> raise "a" end)
  end

  def refused do
    refuse = fn 1 -> Enum.map([1], fn x -> x end) end
    names(fn -> refuse.(2) end)
  end
end

# expect: [:"-one/0-fun-0-", :names]
Names.one()
# expect: [:"-two/0-fun-0-", :names, :two]
# expect: [:"-two/0-fun-1-", :names]
Names.two()
# expect: [:"-nested/0-fun-0-", :names, :"-nested/0-fun-1-", :names]
# expect: [:"-nested/0-fun-1-", :names]
Names.nested()
# expect: [:"-captured/0-fun-0-", :"-captured/0-fun-1-", :names]
Names.captured()
# expect: [:"-local/0-fun-0-", :names, :local]
Names.local()
# expect: [:"-remote/0-fun-0-", :names, :remote]
Names.remote()
# expect: [:"-clauses/1-fun-0-", :names]
Names.clauses(2)
# expect: [:"-clauses/1-fun-1-", :names]
Names.clauses(1)
# expect: [:"-generators/1-fun-0-", :names, :"-generators/1-fun-1-", :generators]
# expect: [:"-generators/1-fun-4-", :names]
Names.generators([1])
# expect: [:"-refused/0-fun-1-", :names]
Names.refused()
