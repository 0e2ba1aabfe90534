before = System.monotonic_time(:millisecond)
Process.sleep(50)
IO.inspect(System.monotonic_time(:millisecond) - before >= 50)
# expect: true
