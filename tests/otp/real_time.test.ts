/** Calls of servers in real time, where clients wait in place (`scheduler/place.ts`); the scripts beside this run in virtual time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "../support/command.ts";

const server = `
defmodule Server do
  use GenServer
  def init(state), do: {:ok, state}
  def handle_call({:show, pid}, _from, n), do: {:reply, Process.info(pid, :current_stacktrace), n}
  def handle_call(:kill, {pid, _}, n), do: (Process.exit(pid, :kill); {:reply, :ok, n})
  def handle_call(:crash, _from, _), do: exit(:crashed)
  def handle_call(:fail, _from, n) do
    trace = try do: String.to_integer("x" <> inspect(n)), rescue: (_ -> __STACKTRACE__)
    {:reply, trace, n}
  end
  def handle_call(:deep, _from, 0), do: {:reply, 0, 0}
  def handle_call(:deep, _from, n) do
    {:ok, pid} = GenServer.start(Server, n - 1)
    {:reply, GenServer.call(pid, :deep, :infinity) + 1, n}
  end
  def handle_call(:pass, {pid, _}, n), do: {:reply, send(pid, :passed), n}
  def handle_call(:never, _from, n), do: {:noreply, n}
end

defmodule Client do
  def show(server, pid), do: {shown(server, pid), :shown}
  defp shown(server, pid), do: {GenServer.call(server, {:show, pid}), :shown}

  def fail(server) do
    _ = GenServer.call(server, :pass)
    {String.to_integer("y" <> inspect(server)), :failed}
  end

  def trace(entries), do: for({m, f, a, _} <- entries, do: {m, f, if(is_list(a), do: length(a), else: a)})
end

{:ok, server} = GenServer.start(Server, 3)
Logger.configure(level: :none)
`;

function printed(program: string): string {
  const { stdout, stderr, status } = run(["eval", `${server}\n${program}\n:printed`]);
  assert.equal(status, 0, stderr);
  return stdout.replace("\n:printed\n", "");
}

test("a server sees the calls of its client", () => {
  const trace = printed(`
    {{{:current_stacktrace, trace}, _}, _} = Client.show(server, self())
    IO.inspect(Enum.take(Client.trace(trace), 4))`);
  assert.equal(
    trace,
    "[\n  {:gen, :do_call, 4},\n  {GenServer, :call, 3},\n  {Client, :shown, 2},\n  {Client, :show, 2}\n]",
  );
});

test("a server, and who goes on after a call, fail with calls of their own only", () => {
  const traces = printed(`
    IO.inspect(Client.trace(GenServer.call(server, :fail)))
    try do
      Client.fail(server)
    rescue
      _ -> IO.inspect(Enum.take(Client.trace(__STACKTRACE__), 2))
    end`);
  assert.equal(
    traces,
    `[
  {:erlang, :binary_to_integer, 1},
  {Server, :handle_call, 3},
  {:gen_server, :try_handle_call, 4},
  {:gen_server, :handle_call, 5},
  {:proc_lib, :init_p_do_apply, 3}
]
[{:erlang, :binary_to_integer, 1}, {Client, :fail, 1}]`,
  );
});

test("clients that are killed, whose server crashes, or for whom it takes too long", () => {
  const reasons = printed(`
    for call <- [:kill, :crash, :never] do
      {:ok, server} = GenServer.start(Server, 0)
      {_, ref} = spawn_monitor(fn -> GenServer.call(server, call, 20) end)
      receive do: ({:DOWN, ^ref, _, _, reason} -> IO.inspect(if is_tuple(reason), do: elem(reason, 0), else: reason))
    end`);
  assert.equal(reasons, ":killed\n:crashed\n:timeout");
});

test("a call in a call in a call", () => {
  assert.equal(
    printed(`
      {:ok, deep} = GenServer.start(Server, 20_000)
      IO.inspect(GenServer.call(deep, :deep, :infinity))`),
    "20000",
  );
});

test("who looks on at a client that calls without end sees each time that it calls", () => {
  const seen = printed(`
    client = spawn(fn -> Enum.each(Stream.cycle([1]), fn _ -> GenServer.call(server, :pass) end) end)
    traces =
      for _ <- 1..50 do
        receive do: (:never -> :ok), after: (1 -> :ok)
        {:current_stacktrace, trace} = Process.info(client, :current_stacktrace)
        Enum.any?(trace, fn {module, _, _, _} -> module in [Enum, Stream] end)
      end
    IO.inspect(Enum.uniq(traces))`);
  assert.equal(seen, "[true]");
});
