"GET " <> path = "GET /index"
IO.puts(path)
# expect: /index
