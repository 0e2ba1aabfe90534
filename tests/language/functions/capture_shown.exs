IO.inspect(&String.upcase/1)
# expect: &String.upcase/1
