/**
 * What bundlers for browsers take in place of `elixir.ts`, which needs Node's files to find the library: whoever
 * evaluates is told so.
 */
function missing(): never {
  throw new Error("Elixir needs Node so far: in a browser, the package runs processes of TypeScript");
}

export const evaluate = missing;
export const elixirModule = missing;
export const loadModule = missing;
export const callElixir = missing;
export const openSession = missing;
