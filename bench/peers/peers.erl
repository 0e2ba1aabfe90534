%% Actor benchmarks on the real BEAM.  erl -noshell -run peers main CASE N
-module(peers).
-behaviour(gen_server).
-export([main/1, waiter/0, lastw/1, ponger/0, rnode/1, producer/2, consumer/2, quick/1]).
-export([init/1, handle_call/3, handle_cast/2]).
-export([xponger/0]).

main([Case, Ns]) ->
    N = list_to_integer(Ns),
    process_flag(priority, normal),
    %% each inner run happens in a fresh process, as a program would
    Run = fun(M) -> S = self(), {P, R} = spawn_monitor(fun() -> S ! {res, run(list_to_atom(Case), M)} end),
                    X = receive {res, V} -> V end, receive {'DOWN', R, process, P, _} -> ok end, X end,
    Inner = case Case of "spawn" -> 1; _ -> 3 end,
    _ = Run(max(1000, N div 10)),
    Rs = [begin garbage_collect(), Run(N) end || _ <- lists:seq(1, Inner)],
    Wall = med([W || {{W, _}, _, _} <- Rs]),
    Cpu = med([C || {{_, C}, _, _} <- Rs]),
    {_, Ops, Extra} = hd(Rs),
    io:format("{\"case\":\"~s\",\"n\":~b,\"ops\":~b,\"ns\":~.3f,\"cpu\":~.3f~s}~n",
              [Case, N, Ops, Wall / Ops, Cpu / Ops, Extra]),
    erlang:halt(0, [{flush, true}]).

%% wall ns and on-CPU ns (user + system, all threads of the VM), as one stamp
t() -> C = cpu(), {erlang:monotonic_time(nanosecond), C}.
cpu() ->
    {ok, Ts} = file:list_dir("/proc/self/task"),
    lists:sum([case file:read_file(["/proc/self/task/", T, "/schedstat"]) of
                   {ok, B} -> binary_to_integer(hd(binary:split(B, <<" ">>)));
                   _ -> 0
               end || T <- Ts]).
dt(T0) -> W = erlang:monotonic_time(nanosecond), C = cpu(), {W - element(1, T0), C - element(2, T0)}.
med(L) -> S = lists:sort(L), lists:nth((length(S) + 1) div 2, S).

rss() ->
    {ok, B} = file:read_file("/proc/self/statm"),
    [_, R | _] = string:lexemes(B, " "),
    binary_to_integer(R) * 4096.

%% (a) spawn N processes that sit in receive
waiter() -> receive stop -> ok end.
lastw(P) -> P ! ready, receive stop -> ok end.
run(spawn, N) ->
    garbage_collect(),
    M0 = erlang:memory(processes), R0 = rss(), T0 = t(),
    Ps = spawn_loop(N - 1, []),
    L = spawn(?MODULE, lastw, [self()]),
    receive ready -> ok end,
    D = dt(T0),
    M1 = erlang:memory(processes), R1 = rss(),
    [P ! stop || P <- [L | Ps]],
    wait_gone(L),
    {D, N, io_lib:format(",\"heap\":~.1f,\"rss\":~.1f", [(M1 - M0) / N, (R1 - R0) / N])};
%% (a2) spawn N processes which run and exit at once; all reaped
run(churn, N) ->
    T0 = t(),
    churn(N),
    {dt(T0), N, ""};
%% (b)
run(pingpong, N) ->
    P = spawn(?MODULE, ponger, []),
    T0 = t(),
    ping(P, N div 2),
    D = dt(T0),
    P ! stop,
    {D, N, ""};
%% ping-pong between two schedulers (needs +S 2:2)
run(xpingpong, N) ->
    Me = self(),
    P = spawn_opt(?MODULE, xponger, [], [{scheduler, 2}]),
    spawn_opt(fun() -> T0 = t(), ping(P, N div 2), Me ! {d, dt(T0)} end, [{scheduler, 1}]),
    D = receive {d, X} -> X end,
    P ! stop,
    {D, N, ""};
%% (c) ring of 1000, N hops in all
run(ring, N) ->
    Me = self(),
    First = lists:foldl(fun(_, Next) -> spawn(?MODULE, rnode, [Next]) end, Me, lists:seq(1, 999)),
    Rounds = N div 1000,
    T0 = t(),
    ring_main(First, Rounds),
    D = dt(T0),
    First ! stop,
    {D, Rounds * 1000, ""};
%% (d) gen_server:call
run(call, N) ->
    {ok, P} = gen_server:start(?MODULE, [], []),
    T0 = t(),
    call_loop(P, N),
    D = dt(T0),
    gen_server:stop(P),
    {D, N, ""};
%% (e)
run(fanin, N) ->
    Me = self(),
    Per = N div 100,
    T0 = t(),
    C = spawn(?MODULE, consumer, [Me, Per * 100]),
    [spawn(?MODULE, producer, [C, Per]) || _ <- lists:seq(1, 100)],
    receive all_done -> ok end,
    {dt(T0), Per * 100, ""};
%% raw reductions: small message copy to another heap is what term copying costs
run(selfsend, N) ->
    T0 = t(), selfsend(N), {dt(T0), N, ""}.

selfsend(0) -> ok;
selfsend(N) -> self() ! {ping, self(), N}, receive {ping, _, _} -> selfsend(N - 1) end.

spawn_loop(0, A) -> A;
spawn_loop(N, A) -> spawn_loop(N - 1, [spawn(?MODULE, waiter, []) | A]).

wait_gone(L) -> R = monitor(process, L), receive {'DOWN', R, _, _, _} -> ok end.

quick(_) -> ok.
churn(0) -> ok;
churn(N) when N > 1000 -> churn1(1000), churn(N - 1000);
churn(N) -> churn1(N).
churn1(N) ->
    [spawn(?MODULE, quick, [I]) || I <- lists:seq(1, N - 1)],
    {P, R} = spawn_monitor(?MODULE, quick, [0]),
    receive {'DOWN', R, process, P, _} -> ok end.

ping(_, 0) -> ok;
ping(P, N) -> P ! {ping, self(), N}, receive {pong, _, _} -> ping(P, N - 1) end.
ponger() -> receive {ping, F, N} -> F ! {pong, self(), N}, ponger(); stop -> ok end.
xponger() -> ponger().

rnode(Next) -> receive {token, _} = M -> Next ! M, rnode(Next); stop -> Next ! stop end.
ring_main(F, 0) -> F;
ring_main(F, N) -> F ! {token, N}, receive {token, _} -> ring_main(F, N - 1) end.

call_loop(_, 0) -> ok;
call_loop(P, N) -> N = gen_server:call(P, {get, N}), call_loop(P, N - 1).

producer(_, 0) -> ok;
producer(C, N) -> C ! {item, self(), N}, producer(C, N - 1).
consumer(M, 0) -> M ! all_done;
consumer(M, N) -> receive {item, _, _} -> consumer(M, N - 1) end.

init(_) -> {ok, 0}.
handle_call({get, I}, _F, S) -> {reply, I, S + 1}.
handle_cast(_, S) -> {noreply, S}.
