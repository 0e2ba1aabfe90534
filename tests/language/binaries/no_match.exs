<<_::16>> = <<1>>
# expect error: ** (MatchError) no match of right hand side value: <<1>>
