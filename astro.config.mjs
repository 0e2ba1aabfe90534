import { unified } from "@astrojs/markdown-remark";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import { checkFrontMatter } from "./src/notes/front-matter.ts";
import { publish } from "./src/notes/publish.ts";
import { remarkRunBlocks } from "./src/notes/remark-run-blocks.ts";

export default defineConfig({
  markdown: { processor: unified({ remarkPlugins: [remarkRunBlocks] }) },
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
        { label: "Playground", link: "/playground/" },
        { label: "Run in Node", link: "/run-in-node/" },
        { label: "Working with processes", items: [{ autogenerate: { directory: "processes" } }] },
        { label: "Stateful server processes", items: [{ autogenerate: { directory: "servers" } }] },
        { label: "OTP", items: [{ autogenerate: { directory: "otp" } }] },
        { label: "The runtime", items: [{ autogenerate: { directory: "runtime" } }] },
        { label: "Processes for TypeScript", items: [{ autogenerate: { directory: "package" } }] },
        { label: "Reference", items: [{ autogenerate: { directory: "reference" } }] },
      ],
    }),
    publish(),
  ],
});
