defmodule Retry do
  def run(0), do: :done

  def run(n) do
    try do
      if rem(n, 2) == 0, do: throw(:even)
      :odd
    catch
      :even -> :caught
    end

    run(n - 1)
  end
end

IO.inspect(Retry.run(10_000))
# expect: :done
