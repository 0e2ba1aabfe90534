tasks = for ms <- [30, 10, 20], do: Task.async(fn -> Process.sleep(ms) && ms end)
IO.inspect(Task.await_many(tasks))
# expect: [30, 10, 20]
IO.inspect(Enum.to_list(Task.async_stream(1..3, &(&1 * &1))))
# expect: [ok: 1, ok: 4, ok: 9]
