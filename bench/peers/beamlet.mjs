// The same work with the package, as it is built. Guarantees beyond the others': messages are copied, receives select,
// processes are preempted, calls have a monitor and a timeout.
import {
  call as ask,
  createSystem,
  GenServer,
  receive,
  self,
  send,
  spawn,
} from "../../packages/runtime/dist/index.js";
import { main, spawnCase } from "./harness.mjs";

const system = createSystem({ manual: true });
const run = (action) => {
  const result = system.enter(action);
  system.settle();
  return result;
};

await main({
  spawn: (n) =>
    spawnCase(n, (n) =>
      run(() => {
        const keep = [];
        const body = function* () {
          for (;;) {
            const message = yield* receive();
            if (message === "stop") return;
          }
        };
        for (let i = 0; i < n; i++) keep.push(spawn(body));
        return keep;
      }),
    ),
  churn: (n) => {
    const body = function* () {};
    for (let i = 0; i < n; i += 1000) run(() => void [...Array(1000)].forEach(() => spawn(body)));
  },
  pingpong: (n) => {
    const isPong = (m) => m.t === "pong";
    run(() => {
      const pong = spawn(function* () {
        for (;;) {
          const m = yield* receive();
          if (m.t === "stop") return;
          send(m.from, { t: "pong", from: self(), n: m.n });
        }
      });
      spawn(function* () {
        for (let i = n / 2; i > 0; i--) {
          send(pong, { t: "ping", from: self(), n: i });
          yield* receive(isPong);
        }
        send(pong, { t: "stop" });
      });
    });
  },
  ring: (n) => {
    const rounds = Math.floor(n / 1000);
    run(() => {
      const home = spawn(function* () {
        const { first } = yield* receive();
        for (let i = rounds; i > 0; i--) {
          send(first, { t: "token", n: i });
          yield* receive();
        }
        send(first, { t: "stop" });
        yield* receive();
      });
      let next = home;
      for (let i = 0; i < 999; i++) {
        const to = next;
        next = spawn(function* () {
          for (;;) {
            const m = yield* receive();
            send(to, m);
            if (m.t === "stop") return;
          }
        });
      }
      send(home, { first: next });
    });
    return { ops: rounds * 1000 };
  },
  call: (n) =>
    run(() =>
      spawn(function* () {
        const server = yield* GenServer.start({
          init: () => ({ state: 0 }),
          handleCall: (request, _from, state) => ({ reply: request.n, state: state + 1 }),
        });
        for (let i = n; i > 0; i--)
          if ((yield* ask(server, { t: "get", n: i })) !== i) throw new Error("wrong");
        yield* GenServer.stop(server);
      }),
    ),
  fanin: (n) => {
    const per = n / 100;
    run(() => {
      const collector = spawn(function* () {
        for (let got = 0; got < per * 100; got++) yield* receive();
      });
      for (let p = 0; p < 100; p++)
        spawn(function* () {
          for (let i = per; i > 0; i--) send(collector, { t: "item", from: self(), n: i });
        });
    });
  },
});
