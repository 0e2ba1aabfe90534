// Shared harness: `node --expose-gc X.mjs CASE N [inner]` prints one JSON line.
// ns = wall, cpu = user+system of the whole process, both per operation.
export async function main(cases) {
  const [name, ns, inner] = process.argv.slice(2);
  const n = Number(ns),
    f = cases[name];
  if (!f) {
    console.log(JSON.stringify({ case: name, skip: true }));
    return;
  }
  await f(name === "spawn" ? Math.floor(n / 10) : n); // warm-up: what is compiled late is no part of what follows
  const runs = [],
    k = Number(inner ?? (name === "spawn" ? 1 : 3));
  let extra = {};
  for (let i = 0; i < k; i++) {
    globalThis.gc?.();
    const c0 = process.cpuUsage(),
      t0 = process.hrtime.bigint();
    const r = await f(n);
    const t1 = process.hrtime.bigint(),
      c = process.cpuUsage(c0);
    const ops = r?.ops ?? n;
    // r.ns / r.cpu: the case stopped its own clock (before memory was read)
    runs.push({ ns: (r?.ns ?? Number(t1 - t0)) / ops, cpu: (r?.cpu ?? (c.user + c.system) * 1e3) / ops });
    if (r?.extra) extra = r.extra;
  }
  const med = (k) => runs.map((x) => x[k]).sort((a, b) => a - b)[(runs.length - 1) >> 1];
  console.log(
    JSON.stringify({ case: name, n, ns: +med("ns").toFixed(2), cpu: +med("cpu").toFixed(2), ...extra }),
  );
}
/** Times `spawnAll(n)` (must resolve once all n actors are live) and weighs what it left. */
export async function spawnCase(n, spawnAll) {
  gc();
  gc();
  const m0 = process.memoryUsage(),
    c0 = process.cpuUsage(),
    t0 = process.hrtime.bigint();
  const keep = await spawnAll(n);
  const ns = Number(process.hrtime.bigint() - t0),
    c = process.cpuUsage(c0);
  const rssPeak = process.memoryUsage.rss();
  gc();
  gc();
  const m1 = process.memoryUsage();
  const live = (m) => m.heapUsed + m.external;
  const extra = { heap: +((live(m1) - live(m0)) / n).toFixed(1), rss: +((rssPeak - m0.rss) / n).toFixed(1) };
  globalThis.__keep = keep;
  return { ns, cpu: (c.user + c.system) * 1e3, extra };
}
