/** A run as a table: the same steps as in the picture, in words. */
import { duration, type History } from "./history.ts";
import { element, type View } from "./view.ts";

const MOST_ROWS = 500;

export function fillTable(
  details: HTMLElement,
  steps: readonly number[],
  view: View,
  history: History,
): void {
  const rows = steps.slice(0, MOST_ROWS).map((index, i) => {
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
      element("td", "", String(i + 1)),
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
  if (steps.length > MOST_ROWS)
    box.append(element("p", "omitted", `${steps.length - MOST_ROWS} more steps are not shown.`));
  details.append(box);
}
