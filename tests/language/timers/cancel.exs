timer = Process.send_after(self(), :late, 1000)
left = Process.cancel_timer(timer)
IO.inspect(left > 900 and left <= 1000)
# expect: true
IO.inspect(Process.cancel_timer(timer))
# expect: false
