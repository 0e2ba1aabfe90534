/**
 * JavaScript errors that end up in a process: what a builtin threw by mistake becomes an Erlang error, so that it
 * ends one process and not the host. Limits are no such mistake; they pass through.
 */
import { atom } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import { CLASS_ERROR, Raised } from "../term/error.ts";
import { Tuple2 } from "../term/tuple.ts";
import { LimitExceeded } from "./limit.ts";

/** What hosts say of a stack, an array, a string, a buffer or an integer that grows beyond what they can hold. */
const SIZES = /call stack|recursion|invalid (array|string|typed array) length|allocation failed|BigInt/i;

/** The `Raised` for whatever JavaScript code has thrown. For `catch` in compiled code and the scheduler. */
export function toRaised(thrown: unknown): Raised {
  if (thrown instanceof Raised) return thrown;
  if (thrown instanceof LimitExceeded) throw thrown;
  if (thrown instanceof RangeError && SIZES.test(thrown.message)) {
    return new Raised(CLASS_ERROR, atom("system_limit"));
  }
  const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new Raised(CLASS_ERROR, new Tuple2(atom("host_error"), text(message.toWellFormed())));
}
