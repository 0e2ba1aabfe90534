/** Which signals of the operating system a program has taken from its host; `signals.ts` says what becomes of them. */

/** What is needed of a host; `platform/` states it in full. */
interface Signals {
  listen(signal: string, listener: (() => void) | null): void;
}

export let signals: Signals | null = null;
/** Those that are handled or ignored. */
export const taken = new Set<string>();
export const handled = new Set<string>();

/** Says whose signals there are from now on; all are left to the host again. */
export function useSignals(host: Signals | null): void {
  for (const signal of taken) signals?.listen(signal, null);
  taken.clear();
  handled.clear();
  signals = host;
}

/** Whether something may still happen to a system in which all wait. */
export function handlesSignals(): boolean {
  return handled.size > 0;
}
