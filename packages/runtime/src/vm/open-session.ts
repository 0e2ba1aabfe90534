/** Sessions for programs: a shell that evaluates Elixir text, as the blocks of a page do. */
import type { EvaluationOptions, FromWorker, SessionOptions } from "./protocol.ts";
import { Session, type SessionHost } from "./session.ts";

/** A running shell. */
export interface OpenSession {
  /** Evaluates Elixir text after all that came before it, or TypeScript as a session takes it; its events carry the id. */
  evaluate(id: string, code: string, options?: EvaluationOptions): void;
  /** Evaluates code in a process of its own beside the shell, as part of an evaluation. */
  act(id: string, code: string): void;
  /** Ends an evaluation, and the processes that it has started. Bindings stay. */
  stop(id: string): void;
  /** Asks for the trace of an evaluation: what has happened, and what will until it is taken back. */
  watch(id: string, isWatched?: boolean): void;
  /** Resolves when no process can go on by itself. */
  settled(): Promise<void>;
  /** Ends the shell and all its processes. */
  close(): void;
}

/** Starts a shell on a host. */
export function openSessionOn(
  host: Omit<SessionHost, "post" | "loadTypeScript">,
  options: SessionOptions,
  receive: (message: FromWorker) => void,
): OpenSession {
  const session = new Session({
    ...host,
    post: receive,
    loadTypeScript: () => import("./typescript-blocks.ts"),
  });
  session.receive({ type: "start", options });
  return {
    evaluate: (id, code, options) => session.receive({ type: "eval", id, code, ...options }),
    act: (id, code) => session.receive({ type: "act", id, code }),
    stop: (id) => session.receive({ type: "stop", id }),
    watch: (id, isWatched = true) => session.receive({ type: "watch", id, isWatched }),
    settled: () => session.settled(),
    close: () => session.close(),
  };
}
