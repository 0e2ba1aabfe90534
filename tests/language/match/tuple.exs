{a, {b, _}} = {1, {2, 3}}
IO.inspect({a, b})
# expect: {1, 2}
