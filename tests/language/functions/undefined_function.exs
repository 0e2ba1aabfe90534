String.no_such_function("a")
# expect error: ** (UndefinedFunctionError) function String.no_such_function/1 is undefined or private
