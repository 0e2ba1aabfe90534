throw(:nobody)
# expect error: ** (throw) :nobody
