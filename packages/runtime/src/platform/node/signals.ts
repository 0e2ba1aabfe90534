/** Signals of the operating system, for those that a program has asked for; what happens to the others is Node's business. */
import process from "node:process";
import type { SignalSource } from "../platform.ts";

const listeners = new Map<string, () => void>();

export const nodeSignals: SignalSource = {
  listen(signal, listener) {
    const before = listeners.get(signal);
    if (before !== undefined) process.removeListener(signal, before);
    listeners.delete(signal);
    if (listener === null) return;
    try {
      process.on(signal, listener);
      listeners.set(signal, listener);
    } catch {
      // One that no program can catch, as SIGSTOP: Erlang is silent about it too.
    }
  },
};
