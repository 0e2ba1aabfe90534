exit({:shutdown, :done})
# expect error: ** (exit) shutdown: :done
