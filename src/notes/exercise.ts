/** How an exercise is checked, in the page and in the tests alike. */
import type { FromWorker } from "beamlet/protocol";

/** What is evaluated after the reader's code, in the same shell, and then discarded: the check may use ExUnit's assertions. */
export function checkCode(check: string): string {
  return `import ExUnit.Assertions\n${check}`;
}

/** Why an exercise is not solved, from what its check reported; `null` when it is solved or nothing is known yet. */
export function reasonIn(message: FromWorker): string | null {
  switch (message.type) {
    case "error":
      return message.banner.replace(/^\*\* \(ExUnit\.AssertionError\)\s*/, "").trim();
    case "stuck":
      return "The check waits for a message that nobody sends.";
    default:
      return null;
  }
}
