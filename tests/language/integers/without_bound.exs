IO.inspect(Enum.product(1..25))
# expect: 15511210043330985984000000
IO.inspect(Integer.pow(2, 100) - Integer.pow(2, 100) + 1)
# expect: 1
