/** A run as a table: the same steps as in the picture, in words. */
import { duration, type History } from "./history.ts";
import { Pager } from "./pager.ts";
import { element, type View } from "./view.ts";

/** Rows of one page of the table. */
const PAGE = 500;

export function fillTable(
  details: HTMLElement,
  steps: readonly number[],
  view: View,
  history: History,
  first = 0,
): void {
  const rows = steps.slice(first, first + PAGE).map((index, i) => {
    const entry = history.entries[Math.floor(index)];
    const place = view.placeOf?.(index) ?? entry.place;
    const where = element("td", "");
    if (place !== undefined) {
      const link = element("a", "", `line ${place.line}`);
      link.href = `#block-${place.file}`;
      where.append(link);
    }
    return element(
      "tr",
      "",
      element("td", "", String(first + i + 1)),
      element("td", "", duration(history.sinceBegin(entry.time))),
      element("td", "", view.tell(index, history)),
      where,
    );
  });
  const heads = ["Step", "Time", "What happens", "Where"].map((name) => {
    const head = element("th", "", name);
    head.scope = "col";
    return head;
  });
  const table = element(
    "table",
    "",
    element("thead", "", element("tr", "", ...heads)),
    element("tbody", "", ...rows),
  );
  details.querySelector(".table-box")?.remove();
  const box = element("div", "table-box", table);
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", `${view.title}, as a table`);
  const pager = new Pager("steps", PAGE, (start) => {
    fillTable(details, steps, view, history, start);
    details.querySelector<HTMLElement>(".table-box")?.focus();
  });
  pager.show(first, steps.length);
  box.append(pager.element);
  details.append(box);
}
