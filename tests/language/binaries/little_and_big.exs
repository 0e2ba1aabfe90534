IO.inspect(<<258::16-little, 258::16-big>>)
# expect: <<2, 1, 1, 2>>
<<n::24-little>> = <<1, 2, 3>>
IO.inspect(n)
# expect: 197121
