# A pid of another node, as it arrives from there: it keeps its node, also on its way back.
bytes = <<131, 88, 100, 0, 15, "office@building", 7::32, 0::32, 1::32>>
pid = :erlang.binary_to_term(bytes)

IO.inspect({is_pid(pid), node(pid), node(self())})
IO.inspect(:erlang.term_to_binary(pid) == bytes)

# Each life of a node has processes of its own.
reborn = :erlang.binary_to_term(<<131, 88, 100, 0, 15, "office@building", 7::32, 0::32, 2::32>>)
IO.inspect(pid == reborn)

# expect: {true, :office@building, :nonode@nohost}
# expect: true
# expect: false
