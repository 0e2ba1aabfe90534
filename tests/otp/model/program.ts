/** Runs programs of commands on real trees: on one machine in virtual time, each program under a schedule of its own. */

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { libraryAt } from "../../../packages/runtime/src/platform/node/library.ts";
import { nodePlatform } from "../../../packages/runtime/src/platform/node/platform.ts";
import { lanesOf } from "../../../packages/runtime/src/scheduler/lane-queue.ts";
import { shuffled } from "../../../packages/runtime/src/scheduler/policy.ts";
import { RandomSource } from "../../../packages/runtime/src/scheduler/random.ts";
import { Atom, atom, bool } from "../../../packages/runtime/src/term/atom.ts";
import { text } from "../../../packages/runtime/src/term/bitstring.ts";
import { list, listToArray } from "../../../packages/runtime/src/term/list.ts";
import type { Term } from "../../../packages/runtime/src/term/term.ts";
import { Tuple, tuple } from "../../../packages/runtime/src/term/tuple.ts";
import { libraryModule } from "../../../packages/runtime/src/vm/code-server.ts";
import { Machine } from "../../../packages/runtime/src/vm/machine.ts";
import type { Spec, TreeNode } from "./tree.ts";

/** A term as data: atoms as strings, lists and tuples as arrays. */
export type Plain = string | number | readonly Plain[];

export type Command =
  | readonly ["stop", readonly number[], string]
  | readonly ["burst", readonly (readonly number[])[]]
  | readonly ["wait", number]
  | readonly ["terminate" | "restart" | "delete", readonly number[], number]
  | readonly ["watch", readonly number[], number]
  | readonly ["talk", readonly number[], number];

export interface Run {
  /** For the start and for each command: its result, and the nodes as they are then. */
  readonly steps: readonly (readonly [result: Plain, nodes: readonly Plain[]])[];
  /** What watchers were told: number and message. */
  readonly messages: readonly Plain[];
  /** Names that no supervisor answers for, or that are still taken at the end. */
  readonly stray: readonly Plain[];
}

export class TreeMachine {
  readonly #machine: Machine;

  private constructor(machine: Machine) {
    this.#machine = machine;
  }

  static async start(): Promise<TreeMachine> {
    const dist = join(resolve(import.meta.dirname, "../../.."), "packages/runtime/dist");
    const library = libraryAt(join(dist, "lib"), join(dist, "docs"));
    const machine = new Machine({
      platform: nodePlatform(),
      loader: {
        has: library.has,
        names: library.names,
        load: (name) => libraryModule(name, library.read(name)),
      },
      clock: "virtual",
      log: false,
    });
    const code = readFileSync(join(import.meta.dirname, "driver.ex"), "utf8");
    const outcome = await machine.call("Elixir.Code", "eval_string", [text(code)]);
    if (outcome.kind !== "returned") throw new Error(await machine.explain(outcome));
    return new TreeMachine(machine);
  }

  /** The processes of the run take their turns as the seed has it, for as long as it has it. */
  async run(tree: TreeNode, commands: readonly Command[], seed: number): Promise<Run> {
    const { scheduler } = this.#machine;
    lanesOf(scheduler).policy = shuffled(new RandomSource(seed));
    scheduler.budget = seed % 2 === 0 ? 20 : 400;
    const outcome = await this.#machine.call("Elixir.Model", "run", [
      treeTerm(tree.spec, tree.path),
      list(commands.map(commandTerm)),
    ]);
    if (outcome.kind !== "returned") throw new Error(await this.#machine.explain(outcome));
    const [steps, messages, stray] = plain(outcome.value) as [Run["steps"], Plain[], Plain[]];
    return { steps, messages, stray };
  }

  end(): void {
    this.#machine.end();
  }
}

function treeTerm(spec: Spec, path: readonly number[]): Term {
  const [kind, restart] = [atom(spec.kind), atom(spec.restart)];
  if (spec.kind === "worker") return tuple(kind, list([...path]), restart, bool(spec.traps));
  const children = spec.children.map((child, id) => treeTerm(child, [...path, id]));
  return tuple(kind, list([...path]), restart, atom(spec.strategy), spec.intensity, list(children));
}

function commandTerm([name, ...args]: Command): Term {
  return tuple(atom(name), ...args.map(argument));
}

function argument(value: Plain): Term {
  if (value === "shutdown_term") return tuple(atom("shutdown"), 1);
  if (typeof value === "string") return atom(value);
  return typeof value === "number" ? value : list(value.map(argument));
}

function plain(term: Term): Plain {
  if (term instanceof Atom) return term.name;
  if (typeof term === "number") return term;
  if (term instanceof Tuple) return term.toArray().map(plain);
  const items = listToArray(term);
  if (items === null) throw new Error("a term of another kind");
  return items.map(plain);
}
