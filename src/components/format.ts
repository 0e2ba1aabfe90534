/** Formats code with the runtime's own formatter, in the shell of the page, which keeps nothing of it. */
import { nextRun, session } from "./page.ts";

/** The formatted code, or why it cannot be formatted. */
export async function format(code: string): Promise<{ code: string } | { reason: string }> {
  const id = `format:${nextRun()}`;
  const bytes = new TextEncoder().encode(code);
  const literal = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const { promise, resolve } = Promise.withResolvers<{ code: string } | { reason: string }>();
  let printed = "";
  let reason: string | null = null;
  const action = `"${literal}" |> Base.decode64!() |> Code.format_string!() |> IO.write()`;
  await session.evaluate(id, action, { discard: true }, (message) => {
    if (message.type === "output") printed += message.text;
    else if (message.type === "error") reason = message.banner;
    else if (message.type === "done") resolve(reason === null ? { code: printed } : { reason });
  });
  return promise;
}
