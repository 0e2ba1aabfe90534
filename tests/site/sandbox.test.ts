/**
 * The code of a block runs in a worker of an opaque origin. These tests run JavaScript in the frame of the runtime and in a
 * worker made like the runtime's: more than Elixir code can ever do, and still nothing is reached.
 */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import type { Frame, Page } from "playwright-core";
import { finish, useNotes } from "../support/page.ts";

let page: Page;
let frame: Frame;

const notes = useNotes(async () => {
  page = await notes.newPage();
  await page.goto(`${notes.origin}/processes/message-passing/`);
  await page.evaluate(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: what a page of the old kind would hold
    document.cookie = "secret=1";
    localStorage.setItem("secret", "1");
  });
  await page.locator("#block-self button.run").click();
  await finish(page, "self");
  frame = page.frames().find((one) => one.url().includes("frame.html"))!;
});

/** What the expression gives in a worker that the frame has made from a blob, as it makes that of the runtime. */
function inWorker(expression: string): Promise<string> {
  return frame.evaluate((code) => {
    const text = `(async () => { try { postMessage(String(await (${code}))) } catch (error) { postMessage("refused: " + error.name) } })()`;
    const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
    return new Promise<string>((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
    });
  }, expression);
}

test("the origin is opaque", async () => {
  assert.equal(await frame.evaluate(() => self.origin), "null");
  assert.equal(await inWorker("self.origin"), "null");
});

test("no network", async () => {
  let requests = 0;
  const server = createServer((_, response) => {
    requests++;
    response.writeHead(200, { "access-control-allow-origin": "*" }).end("1");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  assert.match(await inWorker(`fetch("${url}").then((response) => response.status)`), /^refused/);
  assert.match(
    await inWorker(
      `new Promise((_, no) => { const socket = new WebSocket("${url.replace("http", "ws")}"); socket.onerror = () => no(new Error()); })`,
    ),
    /^refused/,
  );
  assert.match(await inWorker(`importScripts("${url}")`), /^refused/);
  assert.match(
    await inWorker(
      `new Promise((_, no) => { const request = new XMLHttpRequest(); request.onerror = () => no(new Error()); request.open("GET", "${url}"); request.send(); })`,
    ),
    /^refused/,
  );
  assert.equal(requests, 0);
  server.close();
});

test("no storage and no cookies", async () => {
  assert.match(
    await inWorker(
      `new Promise((yes, no) => { const request = indexedDB.open("x"); request.onsuccess = () => yes("open"); request.onerror = () => no(request.error); })`,
    ),
    /^refused/,
  );
  assert.match(await inWorker(`caches.open("x")`), /^refused/);
  assert.match(
    await frame.evaluate(() => {
      try {
        return localStorage.secret;
      } catch (error) {
        return `refused: ${(error as Error).name}`;
      }
    }),
    /^refused/,
  );
  assert.match(
    await frame.evaluate(() => {
      try {
        return document.cookie;
      } catch (error) {
        return `refused: ${(error as Error).name}`;
      }
    }),
    /^refused/,
  );
});

test("no page", async () => {
  assert.match(
    await frame.evaluate(() => {
      try {
        return parent.document.title;
      } catch (error) {
        return `refused: ${(error as Error).name}`;
      }
    }),
    /^refused/,
  );
  assert.equal(await inWorker("typeof document"), "undefined");
});

test("the page asks no other origin for anything", async () => {
  const foreign: string[] = [];
  const other = await notes.newPage();
  other.on("request", (request) => {
    if (!request.url().startsWith(notes.origin) && !/^(blob|data):/.test(request.url()))
      foreign.push(request.url());
  });
  await other.goto(notes.origin);
  await other.locator("#block-self button.run").click();
  await finish(other, "self");
  assert.deepEqual(foreign, []);
  await other.close();
});
