timer = Process.send_after(self(), :late, 1000)
Process.sleep(100)
left = Process.read_timer(timer)
IO.inspect(left > 700 and left <= 900)
# expect: true
