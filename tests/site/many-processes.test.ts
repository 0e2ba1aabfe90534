/** Pictures of runs with very many processes: what is drawn stays small, what is not drawn is counted, and time grows with the run. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { History } from "../../src/components/pictures/history.ts";
import { type Node, textOf } from "../../src/components/pictures/node.ts";
import { receiveSteps } from "../../src/components/pictures/receive-model.ts";
import { folded, stretch } from "../../src/components/pictures/sequence-fold.ts";
import { sequenceOf } from "../../src/components/pictures/sequence-model.ts";
import { drawSequence } from "../../src/components/pictures/sequence-picture.ts";
import { slicesOf } from "../../src/components/pictures/slices-model.ts";
import { drawSlices } from "../../src/components/pictures/slices-picture.ts";
import { treeOf, treeSteps } from "../../src/components/pictures/tree-model.ts";
import { drawTree } from "../../src/components/pictures/tree-picture.ts";

type Entry = History["entries"][number];
type Told = Entry extends infer One ? (One extends Entry ? Omit<One, "time"> : never) : never;

const SHELL = 2;
/** Ten times the processes take so many times as long at most: with the square of them it would be a hundred. */
const MOST_GROWTH = 30;
/** Elements of one picture. */
const MOST_NODES = 3000;

class Writer {
  readonly entries: Entry[] = [];
  #message = 0;

  constructor() {
    this.add({
      type: "known",
      pid: SHELL,
      parent: 0,
      code: null,
      name: null,
      label: null,
      state: "ready",
      links: [],
      monitors: [],
      mailbox: [],
    });
  }

  add(...told: Told[]): void {
    for (const one of told) this.entries.push({ ...one, time: this.entries.length / 100 } as Entry);
  }

  send(from: number, to: number, text: string): number {
    const message = ++this.#message;
    this.add(
      { type: "send", pid: from, to, target: "", message, text },
      { type: "deliver", pid: to, from, origin: "send", message, text },
    );
    return message;
  }

  history(): History {
    const history = new History(SHELL, 0);
    history.add(this.entries);
    return history;
  }
}

/** Each is started by the block, waits, gets a message, answers and ends, some of them by a crash. */
function crowd(count: number): History {
  const out = new Writer();
  const place = { file: "a", line: 1 };
  const pids = Array.from({ length: count }, (_, i) => i + 10);
  for (const pid of pids) out.add({ type: "spawn", pid, parent: SHELL, code: "Worker.loop/1" });
  for (const pid of pids)
    out.add(
      { type: "in", pid },
      { type: "block", pid, until: null, on: "message", clauses: [1], place },
      { type: "out", pid, reductions: 10, state: "waiting", frames: [] },
    );
  for (const pid of pids) {
    const message = out.send(SHELL, pid, ":work");
    out.add({ type: "in", pid }, { type: "match", pid, message, clauses: [1], place });
    out.send(pid, SHELL, `{:done, ${pid}}`);
    const isCrash = pid % 10 === 0;
    out.add(
      { type: "exit", pid, reason: isCrash ? ":boom" : ":normal", isCrash },
      { type: "out", pid, reductions: 20, state: "exited", frames: [] },
    );
  }
  return out.history();
}

/** Each starts the next one. */
function chain(count: number): History {
  const out = new Writer();
  for (let pid = 10; pid < count + 10; pid++)
    out.add({ type: "spawn", pid, parent: pid === 10 ? SHELL : pid - 1, code: null });
  return out.history();
}

/** A supervisor whose children all crash and are started again. */
function supervised(count: number): History {
  const out = new Writer();
  out.add({ type: "spawn", pid: 3, parent: SHELL, code: "Supervisor.init/1" });
  const start = (pid: number) =>
    out.add({ type: "spawn", pid, parent: 3, code: "Worker.init/1" }, { type: "link", pid, other: 3 });
  for (let i = 0; i < count; i++) start(10 + i);
  for (let i = 0; i < count; i++) out.add({ type: "exit", pid: 10 + i, reason: ":boom", isCrash: true });
  for (let i = 0; i < count; i++) start(10 + count + i);
  return out.history();
}

function size(node: Node): number {
  return 1 + node.children.reduce((sum, child) => sum + (typeof child === "string" ? 1 : size(child)), 0);
}

const times: number[] = [];

