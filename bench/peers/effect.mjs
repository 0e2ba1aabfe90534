import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Queue from "effect/Queue";
import { main, spawnCase } from "./harness.mjs";

// actor = a fiber with its own unbounded Queue as mailbox
const run = (f) => Effect.runPromise(Effect.gen(f));
const actor = (body) =>
  Effect.gen(function* () {
    const q = yield* Queue.unbounded();
    const fiber = yield* Effect.forkDetach(body(q));
    return { q, fiber };
  });
await main({
  spawn: (n) =>
    spawnCase(n, (n) =>
      run(function* () {
        const keep = [];
        const ready = yield* Deferred.make();
        const body = (q) =>
          Effect.gen(function* () {
            for (;;) {
              const m = yield* Queue.take(q);
              if (m.r) yield* Deferred.succeed(m.r, 1);
            }
          });
        for (let i = 0; i < n; i++) keep.push(yield* actor(body));
        yield* Queue.offer(keep[n - 1].q, { r: ready });
        yield* Deferred.await(ready);
        return keep;
      }),
    ),
  churn: (n) =>
    run(function* () {
      const body = () => Effect.void;
      for (let i = 0; i < n; i += 1000) {
        let last;
        for (let j = 0; j < 1000; j++) last = yield* actor(body);
        yield* Fiber.join(last.fiber);
      }
    }),
  pingpong: (n) =>
    run(function* () {
      const pong = yield* actor((q) =>
        Effect.gen(function* () {
          for (;;) {
            const m = yield* Queue.take(q);
            yield* Queue.offer(m.from, { t: "pong", from: q, n: m.n });
          }
        }),
      );
      const ping = yield* actor((q) =>
        Effect.gen(function* () {
          for (let i = n / 2; i > 0; i--) {
            yield* Queue.offer(pong.q, { t: "ping", from: q, n: i });
            yield* Queue.take(q);
          }
        }),
      );
      yield* Fiber.join(ping.fiber);
      yield* Fiber.interrupt(pong.fiber);
    }),
  ring: (n) =>
    run(function* () {
      const rounds = Math.floor(n / 1000);
      const home = yield* Queue.unbounded();
      let next = home;
      const fs = [];
      for (let i = 0; i < 999; i++) {
        const to = next;
        const a = yield* actor((q) =>
          Effect.gen(function* () {
            for (;;) yield* Queue.offer(to, yield* Queue.take(q));
          }),
        );
        fs.push(a.fiber);
        next = a.q;
      }
      for (let i = 0; i < rounds; i++) {
        yield* Queue.offer(next, { t: "token", n: i });
        yield* Queue.take(home);
      }
      yield* Fiber.interruptAll(fs);
      return { ops: rounds * 1000 };
    }),
  call: (n) =>
    run(function* () {
      const srv = yield* actor((q) =>
        Effect.gen(function* () {
          let _s = 0;
          for (;;) {
            const m = yield* Queue.take(q);
            _s++;
            yield* Deferred.succeed(m.reply, m.n);
          }
        }),
      );
      for (let i = n; i > 0; i--) {
        const reply = yield* Deferred.make();
        yield* Queue.offer(srv.q, { t: "get", reply, n: i });
        const r = yield* Effect.timeout(Deferred.await(reply), 5000);
        if (r !== i) throw 1;
      }
      yield* Fiber.interrupt(srv.fiber);
    }),
  fanin: (n) =>
    run(function* () {
      const per = n / 100;
      const c = yield* actor((q) =>
        Effect.gen(function* () {
          for (let i = per * 100; i > 0; i--) yield* Queue.take(q);
        }),
      );
      for (let p = 0; p < 100; p++)
        yield* actor((q) =>
          Effect.gen(function* () {
            for (let i = per; i > 0; i--) yield* Queue.offer(c.q, { t: "item", from: q, n: i });
          }),
        );
      yield* Fiber.join(c.fiber);
    }),
});
