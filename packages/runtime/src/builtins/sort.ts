/**
 * Sorting by the standard order, with the very results of Erlang's `:lists.sort/1`.
 *
 * Our sort is stable; Erlang's is not, which shows where `1` and `1.0` meet. So ours sorts, and only a
 * result with neighbours that are equal but not identical is thrown away for Erlang's own way: runs are
 * gathered from the list, each ascending or each descending, and merged by threes. Runs are arrays in the order of
 * Erlang's lists, so every merge turns the order around.
 */
import type { U } from "../process/stack.ts";
import { compareTerms, list, strictEquals, type Term } from "../term/index.ts";
import { sortBy } from "./merge-sort.ts";

/** The list of the items sorted; takes the array over. */
export function sortedList(items: Term[]): Term | typeof U {
  // Nothing equals an integer that is not an integer, when there are no others.
  if (items.every((item) => typeof item === "number")) return sortBy(items, items, list);
  const given = items.slice();
  return sortBy(items, items, (result) => {
    for (let i = 1; i < result.length; i++)
      if (compareTerms(result[i - 1], result[i]) === 0 && !strictEquals(result[i - 1], result[i]))
        return list(sortedByRuns(given));
    return list(result);
  });
}

const atMost = (a: Term, b: Term): boolean => compareTerms(a, b) <= 0;

function sortedByRuns(items: Term[]): Term[] {
  const [x, y, z] = items;
  const ascends = atMost(x, y);
  if (items.length === 2) return ascends ? [x, y] : [y, x];
  if (items.length === 3) {
    if (ascends) return atMost(y, z) ? [x, y, z] : atMost(x, z) ? [x, z, y] : [z, x, y];
    return atMost(x, z) ? [y, x, z] : atMost(y, z) ? [y, z, x] : [z, y, x];
  }
  // Equal items in front go into the first run, whichever way it turns out to go.
  let at = 1;
  while (at < items.length && compareTerms(items[at - 1], items[at]) === 0) at++;
  if (at === items.length) return items;
  const equal = items.slice(0, at - 1);
  const up = compareTerms(items[at - 1], items[at]) < 0;
  const runs = gathered(items, at - 1, equal, up);
  return up ? mergedDown(runs) : mergedUp(runs);
}

/**
 * The runs from an index on, the latest first, each with its latest items in front. `x` and `y` are the last two of
 * the run; an item may still be put between them, or, while the run is new, before both.
 */
function gathered(items: readonly Term[], from: number, first: Term[], up: boolean): Term[][] {
  const follows = up ? (a: Term, b: Term) => atMost(b, a) : atMost;
  const runs: Term[][] = [];
  let x = items[from];
  let y = items[from + 1];
  // The run before `x`, oldest first.
  let rest = first;
  let aside: Term | undefined;
  for (let i = from + 2; i < items.length; i++) {
    const z = items[i];
    if (follows(z, y)) {
      rest.push(x);
      x = y;
      y = z;
    } else if (follows(z, x)) {
      rest.push(x);
      x = z;
    } else if (aside === undefined) {
      if (rest.length === 0) rest = [z];
      else aside = z;
    } else {
      runs.push([y, x, ...rest.reverse()]);
      rest = [];
      const keep = up ? atMost(aside, z) : !atMost(aside, z);
      [x, y] = keep ? [aside, z] : [z, aside];
      aside = undefined;
    }
  }
  runs.push([y, x, ...rest.reverse()]);
  if (aside !== undefined) runs.push([aside]);
  return runs.reverse();
}

/** Merges ascending lists, then the descending results, and so on, until one ascending list is left. */
function mergedUp(lists: Term[][]): Term[] {
  const done: Term[][] = [];
  let at = 0;
  for (; at + 2 < lists.length; at += 3) done.push(merge([lists[at], lists[at + 1], lists[at + 2]], lowest));
  if (at + 1 < lists.length) done.push(merge([lists[at], lists[at + 1]], lowest));
  else if (at < lists.length) {
    if (done.length === 0) return lists[at];
    done.push(lists[at].slice().reverse());
  }
  return mergedDown(done.reverse());
}

/** Merges descending lists, of which the last counts as the first. */
function mergedDown(lists: Term[][]): Term[] {
  const done: Term[][] = [];
  let at = 0;
  for (; at + 2 < lists.length; at += 3) done.push(merge([lists[at + 2], lists[at + 1], lists[at]], highest));
  if (at + 1 < lists.length) done.push(merge([lists[at + 1], lists[at]], highest));
  else if (at < lists.length) done.push(lists[at].slice().reverse());
  return mergedUp(done.reverse());
}

type Pick = (heads: readonly (Term | undefined)[]) => number;

/** Takes the heads that `pick` chooses; the result is in reverse. */
function merge(lists: Term[][], pick: Pick): Term[] {
  const places = lists.map(() => 0);
  const result: Term[] = [];
  for (;;) {
    const heads = lists.map((list, i) => (places[i] < list.length ? list[places[i]] : undefined));
    const i = pick(heads);
    if (i < 0) return result.reverse();
    result.push(heads[i] as Term);
    places[i]++;
  }
}

/** Of equal heads the first. */
const lowest: Pick = (heads) => {
  let best = -1;
  heads.forEach((head, i) => {
    if (head !== undefined && (best < 0 || !atMost(heads[best] as Term, head))) best = i;
  });
  return best;
};

/** Of equal heads the last. */
const highest: Pick = (heads) => {
  let best = -1;
  heads.forEach((head, i) => {
    if (head !== undefined && (best < 0 || atMost(heads[best] as Term, head))) best = i;
  });
  return best;
};
