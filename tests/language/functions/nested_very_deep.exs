value = fn code -> elem(Code.eval_string(code), 0) end
repeat = &String.duplicate/2

IO.inspect(is_function(value.(repeat.("fn -> ", 1000) <> "1" <> repeat.(" end", 1000))))
# expect: true
IO.inspect(value.(repeat.("not ", 5000) <> "true"))
# expect: true
IO.inspect(value.("x = false; " <> repeat.("x || ", 3000) <> "x"))
# expect: false
