/** The project of "Run in Node" runs in a real Node, and the page says why it cannot where it cannot. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import { commands, type ProjectFiles, projectFiles } from "../../src/notes/node-project.ts";
import { zip } from "../../src/notes/zip.ts";
import { serveContainers } from "../support/containers.ts";
import { useNotes } from "../support/page.ts";

const notes = useNotes();

const packed = new Uint8Array(readFileSync(join(import.meta.dirname, "../../dist/beamlet/beamlet.tgz")));
const code = 'IO.puts("from #{:beamlet}")\nspawn(fn -> IO.puts("a process") end)\nProcess.sleep(10)';

const built = join(import.meta.dirname, "../../dist");

/** What a host is told to send with the page, by the file that the build hands it. */
const headers = Object.fromEntries(
  readFileSync(join(built, "_headers"), "utf8")
    .split(/^(?=\S)/m)
    .filter((part) => part.startsWith("/run-in-node/"))
    .flatMap((part) => [...part.matchAll(/^ +([\w-]+): *(.+)$/gm)].map(([, name, value]) => [name, value])),
);

/** The page on a host that sends those, and where no service worker could. */
async function isolatedByHeaders(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  const path = `${notes.origin}/run-in-node/`;
  await page.route(path, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), ...headers } });
  });
  await page.goto(path);
  assert.equal(await page.evaluate(() => window.crossOriginIsolated), true, "by the headers alone");
  return page;
}

let folder: string;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "run-in-node-"));
});

after(async () => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: ProjectFiles): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

test("the tree that is mounted installs and runs in Node", () => {
  write(projectFiles(code, packed));
  // What lives outside of the container, such as the registry, is not needed.
  const outputs = commands.map(([command, ...args]) =>
    execFileSync(command, args, {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, npm_config_offline: "true" },
    }),
  );
  assert.equal(outputs.at(-1), "from beamlet\na process\n");
});

test("the archive holds the same files", () => {
  const files = projectFiles(code, packed);
  const path = join(folder, "project.zip");
  writeFileSync(path, zip(files));
  const script = `import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
archive.extractall(sys.argv[2])`;
  const target = join(folder, "unpacked");
  execFileSync("python3", ["-c", script, path, target]);
  assert.deepEqual(readdirSync(target).sort(), Object.keys(files).sort());
  for (const [name, content] of Object.entries(files))
    assert.deepEqual(readFileSync(join(target, name)), Buffer.from(content as string));
});

test("the page becomes isolated through the service worker, alone; without the service it says so", async () => {
  const context = await notes.browser.newContext();
  const page = await context.newPage();
  const foreign: string[] = [];
  await page.route(/^https:/, (route) => {
    foreign.push(route.request().url());
    return route.abort();
  });
  await page.goto(`${notes.origin}/run-in-node/`);
  assert.equal(await page.evaluate(() => window.crossOriginIsolated), false);
  assert.deepEqual(foreign, [], "nothing foreign before the button is pressed");
  await page.getByRole("button", { name: "Run in Node" }).click();
  await page.getByText(/Node cannot run here: .*Download the project/).waitFor({ timeout: 60_000 });
  assert.equal(await page.evaluate(() => window.crossOriginIsolated), true);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download the project" }).click();
  assert.equal((await download).suggestedFilename(), "beamlet-program.zip");
  await page.goto(`${notes.origin}/playground/`);
  assert.equal(await page.evaluate(() => window.crossOriginIsolated), false, "no other page is");
  await context.close();
});

describe("the client of the service, the page and a container that answers in the service's protocol", () => {
  for (const [how, serviceWorkers] of [
    ["headers", "block"],
    ["the service worker", "allow"],
  ] as const) {
    test(`isolated by ${how}: the project is mounted, installed and run, and the terminal shows it as it happens`, async () => {
      const context = await notes.browser.newContext({ serviceWorkers });
      const home = mkdtempSync(join(folder, "container-"));
      const containers = await serveContainers(context, home);
      const isByHeaders = serviceWorkers === "block";
      const page = isByHeaders ? await isolatedByHeaders(context) : await context.newPage();
      if (!isByHeaders) await page.goto(`${notes.origin}/run-in-node/`);
      assert.equal(containers.asked.length, 0, "nothing is asked for before the button is pressed");
      const program = page.getByRole("textbox", { name: "The program" });
      await program.fill('IO.puts("first: ä")\nProcess.sleep(1500)\nIO.puts("second")\nexit({:shutdown, 3})');
      await page.getByRole("button", { name: "Run in Node" }).click();
      const terminal = page.getByRole("log", { name: "Terminal" });
      await terminal.filter({ hasText: /first: ä\n$/ }).waitFor({ timeout: 60_000 });
      assert.equal(await page.locator(".play-status").innerText(), "npm start --silent", "still running");
      await page.getByText("the program has ended with status 3").waitFor();
      assert.match(
        await terminal.innerText(),
        /^\$ npm install --no-audit --no-fund\n[\s\S]*added 1 package[\s\S]*\$ npm start --silent\nfirst: ä\nsecond\n/,
      );
      assert.equal(await page.evaluate(() => window.crossOriginIsolated), true);
      assert.match(
        containers.asked[0].href,
        /^https:\/\/stackblitz\.com\/headless\?coep=require-corp&version=[\d.]+$/,
      );
      assert.equal(containers.built[0].host, new URL(notes.origin).host);

      // The container stays, and takes the next program.
      await program.fill("IO.puts(6 * 7)");
      await page.getByRole("button", { name: "Run in Node" }).click();
      await page
        .locator(".play-status")
        .filter({ hasText: /^done$/ })
        .waitFor();
      assert.match(await terminal.innerText(), /\$ npm start --silent\n42\n$/);
      assert.equal(containers.built.length, 1);
      await context.close();
    });
  }
});

