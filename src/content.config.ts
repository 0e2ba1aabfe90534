import { defineCollection } from "astro:content";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
import { z } from "astro/zod";
import { TAG } from "./notes/tags.ts";

/** What the front matter of a note holds beyond Starlight's own: who wrote the source, and what it is about. */
const note = z.object({
  author: z.string().min(1).optional(),
  tags: z.array(z.string().regex(TAG, "a tag consists of small letters, digits and dashes")).default([]),
});

export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema({ extend: note }) }),
};
