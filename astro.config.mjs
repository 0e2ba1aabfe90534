import { unified } from "@astrojs/markdown-remark";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import { checkFrontMatter } from "./src/notes/front-matter.ts";
import { publish } from "./src/notes/publish.ts";
import { remarkRunBlocks } from "./src/notes/remark-run-blocks.ts";
import { remarkTableCode } from "./src/notes/remark-table-code.ts";
import { sections } from "./src/notes/sections.ts";

export default defineConfig({
  markdown: { processor: unified({ remarkPlugins: [remarkRunBlocks, remarkTableCode] }) },
  integrations: [
    checkFrontMatter("src/content/docs"),
    starlight({
      title: "Concurrency in BEAM",
      description: "Notes that explain what concurrency in BEAM is, in which every block of code runs.",
      // In this order: what comes later refines what comes before.
      customCss: ["block", "editor", "exercise", "playground", "run-in-node", "page"].map(
        (name) => `./src/styles/${name}.css`,
      ),
      // Code that is only read is broken rather than scrolled.
      expressiveCode: { defaultProps: { wrap: true } },
      components: { PageTitle: "./src/components/PageTitle.astro" },
      sidebar: [
        { label: "Concurrency in BEAM", slug: "index" },
        ...sections.map(({ label, folder }) => ({ label, items: [{ autogenerate: { directory: folder } }] })),
        { label: "Playground", link: "/playground/" },
        { label: "Run in Node", link: "/run-in-node/" },
        { label: "Reference", items: [{ autogenerate: { directory: "reference" } }] },
      ],
    }),
    publish(),
  ],
});
