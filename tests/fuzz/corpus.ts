/** The Elixir files of the repository: what is mutated. */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");

export function corpus(): string[] {
  return ["packages/runtime/lib", "tests/stdlib", "tests/language", "tests/otp"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.exs?$/.test(name))
      .map((name) => join(ROOT, folder, name))
      .sort(),
  );
}
