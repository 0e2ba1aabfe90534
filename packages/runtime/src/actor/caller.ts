/** Who asked: the `from` of OTP's protocol, `{pid, [:alias | monitor]}`, as a class of its own that messages may hold. */
import { Tuple2 } from "../term/tuple.ts";

declare const replies: unique symbol;

/** The caller of a request: what `reply` answers. It may be kept, and sent to whoever is to answer. */
export interface From<in Reply = any> {
  readonly [replies]?: (reply: Reply) => void;
}

/** @internal */
export class Caller extends Tuple2 {}
