/** The platform in browsers: what is printed goes to the console, line by line. There are no files and no programs. */
import type { Platform } from "../platform.ts";

export function browserPlatform(): Platform {
  const begun = { stdout: "", stderr: "" };
  return {
    kind: "browser",
    write(stream, text) {
      const lines = (begun[stream] + text).split("\n");
      begun[stream] = lines.pop() as string;
      for (const line of lines) console[stream === "stdout" ? "log" : "error"](line);
    },
    argv: [],
    env: {},
  };
}
