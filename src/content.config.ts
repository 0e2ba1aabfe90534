import { defineCollection } from "astro:content";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
import { z } from "astro/zod";

/** What the front matter of a note holds beyond Starlight's own. `notes/front-matter.ts` has checked it; the reference has neither. */
const note = z.object({ author: z.string().optional(), tags: z.array(z.string()).default([]) });

export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema({ extend: note }) }),
};
