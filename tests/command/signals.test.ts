/** Signals of the operating system reach programs that ask for them. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { test } from "node:test";
import { beamlet } from "../support/command.ts";

/** A script that is running, and what it prints line by line. */
function start(script: string): { child: ChildProcess; line(): Promise<string>; ended: Promise<unknown> } {
  const child = spawn(process.execPath, [beamlet, "run", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = (async function* () {
    let text = "";
    for await (const chunk of child.stdout!) {
      text += chunk;
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
        yield text.slice(0, end);
        text = text.slice(end + 1);
      }
    }
  })();
  const ended = new Promise((resolve) => child.on("exit", (code, signal) => resolve(signal ?? code)));
  return { child, ended, line: async () => String((await lines.next()).value) };
}

test("System.trap_signal/3: the handler runs while all others wait; once it is taken away the signal is the host's", async () => {
  const { child, line, ended } = start(`
    main = self()
    {:ok, id} = System.trap_signal(:sigusr2, fn -> send(main, :caught); :ok end)
    {:error, :already_registered} = System.trap_signal(:sigusr2, id, fn -> :ok end)
    IO.puts("ready")
    receive do: (:caught -> IO.puts("caught"))
    :ok = System.untrap_signal(:sigusr2, id)
    {:error, :not_found} = System.untrap_signal(:sigusr2, id)
    IO.puts("given back")
    Process.sleep(60_000)
  `);
  assert.equal(await line(), "ready");
  child.kill("SIGUSR2");
  assert.equal(await line(), "caught");
  assert.equal(await line(), "given back");
  child.kill("SIGUSR2");
  assert.equal(await ended, "SIGUSR2");
});

test(":os.set_signal/2: handled by a manager of events, ignored, or left to the host", async () => {
  const { child, line, ended } = start(`
    defmodule Told do
      @behaviour :gen_event
      def init(main), do: {:ok, main}
      def handle_call(_request, main), do: {:ok, :ok, main}
      def handle_event(signal, main) do
        send(main, signal)
        {:ok, main}
      end
    end

    {:ok, _} = :gen_event.start({:local, :erl_signal_server})
    :ok = :gen_event.add_handler(:erl_signal_server, Told, self())
    :ok = :os.set_signal(:sighup, :handle)
    :ok = :os.set_signal(:sigterm, :ignore)
    IO.puts("ready")
    receive do: (signal -> IO.inspect(signal))
    :ok = :os.set_signal(:sigterm, :default)
    IO.puts("given back")
    Process.sleep(60_000)
  `);
  assert.equal(await line(), "ready");
  child.kill("SIGTERM");
  child.kill("SIGHUP");
  assert.equal(await line(), ":sighup");
  assert.equal(await line(), "given back");
  child.kill("SIGTERM");
  assert.equal(await ended, "SIGTERM");
});

test("a handler that fails is reported and not called again", async () => {
  const { child, line, ended } = start(`
    main = self()
    Logger.configure(level: :none)
    {:ok, _} = System.trap_signal(:sigusr2, fn -> raise "oops" end)
    {:ok, _} = System.trap_signal(:sigusr2, fn -> send(main, :second); :ok end)
    IO.puts("ready")
    for n <- 1..2, do: receive(do: (:second -> IO.puts(n)))
  `);
  assert.equal(await line(), "ready");
  child.kill("SIGUSR2");
  assert.equal(await line(), "1");
  child.kill("SIGUSR2");
  assert.equal(await line(), "2");
  assert.equal(await ended, 0);
});
