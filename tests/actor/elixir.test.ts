/** TypeScript and Elixir in one system: what is called, what is sent, how values are mapped. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";

const dist = process.env.BEAMLET_DIST ?? resolve(import.meta.dirname, "../../packages/runtime/dist");
type Core = typeof import("../../packages/runtime/src/index.ts");
type Elixir = typeof import("../../packages/runtime/src/elixir.ts");
const {
  Agent,
  call,
  cast,
  createSystem,
  Down,
  exit,
  GenServer,
  isPid,
  monitor,
  receive,
  reply,
  run,
  self,
  send,
  spawn,
  Supervisor,
  untilExit,
  evaluate,
}: Core = await import(pathToFileURL(join(dist, "index.js")).href);
const { atom, callElixir, ElixirError, elixirModule, float, loadModule, tuple }: Elixir = await import(
  pathToFileURL(join(dist, "elixir.js")).href
);

test("Elixir text is evaluated, with values for its variables", async () => {
  assert.equal(await evaluate("1 + 1"), 2);
  assert.deepEqual(await evaluate("Enum.map(list, & &1 * 2)", { bindings: { list: [1, 2, 3] } }), [2, 4, 6]);
});

test("what has no counterpart is shown in a console as inspect shows it", async () => {
  for (const text of [
    "fn x -> x end",
    "&String.upcase/1",
    "make_ref()",
    "self()",
    ":ok",
    "<<1, 5::size(3)>>",
    "[1 | 2]",
    "Task.async(fn -> nil end).ref",
  ]) {
    const [value, shown] = (await evaluate(`value = ${text}; [value, inspect(value)]`)) as [unknown, string];
    assert.equal(inspect(value), shown);
  }
});

const mapped: [string, unknown][] = [
  ["1", 1],
  ["2.5", 2.5],
  ["123456789012345678901234567890", 123456789012345678901234567890n],
  ["true", true],
  ["nil", null],
  [":ok", atom("ok")],
  ["String", atom("Elixir.String")],
  [`"grüße"`, "grüße"],
  ["<<255, 0>>", new Uint8Array([255, 0])],
  ["[1, [2, []]]", [1, [2, []]]],
  [`{:ok, "x"}`, tuple(atom("ok"), "x")],
  ["{}", tuple()],
  ["%{a: 1, b: %{c: nil}}", { a: 1, b: { c: null } }],
  [
    `%{"key" => 1, 2 => :two}`,
    new Map<unknown, unknown>([
      ["key", 1],
      [2, atom("two")],
    ]),
  ],
  ["MapSet.new([1, :a])", new Set([1, atom("a")])],
  ["~U[2024-02-03 04:05:06.789Z]", new Date("2024-02-03T04:05:06.789Z")],
];

for (const [source, value] of mapped) {
  test(`${source} is mapped in both directions`, async () => {
    assert.deepEqual(await evaluate(source), value);
    assert.equal(await evaluate(`value === (${source})`, { bindings: { value } }), true);
  });
}

test("what has no counterpart passes unchanged: funs, references, improper lists", async () => {
  for (const source of ["make_ref()", "[1 | 2]", "<<1::3>>", "fn x -> x end"]) {
    const value = await evaluate(source);
    assert.equal(await evaluate("value", { bindings: { value } }), value, source);
  }
});

test("whole numbers are integers, unless float says otherwise; undefined is nil", async () => {
  const shown = (value: unknown) => evaluate("inspect(value)", { bindings: { value } });
  assert.equal(await shown(1), "1");
  assert.equal(await shown(-0), "0");
  assert.equal(await shown(float(1)), "1.0");
  assert.equal(await shown(1e300), "1.0e300");
  assert.equal(await shown(undefined), "nil");
  assert.equal(await shown({ a: undefined }), "%{a: nil}");
});

test("an error of JavaScript is an exception there, an exception an error here", async () => {
  assert.equal(
    await evaluate("inspect(error)", { bindings: { error: new TypeError("no") } }),
    '%RuntimeError{message: "TypeError: no"}',
  );
  await assert.rejects(evaluate('raise ArgumentError, "bad"'), (error) => {
    assert.ok(error instanceof ElixirError);
    assert.equal(error.kind, "error");
    assert.equal(error.message, "(ArgumentError) bad");
    assert.equal((error.value as { message: string }).message, "bad");
    assert.match(error.stack ?? "", /nofile:1: \(file\)/);
    return true;
  });
  await assert.rejects(evaluate("throw(:x)"), { kind: "throw", value: atom("x") });
  await assert.rejects(evaluate("exit(:bye)"), { kind: "exit", value: atom("bye") });
  await assert.rejects(evaluate("1 +"), /TokenMissingError/);
  await assert.rejects(evaluate(5 as never), /evaluate takes a text of Elixir, not 5/);
  assert.throws(() => loadModule(undefined as never), /loadModule takes a path or a URL, not undefined/);
  await assert.rejects(
    evaluate("f.()", { bindings: { f: () => 1 } }),
    /the function f has no counterpart in Elixir/,
  );
  await assert.rejects(evaluate("x", { bindings: { x: NaN } }), /NaN has no counterpart in Elixir/);
  const cycle: unknown[] = [];
  cycle.push(cycle);
  await assert.rejects(evaluate("x", { bindings: { x: cycle } }), {
    name: "TypeError",
    message: "an object has no counterpart in Elixir: it holds itself, or is too deep",
  });
});

test("functions of modules are called like methods", async () => {
  const Enum = elixirModule("Enum");
  assert.equal(await Enum.sum([1, 2, 3]), 6);
  assert.equal(await Enum["member?"]([1], 2), false);
  assert.deepEqual(await elixirModule("lists").reverse([1, 2]), [2, 1]);
  await assert.rejects(
    Enum.nothing(),
    /\(UndefinedFunctionError\) function Enum.nothing\/0 is undefined or private/,
  );
});

test("a function of Elixir is called from TypeScript", async () => {
  assert.equal(await callElixir(await evaluate(`&(&1 <> "!")`), "hi"), "hi!");
  await assert.rejects(
    async () => callElixir(await evaluate("fn -> 1 end"), 1),
    /this function takes 0 arguments/,
  );
});

test("a module is loaded from a file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "beamlet-"));
  try {
    const path = join(folder, "greeter.ex");
    writeFileSync(path, 'defmodule Greeter do\n  def hello(name), do: "hello #{name}"\nend\n');
    const Greeter = await loadModule(pathToFileURL(path));
    assert.equal(await Greeter.hello("Ada"), "hello Ada");
    await assert.rejects(loadModule(join(folder, "none.ex")), /none.ex/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("Elixir runs in the process that calls it", () =>
  run(function* () {
    assert.equal(yield* evaluate("self()"), self());
    // It receives what is sent to that process, before and while it runs.
    send(self(), { early: true });
    assert.equal(yield* evaluate("send(self(), :late); receive do :late -> 1 end"), 1);
    assert.deepEqual(yield* receive(), { early: true });
  }));

test("processes of both languages send to each other", () =>
  run(function* () {
    const echo = yield* evaluate(`spawn(fn ->
      receive do {from, text} -> send(from, {:echo, String.upcase(text)}) end
    end)`);
    assert.ok(isPid(echo));
    send(echo, tuple(self(), "hello"));
    assert.deepEqual(yield* receive(), tuple(atom("echo"), "HELLO"));

    const doubler = spawn(function* () {
      const [from, n] = yield* receive<readonly [any, number]>();
      send(from, { doubled: n * 2 });
    });
    const source = "send(pid, {self(), 21}); receive do %{doubled: n} -> n end";
    assert.equal(yield* evaluate(source, { bindings: { pid: doubler } }), 42);
  }));

test("a server in TypeScript answers GenServer.call, and tools of Elixir", async () => {
  const counter = await GenServer.start(
    {
      init: (n: number) => ({ state: n }),
      handleCall: (request: { by: number }, _from, n: number) => ({
        reply: n + request.by,
        state: n + request.by,
      }),
      handleCast: (_: unknown, _n) => ({ state: 0 }),
    },
    10,
    { name: "counter" },
  );
  assert.equal(await evaluate("GenServer.call(:counter, %{by: 5})"), 15);
  assert.equal(await evaluate(":sys.get_state(:counter)"), 15);
  assert.equal(await evaluate("GenServer.cast(:counter, :reset); :sys.get_state(:counter)"), 0);
  assert.deepEqual(await evaluate("GenServer.stop(pid)", { bindings: { pid: counter } }), atom("ok"));
  assert.equal(
    await evaluate(`try do GenServer.call(:gone, 1) catch :exit, reason -> inspect(reason) end`),
    "{:noproc, {GenServer, :call, [:gone, 1, 5000]}}",
  );
});

test("a server in Elixir answers call", async () => {
  const stack = await evaluate(`
    defmodule ElixirStack do
      use GenServer
      def init(items), do: {:ok, items}
      def handle_call({:push, item}, _from, items), do: {:reply, length(items) + 1, [item | items]}
      def handle_call(:wait, _from, items), do: {:noreply, items}
      def handle_cast(:clear, _items), do: {:noreply, []}
    end
    {:ok, pid} = GenServer.start(ElixirStack, [])
    pid`);
  assert.equal(await call(stack, tuple(atom("push"), "a")), 1);
  cast(stack, atom("clear"));
  assert.equal(await call(stack, tuple(atom("push"), "b")), 1);
  await assert.rejects(async () => await call(stack, atom("wait"), 10), { reason: "timeout" });
  await GenServer.stop(stack);
  assert.equal(await untilExit(stack), "noproc");
});

test("a link, a monitor and an exit reason mean the same on both sides", () =>
  run(function* () {
    const pid = yield* evaluate("spawn(fn -> receive do :go -> exit({:shutdown, :done}) end end)");
    monitor(pid);
    send(pid, atom("go"));
    const down = yield* receive<InstanceType<typeof Down>>();
    assert.deepEqual(down.reason, { shutdown: "done" });

    const mine = spawn(function* () {
      yield* receive();
      exit({ shutdown: "moved" });
    });
    const source = `ref = Process.monitor(pid); send(pid, 1); receive do {:DOWN, ^ref, _, _, reason} -> inspect(reason) end`;
    assert.equal(yield* evaluate(source, { bindings: { pid: mine } }), "{:shutdown, :moved}");
  }));

test("an exception that ends a process of Elixir is an error to who watches it", () =>
  run(function* () {
    const pid = yield* evaluate(`Logger.configure(level: :none)
      spawn(fn -> receive do :go -> raise "boom" end end)`);
    monitor(pid);
    send(pid, atom("go"));
    const { reason } = yield* receive<InstanceType<typeof Down>>();
    assert.ok(reason instanceof ElixirError);
    assert.equal(reason.message, "(RuntimeError) boom");
    yield* evaluate("Logger.configure(level: :debug)");
  }));

test("a supervisor in TypeScript answers Elixir's Supervisor; one of Elixir supervises beside it", async () => {
  const supervisor = await Supervisor.start([
    GenServer.child({ init: () => ({ state: 1 }) }, undefined, { name: "kid", id: "kid" }),
  ]);
  const bindings = { supervisor };
  assert.equal(
    await evaluate(
      `[{"kid", pid, :worker, []}] = Supervisor.which_children(supervisor); pid == Process.whereis(:kid)`,
      { bindings },
    ),
    true,
  );
  assert.deepEqual(await evaluate("Supervisor.count_children(supervisor)", { bindings }), {
    active: 1,
    specs: 1,
    supervisors: 0,
    workers: 1,
  });
  assert.deepEqual(await evaluate(`Supervisor.terminate_child(supervisor, "kid")`, { bindings }), atom("ok"));
  await GenServer.stop(supervisor);
});

test("a call with functions in it, of an agent or of a supervisor, fails as others do", async () => {
  const agent = await Agent.start(() => 1);
  await Agent.stop(agent);
  await assert.rejects(
    Agent.get(agent, (state) => state),
    { name: "ExitError", reason: "noproc" },
  );
  const spec = { id: "a", start: () => spawn(function* () {}) };
  await assert.rejects(Supervisor.startChild("nobody", spec), { name: "ExitError", reason: "noproc" });
});

test("a process of another system is no value for Elixir, and its processes none for other systems", async () => {
  using far = createSystem({ manual: true });
  const pid = far.enter(() => spawn(function* () {}));
  const bindings = { pid };
  await assert.rejects(evaluate("send(pid, 1)", { bindings }), { message: `${pid} is of another system` });
  const mine = await evaluate("spawn(fn -> receive do _ -> :ok end end)");
  const thrown: unknown[] = [];
  far.enter(() =>
    spawn(function* () {
      try {
        send(mine, 1);
      } catch (error) {
        thrown.push((error as Error).message);
      }
    }),
  );
  far.settle();
  assert.deepEqual(thrown, [`${mine} is of another system`]);
  exit(mine, "kill");
});

test("a caller that is sent on is answered by whoever has got it", async () => {
  const worker = spawn(function* () {
    reply(yield* receive(), "done");
  });
  const server = await GenServer.start({
    init: () => ({ state: 0 }),
    handleCall(_request: number, from) {
      send(worker, from);
    },
  });
  assert.equal(await call(server, 1), "done");
  await GenServer.stop(server);
});

test("a buffer of Node's that Elixir gets is its own from then on", async () => {
  const buffer = Buffer.from([255, 1, 2]);
  const pid = await evaluate("{:ok, pid} = Agent.start(fn -> bytes end); pid", {
    bindings: { bytes: buffer },
  });
  buffer[0] = 7;
  assert.deepEqual([...(await evaluate("Agent.get(pid, & &1)", { bindings: { pid } }))], [255, 1, 2]);
});

test("holes of an array are nil, as what is undefined", async () => {
  assert.equal(await evaluate("inspect(x)", { bindings: { x: new Array(2) } }), "[nil, nil]");
});

test("an option of evaluate that there is not is named", async () => {
  await assert.rejects(async () => await evaluate("x", { binding: { x: 1 } } as never), {
    name: "TypeError",
    message: 'the options are { bindings, file }, not "binding"',
  });
});
