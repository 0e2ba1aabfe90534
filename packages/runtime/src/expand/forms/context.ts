/** Which forms patterns and guards allow. */
import type { Term } from "../../term/term.ts";
import { fileError, inFile } from "../errors.ts";
import type { Scope } from "../scope.ts";

export function assertExpression(scope: Scope, meta: Term, what: string): void {
  assertNoMatch(scope, meta, what);
  assertNoGuard(scope, meta, what);
}

export function assertNoMatch(scope: Scope, meta: Term, what: string): void {
  if (!scope.env.inMatch) return;
  throw fileError(inFile(scope), meta, `invalid pattern in match, ${what} is not allowed in matches`);
}

export function assertNoGuard(scope: Scope, meta: Term, what: string): void {
  if (!scope.env.inGuard) return;
  const link = "https://hexdocs.pm/elixir/patterns-and-guards.html#guards";
  throw fileError(
    inFile(scope),
    meta,
    scope.state.inBitsize
      ? `${what} is not allowed inside a bitstring size specifier. The size specifier in matches works like guards. ` +
          `To learn more about guards, visit: ${link}`
      : `invalid expression in guards, ${what} is not allowed in guards. To learn more about guards, visit: ${link}`,
  );
}
