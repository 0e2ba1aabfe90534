/**
 * `:beamlet_signal`, under `:os.set_signal/2`: signals of the operating system become a message to `:erl_signal_server`, where a
 * program has one, and a call of the handlers of `System.trap_signal/3`. A host without signals, such as a browser, never has one.
 */

import { spawnCall } from "../process/start.ts";
import { currentScheduler, type Scheduler } from "../scheduler/scheduler.ts";
import { type Atom, atom, OK } from "../term/atom.ts";
import type { Term } from "../term/term.ts";
import { Tuple2 } from "../term/tuple.ts";
import type { NativeModule } from "./native.ts";
import { handled, signals, taken } from "./signal-source.ts";

const HANDLE = atom("handle");
const DEFAULT = atom("default");
const NOTIFY = atom("notify");
const SIGNAL_SERVER = atom("erl_signal_server");

function deliver(scheduler: Scheduler, signal: Term): void {
  scheduler.enter(() => {
    const server = scheduler.names.get(SIGNAL_SERVER);
    if (server !== undefined) scheduler.send(server, new Tuple2(NOTIFY, signal));
    spawnCall(scheduler.callee(atom("Elixir.System"), atom("__signal__"), 1), [signal]);
  });
}

export const beamletSignal: NativeModule = {
  module: "beamlet_signal",
  functions: {
    "set/2": (signal: Term, action: Term) => {
      if (signals === null) return OK;
      const name = (signal as Atom).name.toUpperCase();
      const scheduler = currentScheduler();
      handled.delete(name);
      taken.add(name);
      if (action === HANDLE) {
        handled.add(name);
        signals.listen(name, () => deliver(scheduler, signal));
      } else signals.listen(name, action === DEFAULT ? null : () => {});
      return OK;
    },
  },
};
