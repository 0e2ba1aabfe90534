/** How an exercise is checked, in the page and in the tests alike. */
import type { FromWorker, Language } from "beamlet/protocol";

/** What goes in front of a check of each language, so that it can say what it expects. */
export const assertions = {
  elixir: "import ExUnit.Assertions\n",
  typescript: "const assert=(holds,message)=>{if(!holds)throw new Error(message)};",
} as const satisfies Record<Language, string>;

/** Why an exercise is not solved, from what its check reported; `null` when it is solved or nothing is known yet. */
export function reasonIn(message: FromWorker): string | null {
  switch (message.type) {
    case "error":
      return message.banner.replace(/^(\*\* \(ExUnit\.AssertionError\)\s*|Error: )/, "").trim();
    case "stuck":
      return "The check waits for a message that nobody sends.";
    default:
      return null;
  }
}
