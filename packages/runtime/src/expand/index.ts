/** Elixir's expander. `README.md` tells what the library calls, `host.ts` what the machine provides. */
export { Env, newEnv } from "./env.ts";
export { defaultEnv, envForEval, evalQuoted } from "./eval.ts";
export { newScope } from "./expand.ts";
export type * from "./host.ts";
export type { ExpanderModule } from "./native.ts";
export { natives, resetExpander } from "./natives.ts";
