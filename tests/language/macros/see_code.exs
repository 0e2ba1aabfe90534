defmodule Show do
  defmacro show(expression) do
    text = Macro.to_string(expression)
    quote do: IO.puts("#{unquote(text)} = #{unquote(expression)}")
  end
end

defmodule UseShow do
  import Show
  def run, do: show(1 + 2 * 3)
end

UseShow.run()
# expect: 1 + 2 * 3 = 7