for (const count of [10_000, 100_000]) {
  const many = count.toLocaleString("en");

  test(`${many} processes: every picture is small, and soon there`, (t) => {
    const began = performance.now();
    const told: string[] = [];
    const measure = (name: string, draw: () => Node[]) => {
      const start = performance.now();
      const nodes = draw().reduce((sum, node) => sum + size(node), 0);
      told.push(`${name} ${(performance.now() - start).toFixed(0)} ms, ${nodes} nodes`);
      assert.ok(nodes < MOST_NODES, `${name}: ${nodes} nodes`);
    };
    const run = crowd(count);
    const shapes = { crowd: run, chain: chain(count), supervised: supervised(count) };
    for (const [name, history] of Object.entries(shapes)) {
      const last = history.entries.length - 1;
      measure(`tree of ${name}`, () => {
        const tree = treeOf(history);
        treeSteps(history, tree);
        return [drawTree(tree, history.at(last), history.entries[last], history, 800)];
      });
    }
    for (const first of [0, count / 2])
      measure(`messages, processes from ${first}`, () => {
        const sequence = folded(sequenceOf(run), first, run);
        const { head, body } = drawSequence(
          stretch(sequence, Math.floor(sequence.rows.length / 2), 200),
          run,
          800,
        );
        return [head, body];
      });
    measure("slices", () => {
      const model = slicesOf(run);
      return [drawSlices(model, model.slices.length / 2, run, 800)];
    });
    measure("receive", () => {
      assert.equal(receiveSteps(run).length, 4 * count);
      return [];
    });
    for (const line of told) t.diagnostic(line);
    times.push(performance.now() - began);
  });
}

test("the time for pictures grows with the number of processes, not with its square", () => {
  const [few, many] = times;
  assert.ok(many / few < MOST_GROWTH, `${few.toFixed(0)} ms and ${many.toFixed(0)} ms`);
});

test("the tree counts those that it draws together, and draws them one by one when they are opened", () => {
  const history = crowd(10_000);
  const moment = history.at(history.entries.length - 1);
  const tree = treeOf(history);
  const [group] = tree.slots.flatMap((slot) => (slot.group === null ? [] : [slot.group]));
  assert.deepEqual(group, { key: "2 Worker.loop/1", count: 9997, code: "Worker.loop/1" });
  assert.match(
    textOf(drawTree(tree, moment, undefined, history, 2000)),
    /9,997 more Worker.*8,998 ended · 999 crashed/,
  );
  const opened = treeOf(history, new Map([[group.key, 10]]));
  assert.equal(opened.slots.length, tree.slots.length + 10);
  assert.match(textOf(drawTree(opened, moment, undefined, history, 2000)), /9,987 more Worker/);
});

test("processes without a lane share one; what happens there in a row is one row, and no row is lost", () => {
  const history = crowd(10_000);
  const whole = sequenceOf(history);
  for (const first of [0, 5000]) {
    const sequence = folded(whole, first, history);
    assert.equal(sequence.lanes.length, 12);
    assert.equal(sequence.lanes.at(-1)?.title, "9,990 others");
    assert.equal(sequence.lanes[1].title, `#PID<0.${first + 10}.0>`);
    assert.equal(
      sequence.rows.reduce((sum, { count }) => sum + count, 0),
      whole.rows.length,
    );
  }
  const { rows } = folded(whole, 0, history);
  assert.deepEqual(
    rows.slice(9, 11).map(({ kind, text, count }) => [kind, text, count]),
    [
      ["spawn", "Worker.loop/1", 1],
      ["spawn", "starts 9,990", 9990],
    ],
  );
});

test("a stretch of rows begins and ends in the middle of lives and mailboxes", () => {
  const out = new Writer();
  out.add({ type: "spawn", pid: 3, parent: SHELL, code: null });
  for (let i = 0; i < 20; i++) out.send(SHELL, 3, `:m${i}`);
  out.add({ type: "exit", pid: 3, reason: ":normal", isCrash: false });
  const history = out.history();
  const { rows, lanes, stays } = stretch(folded(sequenceOf(history), 0, history), 5, 4);
  assert.deepEqual(
    rows.map(({ text }) => text),
    [":m4", ":m5", ":m6", ":m7"],
  );
  assert.deepEqual(
    lanes.map(({ pid, from, to }) => ({ pid, from, to })),
    [
      { pid: SHELL, from: -1, to: null },
      { pid: 3, from: -1, to: null },
    ],
  );
  assert.deepEqual(
    stays.map(({ text, from, to }) => [text, from, to]),
    [":m0", ":m1", ":m2", ":m3", ":m4", ":m5", ":m6", ":m7"].map((text, i) => [
      text,
      Math.max(-1, i - 4),
      null,
    ]),
  );
});

test("a long mailbox: each step of a receive knows how many messages there are, and which it is at", () => {
  const out = new Writer();
  const place = { file: "a", line: 1 };
  const messages = Array.from({ length: 5000 }, (_, i) => out.send(SHELL, SHELL, `:m${i}`));
  const last = messages.pop() as number;
  out.add(...messages.map((message) => ({ type: "skip", pid: SHELL, message }) as const), {
    type: "match",
    pid: SHELL,
    message: last,
    clauses: [1],
    place,
  });
  const steps = receiveSteps(out.history());
  assert.equal(steps.length, 5000 * 3);
  const { at, length, rule } = steps.at(-1)!;
  assert.deepEqual({ at, length, rule }, { at: 4999, length: 5000, rule: 3 });
});
