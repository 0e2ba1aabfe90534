# A process begins by applying its function, so that one with arguments ends it; only `spawn_monitor` looks at them first.
wrong = fn x -> x end
Process.flag(:trap_exit, true)
pid = spawn_link(wrong)

receive do
  {:EXIT, ^pid, {{:badarity, {^wrong, args}}, _}} -> IO.inspect(args)
end

# expect: []

try do
  spawn_monitor(wrong)
rescue
  error -> IO.inspect(Exception.message(error))
end

# expect: "errors were found at the given arguments:\n\n  * 1st argument: not a fun\n"
