f = :nope
f.()
# expect error: ** (BadFunctionError) expected a function, got: :nope
