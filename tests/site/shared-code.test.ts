/**
 * Code that came with a link, in the very worker of the runtime. A block of TypeScript can say all that a worker can, so it is what
 * tries: it reaches no network, no storage, no other tab and no page, and cannot hold the page up.
 */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { packed } from "../../src/components/share.ts";
import { block, finish, run, status, textOf, useNotes } from "../support/page.ts";

const notes = useNotes();

let requests = 0;
const server = createServer((_, response) => {
  requests++;
  response.writeHead(200, { "access-control-allow-origin": "*" }).end("export default 1");
});
let foreign: string;

before(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  foreign = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

after(() => void server.close());

/** A visit by a link that carries this code for a block. */
async function openLink(path: string, name: string, code: string): Promise<Page> {
  const page = await notes.newPage();
  const shared = await packed({ block: name, code, clock: "real", seed: null });
  await page.goto(`${notes.origin}/${path}/#share=${shared}`);
  await block(page, name).getByText("somebody else may have written it").waitFor();
  return page;
}

/** What each expression comes to in a block of TypeScript; every one gives up after a while. */
async function attempts(expressions: Record<string, string>): Promise<Record<string, string>> {
  const code = `const tried = async (name: string, attempt: () => unknown) => {
  const late = new Promise((_, no) => setTimeout(() => no(new Error("nothing came")), 2000));
  try {
    console.log(name + "=" + (await Promise.race([attempt(), late])));
  } catch (error) {
    console.log(name + "=refused");
  }
};
${Object.entries(expressions)
  .map(([name, expression]) => `await tried("${name}", async () => ${expression});`)
  .join("\n")}`;
  const page = await openLink("package/start-here", "greeter", code);
  await run(page, "greeter");
  await finish(page, "greeter");
  const text = await textOf(page, "greeter");
  await page.context().close();
  return Object.fromEntries(
    [...text.matchAll(/^([\w ]+)=(.*)$/gm)].map(([, name, outcome]) => [name, outcome]),
  );
}

test("it reaches no network", async () => {
  const url = `http://${foreign}/`;
  const found = await attempts({
    fetch: `(await fetch("${url}")).status`,
    "fetch of the site": `(await fetch("${notes.origin}/")).status`,
    XMLHttpRequest: `new Promise((yes, no) => { const one = new XMLHttpRequest(); one.onload = yes; one.onerror = no; one.open("GET", "${url}"); one.send(); })`,
    WebSocket: `new Promise((yes, no) => { const one = new WebSocket("ws://${foreign}/"); one.onopen = yes; one.onerror = no; })`,
    EventSource: `new Promise((yes, no) => { const one = new EventSource("${url}"); one.onopen = yes; one.onerror = no; })`,
    importScripts: `(self as any).importScripts("${url}")`,
    import: `(await new Function("return import('${url}')")()).default`,
    Worker: `new Promise((yes, no) => { const one = new Worker("${url}"); one.onmessage = yes; one.onerror = no; })`,
    "fetch of a worker of its own": `new Promise((yes, no) => { const one = new Worker(URL.createObjectURL(new Blob(['fetch("${url}").then(() => postMessage(1), () => postMessage(0))']))); one.onmessage = ({ data }) => data === 1 ? yes("reached") : no(new Error()); })`,
  });
  for (const [name, outcome] of Object.entries(found)) assert.equal(outcome, "refused", name);
  assert.equal(Object.keys(found).length, 9);
  assert.equal(requests, 0);
});

test("it reaches no storage, no cookies, no page and no other tab", async () => {
  const other = await notes.newPage();
  await other.goto(notes.origin);
  await other.evaluate(() => {
    localStorage.setItem("secret", "1");
    Object.assign(window, { heard: 0 });
    new BroadcastChannel("tabs").onmessage = () => {
      Object.assign(window, { heard: 1 });
    };
  });
  const found = await attempts({
    indexedDB: `new Promise((yes, no) => { const one = indexedDB.open("x"); one.onsuccess = yes; one.onerror = no; })`,
    caches: `caches.open("x")`,
    files: `navigator.storage.getDirectory()`,
    locks: `navigator.locks.request("x", () => "held")`,
    localStorage: `(self as any).localStorage.secret`,
    cookies: `(await (self as any).cookieStore.getAll()).length`,
    document: `(self as any).document.title`,
    parent: `(self as any).parent.document`,
    "another tab": `(new BroadcastChannel("tabs").postMessage(1), "spoken")`,
    SharedWorker: `new (self as any).SharedWorker("${notes.origin}/beamlet/worker.js")`,
  });
  const { "another tab": spoken, ...rest } = found;
  for (const [name, outcome] of Object.entries(rest)) assert.equal(outcome, "refused", name);
  assert.equal(Object.keys(found).length, 10);
  // Channels are of an origin: the one of the runtime is nobody else's.
  assert.match(spoken, /spoken|refused/);
  assert.equal(await other.evaluate(() => (window as unknown as { heard: number }).heard), 0);
  await other.close();
});

test("a loop of it, which no scheduler can interrupt, holds up neither the page nor Stop", async () => {
  // What it prints is sent on while it pauses.
  const code = 'console.log("begun");\nawait new Promise((go) => setTimeout(go, 50));\nfor (;;) {}';
  const page = await openLink("package/start-here", "greeter", code);
  await run(page, "greeter");
  await block(page, "greeter").locator("> .output").getByText("begun").waitFor();
  // The page is at hand all the while: a block can be edited.
  await block(page, "echo").getByRole("button", { name: "Edit" }).click();
  await block(page, "echo").getByRole("textbox").press("Control+A");
  await page.keyboard.insertText('console.log("still here");');
  assert.equal(await block(page, "greeter").getAttribute("data-state"), "running");
  await block(page, "greeter").getByRole("button", { name: "Stop" }).click();
  await status(page, "greeter").filter({ hasText: "stopped" }).waitFor();
  // Else it would run again, as a block above.
  await block(page, "greeter").getByRole("button", { name: "Reset" }).click();
  await run(page, "echo");
  await block(page, "echo").locator("> .output").getByText("still here").waitFor();
  await page.context().close();
});
