/**
 * Processes that come and go leave nothing behind: memory is flat. `SOAK=100` runs a hundred times as many, a million at a time
 * among them.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  call,
  GenServer,
  receive,
  run,
  self,
  send,
  spawn,
  spawnMonitor,
} from "../../packages/runtime/src/index.ts";
import { quiet } from "./system.ts";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");
const scale = Number(process.env.SOAK ?? 1);
const processes = Math.min(1_000_000, 20_000 * scale);
const rounds = 8;

function heapAfter(round: () => void): number {
  round();
  collect();
  return process.memoryUsage().heapUsed;
}

test(`${rounds} rounds of ${processes} processes with names, monitors, timeouts and messages: the heap stays`, () => {
  using system = quiet({ manual: true });
  const round = () => {
    let ended = 0;
    system.enter(() => {
      void run(function* () {
        const server = yield* GenServer.start(
          {
            init: () => ({ state: 0 }),
            handleCall: (n: number, _from, sum: number) => ({ reply: sum + n, state: sum + n }),
          },
          undefined,
          { name: "sum" },
        );
        const me = self();
        const body = function* () {
          yield* receive({ after: 60_000 });
          send(me, "done");
        };
        for (let i = 0; i < processes; i++) send(i % 10 === 0 ? spawnMonitor(body)[0] : spawn(body), { i });
        // As many answers as processes, and the Down of every tenth.
        for (let i = 0; i < processes * 1.1; i++) yield* receive();
        for (let i = 0; i < 1000; i++) yield* call(server, 1);
        yield* GenServer.stop(server);
        ended = system.scheduler.processes.size;
      });
    });
    assert.equal(system.settle(), "idle");
    assert.equal(ended, 1);
    assert.equal(system.scheduler.processes.size, 0);
    assert.equal(system.scheduler.names.size, 0);
    assert.equal(system.scheduler.timers.size, 0);
  };
  for (let i = 0; i < 3; i++) round();
  const first = heapAfter(round);
  let last = first;
  for (let i = 1; i < rounds; i++) last = heapAfter(round);
  assert.ok(last - first < 1_000_000, `${last - first} bytes more after ${rounds} rounds`);
});
