/** The public interface of the package: processes, as BEAM has them, for TypeScript. */
export * from "./core.ts";
export { evaluate, loadModule } from "./lazy-elixir.ts";
