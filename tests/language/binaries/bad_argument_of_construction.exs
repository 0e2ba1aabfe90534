x = "text"
<<x::8>>
# expect error: ** (ArgumentError) construction of binary failed: segment 1 of type 'integer': expected an integer but got: "text"
