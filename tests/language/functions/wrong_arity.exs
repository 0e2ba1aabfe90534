f = fn x -> x end
f.(1, 2)
# expect error: ** (BadArityError) #Function<...> with arity 1 called with 2 arguments (1, 2)
