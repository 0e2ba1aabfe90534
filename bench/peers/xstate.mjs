import { createActor, fromCallback, fromTransition } from "xstate";
import { main, spawnCase } from "./harness.mjs";

/** With `COPY`, each message is copied as isolation needs it at least: its fields, of which none may hold what somebody could change. */
const copyOf = (message) => {
  const copy = { ...message };
  for (const key in copy) {
    const value = copy[key];
    if (typeof value === "object" && value !== null && typeof value.send !== "function")
      throw new TypeError(`${key} is to be copied too`);
  }
  return copy;
};
const received = process.env.COPY ? copyOf : (message) => message;

// fromTransition: xstate's lightest actor logic with state.
const L = (f) => fromTransition((state, ev, { self }) => f(state, received(ev), self) ?? state, 0);
const go = (logic, opt) => createActor(logic, opt).start();
await main({
  spawn: (n) =>
    spawnCase(n, async (n) => {
      const root = go(L((s) => s)),
        keep = [root];
      const lg = L((_s, ev) => {
        ev.r?.();
      });
      for (let i = 0; i < n; i++) keep.push(go(lg, { parent: root }));
      await new Promise((r) => keep[n].send({ type: "hi", r }));
      return keep;
    }),
  churn: async (n) => {
    const root = go(L((s) => s));
    const lg = fromCallback(() => {});
    for (let i = 0; i < n; i++) {
      const a = go(lg, { parent: root });
      a.send({ type: "go" });
      root.system;
      a._stop?.();
    }
  },
  pingpong: async (n) => {
    await new Promise((res) => {
      const pong = go(
        L((_s, ev, self) => {
          ev.from.send({ type: "pong", from: self, n: ev.n });
        }),
      );
      const ping = go(
        L((_s, ev, self) => {
          if (ev.n <= 1) res();
          else pong.send({ type: "ping", from: self, n: ev.n - 1 });
        }),
      );
      ping.send({ type: "pong", from: pong, n: n / 2 + 1 });
    });
  },
  ring: async (n) => {
    let rounds = Math.floor(n / 1000);
    const ops = rounds * 1000;
    await new Promise((res) => {
      let next;
      const main = go(
        L((_s, ev) => {
          if (rounds-- === 0) res();
          else next.send(ev);
        }),
      );
      next = main;
      for (let i = 0; i < 999; i++) {
        const to = next;
        next = go(
          L((_s, ev) => {
            to.send(ev);
          }),
        );
      }
      main.send({ type: "token", n });
    });
    return { ops };
  },
  // no request/reply in xstate: reply by event, the caller awaits a promise it settles by hand; no timeout
  call: async (n) => {
    const srv = go(
      L((s, ev) => {
        ev.replyTo.send({ type: "reply", n: ev.n });
        return s + 1;
      }),
    );
    let resolve;
    const me = go(
      L((_s, ev) => {
        resolve(ev.n);
      }),
    );
    for (let i = n; i > 0; i--) {
      const r = await new Promise((r) => {
        resolve = r;
        srv.send({ type: "get", replyTo: me, n: i });
      });
      if (r !== i) throw 1;
    }
  },
  fanin: async (n) => {
    const per = n / 100;
    await new Promise((res) => {
      let got = 0;
      const c = go(
        L(() => {
          if (++got === per * 100) res();
        }),
      );
      for (let p = 0; p < 100; p++) {
        const a = go(
          L((_s, _ev, self) => {
            for (let i = per; i > 0; i--) c.send({ type: "item", from: self, n: i });
          }),
        );
        a.send({ type: "go" });
      }
    });
  },
});
