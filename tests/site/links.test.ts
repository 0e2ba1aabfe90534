/** Links lead somewhere: those within the site to a page and a place that exist; of those to others, whose hosts no test asks, the form is right. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const built = join(import.meta.dirname, "../../dist");

const pages = readdirSync(built, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".html") && !name.startsWith("beamlet/") && name !== "404.html")
  .map((name) => ({
    path: `/${name.replace(/index\.html$/, "")}`,
    html: readFileSync(join(built, name), "utf8"),
  }));

/** Where the links of a page lead, each with the page that it is on. */
const links = pages.flatMap(({ path, html }) =>
  [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(([, href]) => ({
    path,
    url: new URL(href.replaceAll("&amp;", "&").replaceAll("&#38;", "&"), `https://this.site${path}`),
    href,
  })),
);

const [within, elsewhere] = [
  links.filter(({ url }) => url.hostname === "this.site"),
  links.filter(({ url }) => url.hostname !== "this.site"),
];

/** The names of the places in a page. */
const places = new Map(
  pages.map(({ path, html }) => [path, new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id))]),
);

test("a link within the site leads to a page, and to a place in it that exists", () => {
  assert.ok(within.length > 500, `${within.length} links`);
  const broken = within.filter(({ url }) => {
    const file = join(built, decodeURIComponent(url.pathname));
    if (!existsSync(file)) return true;
    if (statSync(file).isDirectory() && !url.pathname.endsWith("/")) return true;
    const ids = places.get(url.pathname);
    return url.hash !== "" && !ids?.has(decodeURIComponent(url.hash.slice(1)));
  });
  assert.deepEqual(
    broken.map(({ path, href }) => `${path}: ${href}`),
    [],
  );
});

test("a link to another site is one that a reader can follow, today and later", () => {
  assert.ok(elsewhere.length > 20, `${elsewhere.length} links`);
  const doubts = elsewhere.flatMap(({ path, href, url }) => {
    const doubt = [
      url.protocol !== "https:" && "is not https",
      !/^[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,}$/.test(url.hostname) && "names no host of the internet",
      (url.username !== "" || url.port !== "") && "has a user or a port",
      /[.,;:)]$/.test(href) && "ends in a sign of the sentence",
      /\s|[<>"]/.test(href) && "has a sign that addresses do not have",
      /[?&]utm_/.test(href) && "tells where the reader comes from",
      // What stands in a branch changes; a line number there is soon of another line.
      url.hostname === "github.com" && /\/(blob|tree)\/(main|master|maint)\b/.test(href) && "is of a branch",
    ].find(Boolean);
    return doubt ? [`${path}: ${href} ${doubt}`] : [];
  });
  assert.deepEqual(doubts, []);
});

test("a note is in the navigation of every page because its file is there", () => {
  const docs = join(import.meta.dirname, "../../src/content/docs");
  const notes = readdirSync(docs, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".mdx"))
    .map((name) => `/${name.replace(/(index)?\.mdx$/, "/").replace(/^\/$/, "")}`);
  assert.ok(notes.length > 20);
  for (const { path, html } of pages) {
    const navigation = /<nav class="sidebar[\s\S]*?<\/nav>/.exec(html)?.[0] ?? "";
    const absent = notes.filter((note) => !navigation.includes(`href="${note}"`));
    assert.deepEqual(absent, [], path);
  }
});
