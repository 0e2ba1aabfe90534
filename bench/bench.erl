%% The rows of bench.ex in Erlang, for the real BEAM.
-module(bench).
-export([main/1, init/1, handle_call/3, handle_cast/2]).
-behaviour(gen_server).

main([Row, Rounds]) ->
    Expected = warm_up(Row, erlang:monotonic_time(millisecond) + 500),
    N = list_to_integer(Rounds),
    Times = [begin {Time, Expected} = run(Row), Time end || _ <- lists:seq(1, N)],
    Median = lists:nth(N div 2 + 1, lists:sort(Times)),
    io:format("~s ~b ~p~n", [Row, Median div 1000, Expected]),
    halt().

warm_up(Row, Until) ->
    {_, Result} = run(Row),
    case erlang:monotonic_time(millisecond) < Until of
        true -> warm_up(Row, Until);
        false -> Result
    end.

run(Row) ->
    Me = self(),
    spawn(fun() ->
        Start = erlang:monotonic_time(nanosecond),
        Result = row(Row),
        Me ! {measured, erlang:monotonic_time(nanosecond) - Start, Result}
    end),
    receive {measured, Time, Result} -> {Time, Result} end.

row("fib") -> fib(30);
row("tak") -> tak_times(60, 0);
row("mutual") -> even(10000000);
row("list_build") -> length(build(1000000, []));
row("list_body") -> hd(increment(build(1000000, [])));
row("list_map") -> hd(lists:map(fun(X) -> X + 1 end, build(1000000, [])));
row("list_reduce") -> reduce(build(1000000, []), 0, fun(X, Acc) -> X + Acc end);
row("ring") ->
    First = self(),
    Last = lists:foldl(fun(_, Next) -> spawn(fun() -> ring_node(Next) end) end, First, lists:seq(2, 1000)),
    Last ! {token, 100000},
    ring_node(Last),
    ok;
row("ping_pong") ->
    Pong = spawn(fun pong/0),
    ping(100000, Pong),
    Pong ! stop;
row("gen_call") ->
    {ok, Pid} = gen_server:start(?MODULE, 0, []),
    Result = calls(50000, Pid),
    gen_server:stop(Pid),
    Result;
row("spawn_many") ->
    Pids = spawn_waiting(200000, []),
    lists:foreach(fun(Pid) -> Pid ! stop end, Pids),
    length(Pids);
row("map_update") ->
    update(200000, maps:from_list([{N, N} || N <- lists:seq(0, 999)]), 0);
row("raise_rescue") -> raising(50000, 0);
row("binary_build") -> byte_size(binary(200000, <<>>));
row("enum_pipeline") ->
    lists:foldl(fun(X, Sum) -> X + Sum end, 0,
                lists:filter(fun(X) -> X rem 2 == 0 end,
                             lists:map(fun(X) -> X * 3 end, lists:seq(1, 100000))));
row("string_build") -> byte_size(interpolated(50000, []));
row("map_build") -> map_size(maps:from_list(lists:map(fun(X) -> {X, X} end, scattered(50000))));
row("map_read") ->
    Keys = scattered(10000),
    Map = maps:from_list(lists:map(fun(X) -> {X, 1} end, Keys)),
    Read = fun(Key, Sum) -> maps:get(Key, Map) + Sum end,
    lists:foldl(fun(_, Sum) -> lists:foldl(Read, Sum, Keys) end, 0, lists:seq(1, 5));
row("sort") -> hd(lists:sort(scattered(100000)));
row("sort_by") ->
    {First, _} = hd(lists:keysort(2, lists:map(fun(X) -> {X, -X} end, scattered(50000)))),
    First;
row("ets") ->
    Table = ets:new(bench, [set]),
    Keys = scattered(20000),
    lists:foreach(fun(Key) -> ets:insert(Table, {Key, Key}) end, Keys),
    Sum = lists:foldl(fun(Key, Sum) -> Sum + ets:lookup_element(Table, Key, 2) end, 0, Keys),
    ets:delete(Table),
    Sum rem 1000003;
row("mailbox") ->
    Me = self(),
    lists:foreach(fun(N) -> Me ! {message, N} end, lists:seq(1, 200000)),
    lists:foreach(fun(_) -> answered() end, lists:seq(1, 1000)),
    drain(200000);
row("deep") -> sum_to(1000000);
row("byte_loop") -> bytes(binary:copy(<<"a line of text\n">>, 20000), 0);
row("utf8_loop") -> characters(binary:copy(<<"a liné öf text\n"/utf8>>, 20000), 0);
row("byte_words") -> length(words(binary:copy(<<"a line of text\n">>, 20000), <<>>, []));
row("byte_append") -> byte_size(append(200000, <<>>));
row("byte_for") ->
    Bin = binary:copy(<<"a line of text\n">>, 20000),
    length([B + 1 || <<B>> <= Bin]);
