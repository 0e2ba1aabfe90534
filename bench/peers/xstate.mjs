import { Actor, createActor, fromCallback, fromTransition } from "xstate";
import { main, spawnCase } from "./harness.mjs";

/**
 * With `GUARDED`, what this package gives, as cheaply as it can be had: each message is copied, and what a copy would share or lose is refused
 * (functions, symbols, objects of classes, inherited fields, what symbols name; parts too, which we copy); messages wait their turn in a queue, so that no
 * actor runs inside of another's send and none overflows the stack; now and then the host's event loop has its turn; an error ends its actor
 * and no other; who waits for one kind of message leaves the others for later; a call has a timeout and hears of the end of the server.
 */
const guarded = process.env.GUARDED !== undefined;
const { getPrototypeOf, getOwnPropertySymbols, prototype: plain } = Object;
const copyOf = (message) => {
  // Where there are two or three shapes, as here, an engine knows the prototype of each; with more, this costs as much again as the copy.
  if (getPrototypeOf(message) !== plain) throw new TypeError("the message would lose its methods");
  const copy = { ...message };
  for (const key in copy) {
    const value = copy[key];
    if (
      typeof value === "object"
        ? value !== null && !(value instanceof Actor)
        : typeof value === "function" || typeof value === "symbol"
    )
      throw new TypeError(`${key} is to be copied too`);
  }
  if (getOwnPropertySymbols(copy).length > 0)
    throw new TypeError("a field named by a symbol is to be copied too");
  return copy;
};
let first = null;
let last = null;
let delivering = false;
/** Messages between two looks at the clock, and milliseconds between two turns of the host's event loop, as in this package. */
const PER_LOOK = 40;
const BURST = 10;
const deliver = () => {
  delivering = true;
  const until = performance.now() + BURST;
  for (let delivered = 1; first !== null; delivered++) {
    const { to, message } = first;
    first = first.next;
    to.send(message);
    if (delivered % PER_LOOK === 0 && performance.now() >= until) return setImmediate(deliver);
  }
  last = null;
  delivering = false;
};
const enqueue = (to, message) => {
  const turn = { to, message: copyOf(message), next: null };
  if (first === null) first = turn;
  else last.next = turn;
  last = turn;
  if (!delivering) deliver();
};
const send = guarded ? enqueue : (to, message) => to.send(message);

/** Handles the messages that pass a test; the others wait until they do. */
const selective = (test, handle) => {
  if (!guarded) return handle;
  let waiting = [];
  return (state, event, self) => {
    if (!test(event)) waiting.push(event);
    else {
      state = handle(state, event, self) ?? state;
      if (waiting.length > 0) {
        const again = waiting;
        waiting = [];
        for (const event of again) send(self, event);
      }
    }
    return state;
  };
};

/** An error that nobody watches for would end the host. */
const contained = (f) => (state, event, self) => {
  try {
    return f(state, event, self);
  } catch (error) {
    console.error(error);
    self.stop();
  }
};

// fromTransition: xstate's lightest actor logic with state.
const L = (f) => {
  const handle = guarded ? contained(f) : f;
  return fromTransition((state, ev, { self }) => handle(state, ev, self) ?? state, 0);
};
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
      send(a, { type: "go" });
      root.system;
      a._stop?.();
    }
  },
  pingpong: async (n) => {
    await new Promise((res) => {
      const pong = go(
        L((_s, ev, self) => {
          send(ev.from, { type: "pong", from: self, n: ev.n });
        }),
      );
      const ping = go(
        L(
          selective(
            (ev) => ev.type === "pong",
            (_s, ev, self) => {
              if (ev.n <= 1) res();
              else send(pong, { type: "ping", from: self, n: ev.n - 1 });
            },
          ),
        ),
      );
      send(ping, { type: "pong", from: pong, n: n / 2 + 1 });
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
          else send(next, ev);
        }),
      );
      next = main;
      for (let i = 0; i < 999; i++) {
        const to = next;
        next = go(
          L((_s, ev) => {
            send(to, ev);
          }),
        );
      }
      send(main, { type: "token", n });
    });
    return { ops };
  },
  // xstate has no request and reply: an event answers, and settles a promise.
  call: async (n) => {
    const srv = go(
      L((s, ev) => {
        send(ev.replyTo, { type: "reply", n: ev.n });
        return s + 1;
      }),
    );
    let answer;
    const me = go(
      L((_s, ev) => {
        answer(ev.n);
      }),
    );
    const ask = (i) =>
      new Promise((resolve) => {
        answer = resolve;
        send(srv, { type: "get", replyTo: me, n: i });
      });
    const askGuarded = (i) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error("timeout")), 5000);
        const watch = srv.subscribe({ error: reject, complete: () => reject(new Error("ended")) });
        answer = (reply) => {
          clearTimeout(timer);
          watch.unsubscribe();
          resolve(reply);
        };
        send(srv, { type: "get", replyTo: me, n: i });
      });
    const call = guarded ? askGuarded : ask;
    for (let i = n; i > 0; i--) if ((await call(i)) !== i) throw 1;
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
      const producers = Array.from({ length: 100 }, () =>
        go(
          L((_s, _ev, self) => {
            for (let i = per; i > 0; i--) send(c, { type: "item", from: self, n: i });
          }),
        ),
      );
      const starter = go(
        L(() => {
          for (const producer of producers) send(producer, { type: "go" });
        }),
      );
      send(starter, { type: "go" });
    });
  },
});
