/** What the second file of natives imports from the first bundle; the build puts the table in (`tools/worker-bundle.ts`). */
export const SHARED: Readonly<Record<string, object>> = {};
