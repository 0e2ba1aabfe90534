/** What the later files of the worker import from the first bundle; the build puts the table in (`tools/worker-bundle.ts`). */
export const SHARED: Readonly<Record<string, object>> = {};
