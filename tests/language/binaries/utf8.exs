<<c::utf8, rest::binary>> = "ñandú"
IO.inspect({c, rest})
# expect: {241, "andú"}
IO.inspect(<<"é"::utf16>>)
# expect: <<0, 233>>
