div(1, 0)
# expect error: ** (ArithmeticError) bad argument in arithmetic expression: div(1, 0)
