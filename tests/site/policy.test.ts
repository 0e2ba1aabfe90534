/** Every page forbids inline and foreign script, breaks no rule of its own, and is there without a network after a first visit. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { finish, useNotes } from "../support/page.ts";

const notes = useNotes();

/** Bytes that a first visit has the browser keep in the end, compressed. */
const MAX_KEPT = 4_000_000;

const built = join(import.meta.dirname, "../../dist");
const pages = readdirSync(built, { recursive: true, encoding: "utf8" }).filter(
  (name) => name.endsWith(".html") && !name.startsWith("beamlet"),
);

test("every page has a policy without unsafe-inline or unsafe-eval for scripts", () => {
  assert.ok(pages.length > 15);
  for (const name of pages) {
    const html = readFileSync(join(built, name), "utf8");
    const policy = /http-equiv="content-security-policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
    assert.match(scripts, /^'self' 'wasm-unsafe-eval'( 'sha256-[\w+/]+=*')*$/, name);
    assert.ok(html.indexOf("content-security-policy") < html.indexOf("<script"), name);
  }
});

test("no page breaks its own policy, or asks another origin for anything", async () => {
  const page = await notes.newPage();
  const broken: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) broken.push(`${page.url()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(notes.origin) && !/^(blob|data):/.test(request.url()))
      broken.push(request.url());
  });
  for (const name of pages) await page.goto(`${notes.origin}/${name.replace(/index\.html$/, "")}`);
  assert.deepEqual(broken, []);
  await page.close();
});

test("script that finds its way into a page does not run", async () => {
  const page = await notes.newPage();
  await page.goto(notes.origin);
  const ran = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.broken = true";
    document.body.append(script);
    const image = document.createElement("div");
    image.innerHTML = `<img src="data:," onerror="window.broken = true">`;
    document.body.append(image);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return "broken" in window;
  });
  assert.equal(ran, false);
  await page.close();
});

test("what is kept for reading without a network is what a reader needs, and small", (t) => {
  const list = /"(\/[^"]*)"\.split/.exec(readFileSync(join(built, "sw.js"), "utf8"))![1].split(" ");
  assert.ok(list.includes("/") && list.includes("/playground/") && list.includes("/beamlet/worker.js"));
  assert.deepEqual(
    list.filter((url) => /\.(map|tgz|txt|xml)$/.test(url)),
    [],
  );
  const paths = list.map((url) => join(built, decodeURI(url).replace(/\/$/, "/index.html")));
  // Hosts compress what they send.
  const bytes = paths.reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 5 }).length, 0);
  t.diagnostic(`${list.length} files, ${bytes} bytes compressed`);
  assert.ok(bytes < MAX_KEPT, `${bytes} bytes`);
});

test("after a first visit the notes are there without a network, and run", async () => {
  const context = await notes.browser.newContext();
  const page = await context.newPage();
  await page.goto(notes.origin);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await context.setOffline(true);
  await page.goto(`${notes.origin}/processes/message-passing/`);
  await page.locator("#block-self button.run").click();
  await finish(page, "self");
  assert.match(await page.locator("#block-self .output").innerText(), /^#PID</);
  await context.close();
});
