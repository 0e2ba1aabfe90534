IO.inspect({div(-7, 2), rem(-7, 2), Integer.floor_div(-7, 2), Integer.mod(-7, 2)})
# expect: {-3, -1, -4, 1}
big = Integer.pow(10, 30)
IO.inspect({div(-big, 7), rem(-big, 7)})
# expect: {-142857142857142857142857142857, -1}
