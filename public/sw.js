/**
 * Keeps the whole site, runtime included, for reading without a network. Files whose names carry a hash come from the
 * cache; all others come from the network while there is one, so that a page and the runtime beside it are of one version.
 * The build puts in the version and the files (src/notes/publish.ts).
 */
const CACHE = "site VERSION";
const FILES = "FILES".split(" ");
/** What only some readers need is kept once they have. */
const LATE = /\.tgz$/;
/** So many requests at a time: the reader's own come first. */
const BATCH = 8;
/** Milliseconds without a file after a page has said that its reader runs something. */
const PAUSE = 2000;

let pausedUntil = 0;
self.addEventListener("message", () => {
  pausedUntil = Date.now() + PAUSE;
});

self.addEventListener("install", (event) => event.waitUntil(fill()));

async function fill() {
  const cache = await caches.open(CACHE);
  for (let start = 0; start < FILES.length; start += BATCH) {
    for (let rest; (rest = pausedUntil - Date.now()) > 0; )
      await new Promise((resolve) => setTimeout(resolve, rest));
    const batch = FILES.slice(start, start + BATCH).map((url) => new Request(url, { priority: "low" }));
    await cache.addAll(batch);
  }
  await self.skipWaiting();
}

self.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      // The cache before this one stays: pages that are open may still ask for its files.
      const old = (await caches.keys()).filter((name) => name.startsWith("site ") && name !== CACHE);
      await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  ),
);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  event.respondWith(url.pathname.startsWith("/_astro/") ? cachedFirst(request) : networkFirst(request, url));
});

async function cachedFirst(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/**
 * A kept response that says so. No service worker is asked for a frame that its element puts into a sandbox, so the frame of
 * the runtime comes without that from here, and brings its sandbox along.
 */
function told(kept, url) {
  const headers = new Headers(kept.headers);
  headers.set("x-kept", "1");
  if (url.pathname.endsWith("/beamlet/frame.html"))
    headers.set("content-security-policy", "sandbox allow-scripts");
  return new Response(kept.body, { status: kept.status, headers });
}

/** The headers that a page needs which runs Node, for hosts that cannot send them; no other page gets them. */
function isolated(response, url) {
  if (!url.pathname.startsWith("/run-in-node/") || response.type === "opaqueredirect") return response;
  const headers = new Headers(response.headers);
  headers.set("cross-origin-opener-policy", "same-origin");
  headers.set("cross-origin-embedder-policy", "require-corp");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

async function networkFirst(request, url) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (LATE.test(url.pathname) && response.ok) await cache.put(request, response.clone());
    return isolated(response, url);
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept) return isolated(told(kept, url), url);
    throw error;
  }
}
