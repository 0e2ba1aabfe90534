# Code that is evaluated is interpreted by Erlang, which knows one fun for each arity.
{none, _} = Code.eval_string("fn -> 1 end")
{one, _} = Code.eval_string("fn 1 -> 1 end")
{other, _} = Code.eval_string("fn 1 -> 2 end")
IO.inspect(none)
# expect: #Function<43.3316493/0 in :erl_eval.expr/6>
IO.inspect(one)
# expect: #Function<42.3316493/1 in :erl_eval.expr/6>
IO.inspect({one == one, one == other, Function.info(one, :name)})
# expect: {true, false, {:name, :"-expr/6-fun-3-"}}
try do
  one.(2)
rescue
  error -> IO.puts(Exception.message(error))
end
# expect: no function clause matching in :erl_eval."-inside-an-interpreted-fun-"/1
try do
  none.(1)
rescue
  error -> IO.puts(Exception.message(error))
end
# expect: #Function<43.3316493/0 in :erl_eval.expr/6> with arity 0 called with 1 argument (1)
