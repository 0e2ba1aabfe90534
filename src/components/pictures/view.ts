/** What the tabs of the pictures have in common. */
import type { SchedulerLoad, TracePlace } from "beamlet/protocol";
import type { History } from "./history.ts";

export interface View {
  readonly name: string;
  readonly title: string;
  readonly element: HTMLElement;
  /** Unless the reader has moved, the first step is shown and not the last. */
  readonly startsAtBegin?: boolean;
  /** Shows the whole run, also one that went on beyond what is recorded. */
  readonly isWhole?: boolean;
  /** Whether the run has what this shows. */
  applies(history: History): boolean;
  /**
   * The entries at which something of the picture changes: where the slider stops. What is behind the point of a number
   * tells steps of one entry apart.
   */
  steps(history: History): readonly number[];
  /** Draws the run in so many pixels. */
  draw(history: History, width: number): void;
  /** Shows a step, and the world as it was until the next one: `until` is the last entry before that. */
  show(index: number, until: number, history: History): void;
  /** What the step to an entry is, in words. */
  tell(index: number, history: History): string;
  /** The line of code that a step is about, where that is not the one of its entry. */
  placeOf?(index: number): TracePlace | undefined;
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
