/** How a process ended, for the host: with a value, an error of its own, or a signal from outside. */
import { type Atom, atom } from "../term/atom.ts";
import type { Raised } from "../term/error.ts";
import type { Term } from "../term/term.ts";

export type Outcome =
  | { readonly kind: "returned"; readonly value: Term; readonly reason: Atom }
  | { readonly kind: "raised"; readonly raised: Raised; readonly reason: Term }
  | { readonly kind: "signalled"; readonly reason: Term };

export const NORMAL = atom("normal");
export const KILL = atom("kill");
export const KILLED = atom("killed");
export const NOPROC = atom("noproc");