row("map_update_fun") ->
    Keys = lists:map(fun(X) -> X rem 500 end, scattered(50000)),
    Count = fun(Key, Counts) -> maps:update_with(Key, fun(N) -> N + 1 end, 1, Counts) end,
    maps:get(7, lists:foldl(Count, #{}, Keys));
row("tuple_keys") ->
    Grid = maps:from_list([{{X, Y}, X * Y} || X <- lists:seq(1, 100), Y <- lists:seq(1, 100)]),
    neighbours(Grid, 100, 100, 0);
row("atom_keys") -> atom_maps(20000, 0);
row("products") -> squares(100000, 123456789);
row("number_list") -> number_lists(25, 0).

neighbours(_, 0, _, Sum) -> Sum;
neighbours(Grid, X, 0, Sum) -> neighbours(Grid, X - 1, 100, Sum);
neighbours(Grid, X, Y, Sum) ->
    #{{X, Y} := Here} = Grid,
    Right = maps:get({X + 1, Y}, Grid, 0),
    Below = maps:get({X, Y + 1}, Grid, 0),
    neighbours(Grid#{{X, Y} := Here + 1}, X, Y - 1, (Sum + Here + Right + Below) rem 1000003).

atom_maps(0, Sum) -> Sum;
atom_maps(N, Sum) ->
    Pairs = [{name, N}, {age, 1}, {city, 2}, {country, 3}, {email, 4}, {active, true}],
    Map = maps:from_list(Pairs),
    atom_maps(N - 1, (Sum + maps:get(name, Map)) rem 1000003).

squares(0, X) -> X;
squares(N, X) -> squares(N - 1, (X * X + N) rem 1000000007).

number_lists(0, Sum) -> Sum;
number_lists(N, Sum) -> number_lists(N - 1, Sum + length(build(40000, []))).

bytes(<<B, Rest/binary>>, Sum) -> bytes(Rest, Sum + B);
bytes(<<>>, Sum) -> Sum.

characters(<<C/utf8, Rest/binary>>, Sum) -> characters(Rest, Sum + C);
characters(<<>>, Sum) -> Sum.

words(<<$\s, Rest/binary>>, Word, Words) -> words(Rest, <<>>, [Word | Words]);
words(<<$\n, Rest/binary>>, Word, Words) -> words(Rest, <<>>, [Word | Words]);
words(<<C, Rest/binary>>, Word, Words) -> words(Rest, <<Word/binary, C>>, Words);
words(<<>>, Word, Words) -> [Word | Words].

append(0, Acc) -> Acc;
append(N, Acc) -> append(N - 1, <<Acc/binary, (N rem 256)>>).

fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).

tak_times(0, Result) -> Result;
tak_times(N, _) -> tak_times(N - 1, tak(18, 12, 6)).

tak(X, Y, Z) when Y >= X -> Z;
tak(X, Y, Z) -> tak(tak(X - 1, Y, Z), tak(Y - 1, Z, X), tak(Z - 1, X, Y)).

even(0) -> true;
even(N) -> odd(N - 1).
odd(0) -> false;
odd(N) -> even(N - 1).

build(0, Acc) -> Acc;
build(N, Acc) -> build(N - 1, [N | Acc]).

increment([X | Rest]) -> [X + 1 | increment(Rest)];
increment([]) -> [].

reduce([X | Rest], Acc, Fun) -> reduce(Rest, Fun(X, Acc), Fun);
reduce([], Acc, _) -> Acc.

ring_node(Next) ->
    receive
        {token, 0} -> Next ! stop;
        {token, N} -> Next ! {token, N - 1}, ring_node(Next);
        stop -> Next ! stop
    end.

ping(0, _) -> ok;
ping(N, Pong) ->
    Pong ! {ping, self()},
    receive {pong, Pong} -> ping(N - 1, Pong) end.

pong() ->
    receive
        {ping, From} -> From ! {pong, self()}, pong();
        stop -> ok
    end.

calls(1, Pid) -> gen_server:call(Pid, increment);
calls(N, Pid) -> gen_server:call(Pid, increment), calls(N - 1, Pid).

init(Count) -> {ok, Count}.
handle_call(increment, _From, Count) -> {reply, Count + 1, Count + 1}.
handle_cast(_, Count) -> {noreply, Count}.

spawn_waiting(0, Pids) -> Pids;
spawn_waiting(N, Pids) -> spawn_waiting(N - 1, [spawn(fun wait_for_stop/0) | Pids]).

wait_for_stop() -> receive stop -> ok end.

update(0, _, Sum) -> Sum;
update(N, Map, Sum) ->
    Key = (N * 7919) rem 1000,
    #{Key := Value} = Map,
    update(N - 1, Map#{Key := N}, (Sum + Value) rem 1000003).

raising(0, Caught) -> Caught;
raising(N, Caught) ->
    One = try deep(3) catch error:#{'__struct__' := 'Elixir.ArgumentError'} -> 1 end,
    raising(N - 1, Caught + One).

deep(0) ->
    error(#{'__struct__' => 'Elixir.ArgumentError', '__exception__' => true, message => <<"argument error">>});
deep(N) -> deep(N - 1) + 1.

interpolated(0, Acc) -> iolist_to_binary(Acc);
interpolated(N, Acc) ->
    Number = integer_to_binary(N),
    interpolated(N - 1, [Acc, <<"line ", Number/binary, "\n">>]).

scattered(N) -> scattered(N, 1, []).
scattered(0, _, Acc) -> Acc;
scattered(N, X, Acc) -> scattered(N - 1, (X * 48271) rem 2147483647, [X | Acc]).

answered() ->
    Reference = make_ref(),
    self() ! {answer, Reference},
    receive {answer, Reference} -> ok end.

drain(0) -> ok;
drain(N) -> receive {message, _} -> drain(N - 1) end.

sum_to(0) -> 0;
sum_to(N) -> N + sum_to(N - 1).

binary(0, Acc) -> Acc;
binary(N, Acc) -> binary(N - 1, <<Acc/binary, "ab">>).
