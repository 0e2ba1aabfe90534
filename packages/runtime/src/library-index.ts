/**
 * The library's modules for bundlers of browsers: what fetches each. The build puts the file that it makes in this one's place, beside the
 * modules.
 */
import type { ModuleSource } from "./vm/code-server.ts";

export const library: Readonly<Record<string, () => Promise<{ readonly default: ModuleSource }>>> = {};
