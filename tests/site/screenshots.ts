/**
 * `npm run screenshots`: every page of the built site at phone and desktop width, light and dark, in `.cache/screenshots`. What the
 * run before has left there is compared, and the pages that look different now are named, with the part of the picture that changed.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser, serveSite } from "../support/site.ts";

const root = join(import.meta.dirname, "../..");
const built = join(root, "dist");
const folder = join(root, ".cache/screenshots");
const before = join(folder, "before");
const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };

const pages = readdirSync(built, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith("index.html"))
  .map((name) => name.replace(/index\.html$/, ""))
  // Of pages that are made, and look alike, one each.
  .filter((path) => !/^reference\/beamlet(?!-supervisor)/.test(path) && !/^tags\/(?!beam)/.test(path))
  .filter((path) => process.argv[2] === undefined || path.includes(process.argv[2]));

rmSync(before, { recursive: true, force: true });
mkdirSync(before, { recursive: true });
for (const name of readdirSync(folder).filter((one) => one.endsWith(".png")))
  renameSync(join(folder, name), join(before, name));

const [site, browser] = await Promise.all([serveSite(), openBrowser()]);
const blank = await browser.newPage();
for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ viewport, colorScheme, serviceWorkers: "block" });
    const page = await context.newPage();
    for (const path of pages) {
      const name = `${path.replaceAll("/", ".") || "index."}${size}-${colorScheme}.png`;
      await page.goto(`${site.origin}/${path}`, { waitUntil: "networkidle" });
      await page.screenshot({ path: join(folder, name), fullPage: true });
      if (!existsSync(join(before, name))) console.log(`${name} is new`);
      else {
        const part = await difference(blank, join(before, name), join(folder, name));
        if (part > 0) console.log(`${name} differs in ${(100 * part).toFixed(2)} % of the picture`);
      }
    }
    await context.close();
  }
}
await browser.close();
site.close();
console.log(`${pages.length} pages in ${folder}`);

/** The part of the pixels in which two pictures differ; all of them when their sizes do. */
async function difference(page: Page, one: string, other: string): Promise<number> {
  const [a, b] = [one, other].map((path) => readFileSync(path));
  if (a.equals(b)) return 0;
  return page.evaluate(
    async (sources) => {
      const [first, second] = await Promise.all(
        sources.map(async (source) => {
          const image = await createImageBitmap(await (await fetch(source)).blob());
          const context = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
          context.drawImage(image, 0, 0);
          return context.getImageData(0, 0, image.width, image.height);
        }),
      );
      if (first.width !== second.width || first.height !== second.height) return 1;
      const [x, y] = [new Uint32Array(first.data.buffer), new Uint32Array(second.data.buffer)];
      let changed = 0;
      for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) changed++;
      return changed / x.length;
    },
    [a, b].map((png) => `data:image/png;base64,${png.toString("base64")}`),
  );
}
