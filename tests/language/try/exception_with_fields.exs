defmodule Limit do
  defexception [:used, message: "too much"]
end

try do
  raise Limit, used: 3
rescue
  e in Limit -> IO.inspect({e.used, Exception.message(e)})
end

# expect: {3, "too much"}
raise Limit
# expect error: ** (Limit) too much
