/** What the tabs of the pictures have in common. */
import type { SchedulerLoad } from "beamlet/protocol";
import type { History } from "./history.ts";

export interface View {
  readonly name: string;
  readonly title: string;
  readonly element: HTMLElement;
  /** Whether the run has what this shows. */
  applies(history: History): boolean;
  /** The entries at which something of the picture changes: where the slider stops. */
  steps(history: History): readonly number[];
  /** Draws the run in so many pixels. */
  draw(history: History, width: number): void;
  /** Shows the moment just after an entry. */
  show(index: number, history: History): void;
  /** What the step to an entry is, in words. */
  tell(index: number, history: History): string;
  /** Told several times a second while the program runs. */
  load?(load: SchedulerLoad, history: History): void;
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...content: (globalThis.Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  made.append(...content);
  return made;
}
