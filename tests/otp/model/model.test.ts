/**
 * Random supervision trees, kills, links and monitors, compared with what OTP says (`tree.ts`): after every command each node
 * lives or does not, has been started so many times, and is or is not among the children of its supervisor; and in the
 * end every watcher has been told exactly once, for the right reason, and every name is free.
 *
 * `MODEL_RUNS` sets how many programs are run, each under `SCHEDULES` schedules; one that fails is printed with its seed.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { type Command, type Plain, type Run, TreeMachine } from "./program.ts";
import {
  type Reason,
  type Restart,
  type Spec,
  type Strategy,
  type SupervisorSpec,
  Tree,
  type TreeNode,
} from "./tree.ts";

const RUNS = Number(process.env.MODEL_RUNS ?? 2000);
const SCHEDULES = 5;

let machine: TreeMachine;
before(async () => {
  machine = await TreeMachine.start();
});
after(() => machine.end());

const restart = fc.constantFrom<Restart[]>("permanent", "permanent", "transient", "temporary");

const { supervisor } = fc.letrec<{ supervisor: SupervisorSpec; child: SupervisorSpec["children"][number] }>(
  (tie) => ({
    child: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.record({ kind: fc.constant("worker" as const), restart, traps: fc.boolean() }),
      tie("supervisor"),
    ),
    supervisor: fc.record({
      kind: fc.constant("supervisor" as const),
      restart,
      strategy: fc.constantFrom<Strategy[]>("one_for_one", "one_for_all", "rest_for_one"),
      intensity: fc.integer({ min: 0, max: 3 }),
      children: fc.array(tie("child"), { minLength: 1, maxLength: 4 }),
    }),
  }),
);

/** Gathers the program that a sequence of commands makes, with what is to be seen after each. */
class Program {
  readonly commands: Command[] = [];
  readonly expected: Expected[] = [];
}

interface Expected {
  readonly result: Plain;
  readonly nodes: readonly Plain[];
}

/** A command picks its node among those to which it can be done. */
abstract class Act implements fc.Command<Tree, Program> {
  readonly pick: number;

  constructor(pick: number) {
    this.pick = pick;
  }

  abstract nodes(tree: Tree): TreeNode[];
  abstract act(tree: Tree, node: TreeNode): [command: Command, result: Plain, milliseconds?: number];

  check(tree: Readonly<Tree>): boolean {
    return this.nodes(tree as Tree).length > 0;
  }

  run(tree: Tree, program: Program): void {
    const nodes = this.nodes(tree);
    const [command, result, milliseconds = 10] = this.act(tree, nodes[this.pick % nodes.length]);
    tree.now += milliseconds;
    program.commands.push(command);
    program.expected.push({ result, nodes: shown(tree) });
  }

  toString(): string {
    return `${this.constructor.name}(${Object.values(this).join(", ")})`;
  }
}

class Stop extends Act {
  readonly reason: Reason;

  constructor(pick: number, reason: Reason) {
    super(pick);
    this.reason = reason;
  }

  // The children of a killed supervisor end on their own; one that takes its time would still have its name when it is
  // started again, in OTP as here.
  nodes(tree: Tree): TreeNode[] {
    return tree
      .living(this.reason === "kill" ? undefined : "worker")
      .filter(({ children }) => children.every(({ alive, spec }) => !alive || endsAtOnce(spec)));
  }

  act(tree: Tree, node: TreeNode): [Command, Plain] {
    tree.end(node, this.reason);
    return [["stop", node.path, this.reason], "ok"];
  }
}

const endsAtOnce = (spec: Spec) => spec.kind === "worker" && !spec.traps;

/** What is done to a child through its supervisor. */
class Ask extends Act {
  readonly request: "terminate" | "restart" | "delete";

  constructor(pick: number, request: "terminate" | "restart" | "delete") {
    super(pick);
    this.request = request;
  }

  nodes(tree: Tree): TreeNode[] {
    return tree.nodes.filter(({ parent }) => parent?.alive);
  }

  act(tree: Tree, node: TreeNode): [Command, Plain] {
    const parent = node.parent as TreeNode;
    return [[this.request, parent.path, node.id], tree[this.request](node)];
  }
}

class Watch extends Act {
  nodes(tree: Tree): TreeNode[] {
    return tree.living();
  }

  act(tree: Tree, node: TreeNode): [Command, Plain] {
    const number = watchersOf(tree);
    node.watchers.push(number);
    return [["watch", node.path, number], "ok"];
  }
}

class Talk extends Act {
  nodes(tree: Tree): TreeNode[] {
    return tree.living("worker");
  }

  act(_tree: Tree, node: TreeNode): [Command, Plain, number] {
    return [["talk", node.path, 1 + (this.pick % 3)], "ok", 20];
  }
}

class Wait extends Act {
  nodes(tree: Tree): TreeNode[] {
    return [tree.root];
  }

  act(): [Command, Plain, number] {
    const milliseconds = (this.pick % 7) * 1000;
    return [["wait", milliseconds], "ok", milliseconds + 10];
  }
}

const counts = new WeakMap<Tree, number>();

function watchersOf(tree: Tree): number {
  const count = counts.get(tree) ?? 0;
  counts.set(tree, count + 1);
  return count;
}

