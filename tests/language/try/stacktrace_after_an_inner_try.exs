# `__STACKTRACE__` is that of the clause it stands in, after another `try` too.
outer = fn ->
  try do
    raise "a"
  rescue
    _ ->
      try do
        :ok
      catch
        _, _ -> __STACKTRACE__
      end

      __STACKTRACE__
  end
end

caught = fn ->
  try do
    throw(:a)
  catch
    :b ->
      __STACKTRACE__

    :a ->
      inner =
        try do
          exit(:b)
        catch
          :exit, _ -> __STACKTRACE__
        end

      {inner, __STACKTRACE__}
  end
end

IO.inspect(is_list(outer.()))
{inner, own} = caught.()
IO.inspect({is_list(inner), is_list(own), inner != own})
# expect: true
# expect: {true, true, true}
