import nact from "nact";
import { main, spawnCase } from "./harness.mjs";

const { start, spawn, dispatch, query, stop } = nact;
let uid = 0;
const nm = () => `a${uid++}`; // nact's own random names collide at this size
const prop = {
  onCrash: (_m, e, _ctx) => {
    console.error(e);
    process.exit(1);
  },
};
const sys = () => start();
await main({
  spawn: (n) =>
    spawnCase(n, async (n) => {
      const s = sys(),
        keep = [s];
      for (let i = 0; i < n; i++)
        keep.push(
          spawn(
            s,
            (st, m) => {
              m.r?.();
              return st;
            },
            nm(),
            prop,
          ),
        );
      await new Promise((r) => dispatch(keep[n], { r }));
      return keep;
    }),
  churn: async (n) => {
    const s = sys();
    await new Promise((res) => {
      let done = 0,
        made = 0;
      const one = () => {
        made++;
        const a = spawn(
          s,
          (st, _m, ctx) => {
            stop(ctx.self);
            if (++done === n) res();
            else if (made < n) one();
            return st;
          },
          nm(),
          prop,
        );
        dispatch(a, { t: "go" });
      };
      for (let i = 0; i < Math.min(1000, n); i++) one();
    });
    stop(s);
  },
  pingpong: async (n) => {
    const s = sys();
    await new Promise((res) => {
      const pong = spawn(
        s,
        (st, m, ctx) => {
          dispatch(m.from, { t: "pong", from: ctx.self, n: m.n });
          return st;
        },
        nm(),
        prop,
      );
      const ping = spawn(
        s,
        (st, m, ctx) => {
          if (m.n <= 1) res();
          else dispatch(pong, { t: "ping", from: ctx.self, n: m.n - 1 });
          return st;
        },
        nm(),
        prop,
      );
      dispatch(ping, { t: "pong", from: pong, n: n / 2 + 1 });
    });
    stop(s);
  },
  ring: async (n) => {
    const s = sys();
    let rounds = Math.floor(n / 1000);
    const ops = rounds * 1000;
    await new Promise((res) => {
      let next, _first;
      const main = spawn(
        s,
        (st, m) => {
          if (rounds-- === 0) res();
          else dispatch(next, m);
          return st;
        },
        nm(),
        prop,
      );
      next = main;
      for (let i = 0; i < 999; i++) {
        const to = next;
        next = spawn(
          s,
          (st, m) => {
            dispatch(to, m);
            return st;
          },
          nm(),
          prop,
        );
      }
      dispatch(main, { t: "token", n });
    });
    stop(s);
    return { ops };
  },
  call: async (n) => {
    const s = sys();
    const srv = spawn(
      s,
      (st = 0, m) => {
        dispatch(m.from, m.n);
        return st + 1;
      },
      nm(),
      prop,
    );
    for (let i = n; i > 0; i--) {
      const r = await query(srv, (from) => ({ t: "get", from, n: i }), 5000);
      if (r !== i) throw 1;
    }
    stop(s);
  },
  fanin: async (n) => {
    const s = sys(),
      per = n / 100;
    await new Promise((res) => {
      let got = 0;
      const c = spawn(
        s,
        (st) => {
          if (++got === per * 100) res();
          return st;
        },
        nm(),
        prop,
      );
      for (let p = 0; p < 100; p++) {
        const a = spawn(
          s,
          (st, _m, ctx) => {
            for (let i = per; i > 0; i--) dispatch(c, { t: "item", from: ctx.self, n: i });
            return st;
          },
          nm(),
          prop,
        );
        dispatch(a, { t: "go" });
      }
    });
    stop(s);
  },
});
