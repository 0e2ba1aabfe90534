/** The public interface of the package. */
export type { ClockKind, FromWorker, Limits, SessionOptions, ToWorker } from "./vm/protocol.ts";
export { type OpenSession, openSession } from "./vm/node-session.ts";