describe("where Node cannot come", () => {
  /** The chunk of the build in which the client of the service is. */
  const chunk = readdirSync(join(built, "_astro")).find(
    (name) =>
      name.endsWith(".js") && /as WebContainer\b/.test(readFileSync(join(built, "_astro", name), "utf8")),
  )!;

  /** The page on a host that isolates it, with this module in place of the client of the service, and no service worker. */
  async function openIsolated(client: string): Promise<Page> {
    const context = await notes.browser.newContext({ serviceWorkers: "block" });
    await context.route(`**/_astro/${chunk}`, (route) =>
      route.fulfill({ contentType: "text/javascript", body: client }),
    );
    const page = await isolatedByHeaders(context);
    return page;
  }

  const NOT_ISOLATED =
    /^Node cannot run here: this browser, or the host of this page, does not isolate it .*Download/;
  const press = (page: Page) => page.getByRole("button", { name: "Run in Node" }).click();
  const said = (page: Page, text: RegExp) => page.locator(".play-status").filter({ hasText: text }).waitFor();
  const terminal = (page: Page) => page.getByRole("log", { name: "Terminal" }).innerText();

  /** A service whose commands print their names and end with a status each, or never. */
  const service = (...statuses: (number | "never")[]) => `const statuses = ${JSON.stringify(statuses)};
export const WebContainer = { boot: async () => ({
  mount: async (tree) => void (window.mounted = Object.keys(tree)),
  spawn: async (command, args) => {
    const status = statuses.shift();
    return {
      output: new ReadableStream({ start: (out) => out.enqueue("\\u001b[32m" + command + " " + args[0] + "\\u001b[0m runs\\r\\n") }),
      exit: status === "never" ? new Promise(() => {}) : new Promise((end) => setTimeout(end, 50, status)),
    };
  },
}) };`;

  test("a service that answers nothing is given up in time, and can be asked again", async () => {
    const page = await openIsolated("export const WebContainer = { boot: () => new Promise(() => {}) };");
    await page.clock.install();
    for (const _ of [1, 2]) {
      await press(page);
      await said(page, /^starting Node…$/);
      await page.clock.runFor(19_000);
      await said(page, /^starting Node…$/);
      await page.clock.runFor(2000);
      await said(
        page,
        /^Node cannot run here: Node has not started within 20 seconds\. Download the project to run it on your machine\.$/,
      );
    }
    await page.close();
  });

  test("a service that refuses says why, and is asked anew", async () => {
    const page = await openIsolated(
      'let times = 0;\nexport const WebContainer = { boot: async () => { throw new Error("refused " + ++times); } };',
    );
    for (const time of [1, 2]) {
      await press(page);
      await said(page, new RegExp(`^Node cannot run here: refused ${time}\\. Download`));
      assert.equal(await page.getByRole("log").count(), 0, "no terminal without anything in it");
    }
    await page.close();
  });

  test("an installation that does not end is given up in time; one that fails says so", async () => {
    const page = await openIsolated(service("never", 1));
    await page.clock.install();
    await press(page);
    await said(page, /^npm install/);
    await page.clock.runFor(61_000);
    await said(
      page,
      /^Node cannot run here: the package has not been installed within 60 seconds\. Download/,
    );
    await press(page);
    await page.clock.runFor(1000);
    await said(
      page,
      /^Node cannot run here: "npm install --no-audit --no-fund" has ended with status 1\. Download/,
    );
    await page.close();
  });

  test("without a network that is what it says", async () => {
    const page = await openIsolated(service());
    await page.context().setOffline(true);
    await press(page);
    await said(
      page,
      /^Node cannot run here: there is no network, and Node comes from another site\. Download/,
    );
    await page.context().close();
  });

  for (const [what, prepare] of [
    ["has no", () => Object.defineProperty(navigator, "serviceWorker", { value: undefined })],
    [
      "refuses",
      () => {
        navigator.serviceWorker.register = () => Promise.reject(new DOMException("no", "SecurityError"));
      },
    ],
    [
      "ignores",
      () => {
        navigator.serviceWorker.register = async () => undefined as never;
      },
    ],
  ] as const) {
    test(`without isolation, in a browser that ${what} service workers, it says so at once`, async () => {
      const page = await notes.newPage();
      await page.addInitScript(prepare);
      await page.goto(`${notes.origin}/run-in-node/`);
      const started = Date.now();
      await press(page);
      await said(page, NOT_ISOLATED);
      assert.ok(Date.now() - started < 5000, `${Date.now() - started} ms`);
      await page.context().close();
    });
  }

  test("a service worker that cannot be installed is not waited for", async () => {
    const context = await notes.browser.newContext();
    const page = await context.newPage();
    await context.route("**/sw.js", (route) =>
      route.fulfill({
        contentType: "text/javascript",
        body: 'addEventListener("install", (event) => event.waitUntil(Promise.reject(new Error("full"))));',
      }),
    );
    await page.goto(`${notes.origin}/run-in-node/`);
    const started = Date.now();
    await press(page);
    await said(page, NOT_ISOLATED);
    assert.ok(Date.now() - started < 10_000, `${Date.now() - started} ms`);
    await context.close();
  });

  test("the terminal shows text without the colours of a terminal", async () => {
    const page = await openIsolated(service(0, 0));
    await press(page);
    await said(page, /^done$/);
    assert.equal(
      await terminal(page),
      "$ npm install --no-audit --no-fund\nnpm install runs\n$ npm start --silent\nnpm start runs\n",
    );
    assert.deepEqual(
      await page.evaluate(() => (window as unknown as { mounted: string[] }).mounted),
      Object.keys(projectFiles(code, packed)),
    );
    await page.close();
  });
});