/** Of each node that was ever started: path, starts, whether it lives, and its children with theirs. */
function shown(tree: Tree): Plain[] {
  return tree.nodes
    .filter(({ starts }) => starts > 0)
    .map(({ path, starts, alive, children }) => [
      path,
      starts,
      String(alive),
      alive ? children.filter(({ listed }) => listed).map((child) => [child.id, String(child.alive)]) : [],
    ]);
}

const sorted = (items: readonly Plain[]) =>
  items.map((item) => JSON.stringify(item)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

function nodesOf(nodes: readonly Plain[]): string[] {
  const each = nodes as [number[], number, string, [number, string][]][];
  return sorted(each.map(([path, starts, alive, children]) => [path, starts, alive, sorted(children)]));
}

const pick = fc.nat({ max: 1000 });

const commands = fc.commands(
  [
    fc
      .tuple(pick, fc.constantFrom<Reason[]>("normal", "shutdown", "shutdown_term", "crash", "kill", "kill"))
      .map(([number, reason]) => new Stop(number, reason)),
    fc
      .tuple(pick, fc.constantFrom<Ask["request"][]>("terminate", "restart", "delete"))
      .map(([number, request]) => new Ask(number, request)),
    pick.map((number) => new Watch(number)),
    pick.map((number) => new Talk(number)),
    pick.map((number) => new Wait(number)),
  ],
  { maxCommands: 12, size: "+1" },
);

test("a supervision tree is what OTP says it is, whatever the schedule", async () => {
  await fc.assert(
    fc.asyncProperty(supervisor, commands, fc.nat(), async (spec, sequence, seed) => {
      let tree!: Tree;
      const program = new Program();
      fc.modelRun(() => {
        tree = new Tree(spec);
        // It begins at a whole second, and what follows first has settled.
        tree.now = 10;
        return { model: tree, real: program };
      }, sequence);
      for (let schedule = 0; schedule < SCHEDULES; schedule++) {
        check(tree, program, await machine.run(tree.root, program.commands, seed + schedule));
      }
    }),
    { numRuns: RUNS },
  );
});

/** Kills that meet: what comes of them depends on the schedule, so only what must always hold is checked. */
test("kills at the same time leave no child without a supervisor, and no more restarts than allowed", async () => {
  const kills = fc.array(pick, { minLength: 2, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(supervisor, fc.array(kills, { maxLength: 4 }), fc.nat(), async (spec, bursts, seed) => {
      const tree = new Tree(spec);
      const workers = tree.nodes.filter(({ spec }) => spec.kind === "worker");
      if (workers.length === 0) return;
      const chosen = bursts.map(
        (burst): Command => ["burst", burst.map((n) => workers[n % workers.length].path)],
      );
      const watches = tree.nodes.map((node, number): Command => ["watch", node.path, number]);
      const { steps, messages, stray } = await machine.run(tree.root, [...watches, ...chosen], seed);
      assert.deepEqual(stray, []);
      const told = (messages as [number, [string, string]][]).map(
        ([watcher, [kind]]) => `${watcher} ${kind}`,
      );
      assert.equal(new Set(told).size, told.length, "nobody is told twice");
      assert.deepEqual(sorted(told), sorted(watches.flatMap((_, n) => [`${n} down`, `${n} exit`])));
      for (const [, nodes] of steps) {
        for (const [path, starts, alive, children] of nodes as [
          number[],
          number,
          string,
          [number, string][],
        ][]) {
          const node = tree.nodes.find((other) => other.path.join() === path.join()) as TreeNode;
          if (node.spec.kind === "worker" || alive === "false") continue;
          assert.ok(
            children.every(
              ([id, alive]) => alive === "true" || node.children[id].spec.restart !== "permanent",
            ),
            "a permanent child of a living supervisor lives",
          );
          if (node.spec.strategy !== "one_for_one" || starts > 1) continue;
          const restarts = node.children
            .filter(({ spec }) => spec.kind === "worker")
            .map((child) => startsOf(nodes, child) - 1);
          const total = restarts.reduce((sum, count) => sum + Math.max(count, 0), 0);
          assert.ok(
            total <= node.spec.intensity,
            `${total} restarts where ${node.spec.intensity} are allowed`,
          );
        }
      }
    }),
    { numRuns: RUNS / 4 },
  );
});

function startsOf(nodes: readonly Plain[], node: TreeNode): number {
  const found = (nodes as [number[], number][]).find(([path]) => path.join() === node.path.join());
  return found?.[1] ?? 0;
}

function check(tree: Tree, { commands, expected }: Program, { steps, messages, stray }: Run): void {
  expected.forEach(({ result, nodes }, index) => {
    const [actualResult, actualNodes] = steps[index + 1];
    assert.deepEqual(
      { command: commands[index], result: actualResult, nodes: nodesOf(actualNodes) },
      { command: commands[index], result, nodes: nodesOf(nodes) },
    );
  });
  // A watcher that still watches is told when the tree is stopped at the end.
  const told = new Map(tree.told);
  for (const node of tree.living()) for (const watcher of node.watchers) told.set(watcher, "shutdown");
  if (tree.root.alive) for (const watcher of tree.root.watchers) told.set(watcher, "normal");
  const ends = [...told].flatMap(([watcher, reason]) => [
    [watcher, ["down", reason]],
    [watcher, ["exit", reason]],
  ]);
  assert.deepEqual(
    sorted(messages),
    sorted(ends),
    "every watcher hears of the end once by its monitor and once by its link",
  );
  assert.deepEqual(stray, []);
}
