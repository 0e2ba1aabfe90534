/**
 * Lets the bundler of whoever uses the package leave out what a program does not. The sources have no effects at their top
 * level, but a bundler cannot know that of a call, such as the one that makes a constant's atom, unless it is told.
 */
import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";

/** The first call of the value of a constant, or of a variable, at the start of a line: `const FOO = atom("foo")`. */
const CONSTANT =
  /^((?:export )?(?:const|let) [\w$]+(?:: [^=\n]+)? =\s+)(?=new |[a-zA-Z][\w.]*(?:<[^>\n]*>)?\()/gm;

export const pureConstants: Plugin = {
  name: "pure constants",
  setup(build) {
    build.onLoad({ filter: /[\\/]runtime[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
      loader: "ts",
      contents: readFileSync(path, "utf8").replace(CONSTANT, "$1/* @__PURE__ */ "),
    }));
  },
};

/**
 * `export * as Name` of a bundle is an empty object that a call fills, which is an effect; here it is what the call returns.
 * Lines stay where they are, for the source maps.
 */
export function withPureNamespaces(text: string): string {
  return text
    .replace(/^(var __export = \(target, all\) => \{\n.*\n.*;)\n\};/m, "$1\n  return target; };")
    .replace(/^var (\w+) = \{\};\n__export\(\1, /gm, "var $1 =\n/* @__PURE__ */ __export({}, ");
}
