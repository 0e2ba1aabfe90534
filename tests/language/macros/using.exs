defmodule Counter do
  defmacro __using__(options) do
    quote do
      @start unquote(options[:from])
      def start, do: @start
      def next(n), do: n + 1
      defoverridable next: 1
    end
  end
end

defmodule ByTwo do
  use Counter, from: 10
  def next(n), do: super(super(n))
end

IO.inspect(ByTwo.start() |> ByTwo.next())
# expect: 12
