task = Task.async(fn -> Process.sleep(:infinity) end)
IO.inspect(Task.yield(task, 10))
# expect: nil
IO.inspect(Task.shutdown(task, :brutal_kill))
# expect: nil
