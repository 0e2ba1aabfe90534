/**
 * What processes cost: those that the run has started, measured, beside a thread of the operating system, from its documentation. Areas
 * are true to scale.
 */
import type { RunCost } from "beamlet/protocol";
import type { History } from "./history.ts";
import { h, toDom } from "./node.ts";
import { element, type View } from "./view.ts";

/** Below that, a measurement says nothing of one process. */
const LEAST = 100;
/** What Linux reserves for the stack of a thread unless told otherwise (`ulimit -s`, 8192 kB). */
const THREAD_BYTES = 8 * 1024 * 1024;
/** A new process that waits: what `process_info(Pid, memory)` tells on Erlang/OTP 25, 330 words of 8 bytes. */
const BEAM_BYTES = 330 * 8;

export class CostView implements View {
  readonly name = "cost";
  readonly title = "Cost";
  readonly element = element("div", "cost-view");
  readonly isWhole = true;
  #width = 0;

  applies(history: History): boolean {
    return (history.cost?.started ?? 0) >= LEAST;
  }

  steps(history: History): readonly number[] {
    return [Math.max(0, history.entries.length - 1)];
  }

  draw(history: History, width: number): void {
    this.#width = width;
    const { cost } = history;
    if (cost === null) return;
    this.element.replaceChildren(...this.#figures(cost), this.#squares(cost));
  }

  show(): void {}

  tell(_index: number, history: History): string {
    const { cost } = history;
    return cost === null
      ? ""
      : `${cost.started.toLocaleString("en")} processes in ${Math.round(cost.milliseconds)} milliseconds`;
  }

  #figures({ started, milliseconds, alive, bytes }: RunCost): HTMLElement[] {
    const figure = (value: string, unit: string, text: string) =>
      element(
        "div",
        "figure",
        element("p", "value", value, element("span", "unit", unit)),
        element("p", "about", text),
      );
    const each = (milliseconds * 1000) / started;
    const made = [
      figure(
        each.toFixed(each < 10 ? 1 : 0),
        " µs",
        `a process: ${started.toLocaleString("en")} started in ${milliseconds.toFixed(0)} ms, measured just now, with all else that the block did`,
      ),
    ];
    if (alive >= LEAST)
      made.push(
        figure(
          Math.round(bytes / alive).toLocaleString("en"),
          " bytes",
          `a process: ${alive.toLocaleString("en")} alive, estimated by a walk over everything that they hold`,
        ),
      );
    return [element("div", "figures", ...made)];
  }

  /** Squares whose areas are bytes. */
  #squares({ alive, bytes }: RunCost): HTMLElement {
    const box = element("figure", "squares");
    const side = Math.min(220, this.#width * 0.42);
    const sideOf = (size: number) => side * Math.sqrt(size / THREAD_BYTES);
    const items = [
      {
        name: "A thread of the operating system",
        text: "8 MiB reserved for its stack: the default of Linux, from its documentation",
        size: THREAD_BYTES,
        kind: "thread",
      },
      {
        name: "A process on the BEAM",
        text: "2.6 kB at first, as Erlang/OTP 25 itself tells of a new one",
        size: BEAM_BYTES,
        kind: "beam",
      },
      ...(alive >= LEAST
        ? [
            {
              name: "A process on this page",
              text: `${Math.round(bytes / alive)} bytes, estimated`,
              size: bytes / alive,
              kind: "here",
            },
          ]
        : []),
    ];
    for (const { name, text, size, kind } of items) {
      const edge = Math.max(1, sideOf(size));
      const high = kind === "thread" ? side : 24;
      box.append(
        element(
          "div",
          `square ${kind}`,
          toDom(
            h(
              "svg",
              {
                width: Math.max(edge, 24),
                height: high,
                viewBox: `0 0 ${Math.max(edge, 24)} ${high}`,
                "aria-hidden": "true",
              },
              h("rect", { class: kind, x: 0, y: high - edge, width: edge, height: edge }),
            ),
          ) as unknown as HTMLElement,
          element("p", "", element("strong", "", name), element("br", ""), text),
        ),
      );
    }
    const caption = element(
      "figcaption",
      "",
      alive >= LEAST
        ? `The areas are true to scale: into one thread's stack fit ${Math.round(THREAD_BYTES / (bytes / alive)).toLocaleString("en")} processes of this page.`
        : "The areas are true to scale.",
    );
    box.append(caption);
    return box;
  }
}
