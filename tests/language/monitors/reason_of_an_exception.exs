:logger.set_primary_config(:level, :none)
{_, monitor} = spawn_monitor(fn -> raise "oops" end)

receive do
  {:DOWN, ^monitor, :process, _, {exception, stacktrace}} ->
    IO.inspect({exception, is_list(stacktrace)})
end

# expect: {%RuntimeError{message: "oops"}, true}
