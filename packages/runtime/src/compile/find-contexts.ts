/** Which functions of a module take a rest apart that somebody passes: see `match-context.ts`. */
import type { Definition } from "../expand/host.ts";
import { Atom, atom } from "../term/atom.ts";
import { Cons, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { readSegments } from "./bits-segment.ts";
import { type FunctionCompiler, type Key, variableKey } from "./function.ts";
import { type Block, EFFECT, listed, type Unit } from "./ir.ts";
import { START } from "./match-context.ts";

const BITS = atom("<<>>");
const CASE = atom("case");
const MATCH = atom("=");

/** The function that others know by the name, which begins at the first bit. */
export function contextEntry(f: FunctionCompiler, name: string): Unit {
  const params = f.params.slice(0, f.arity);
  const starts = f.params.slice(f.arity).map(() => START);
  const e = listed(`${f.name}(`, [...params, ...starts], ")", EFFECT);
  const body: Block = { instrs: [], end: { op: "tail", e, line: f.line, self: null } };
  return { ...f.unit(true), name, params, body };
}

/** For each function of the module, the parameters that are pairs: they are taken apart, and somebody passes a rest for them. */
export function findContexts(definitions: readonly Definition[]): Map<string, number[]> {
  const found = new Map<string, number[]>();
  const functions = new Map<string, Definition>();
  for (const definition of definitions) {
    const { kind, name, arity } = definition;
    if (kind === "def" || kind === "defp") functions.set(`${name.name}/${arity}`, definition);
  }
  for (const { clauses } of functions.values()) {
    for (const { args, body } of clauses) {
      const rests = restsIn([...args, body]);
      if (rests.size === 0) continue;
      const calls: { key: string; args: Term[] }[] = [];
      eachNode([...args, body], (node) => {
        if (!(node.a instanceof Atom) || node.a === BITS || node.c instanceof Atom) return;
        const args = listToArray(node.c) ?? [];
        const key = `${node.a.name}/${args.length}`;
        if (functions.has(key)) calls.push({ key, args });
      });
      for (const { key, args } of calls) {
        const contexts = found.get(key) ?? [];
        args.forEach((arg, i) => {
          const rest = keyOf(arg);
          if (rest === null || !rests.has(rest) || contexts.includes(i)) return;
          if (takesApart(functions.get(key) as Definition, i)) contexts.push(i);
        });
        if (contexts.length > 0) found.set(key, contexts);
      }
    }
  }
  return found;
}

/** The variables that hold what follows the segments of a bitstring. */
function restsIn(trees: readonly Term[]): Set<Key> {
  const rests = new Set<Key>();
  eachNode(trees, (node) => {
    if (node.a !== BITS || node.c instanceof Atom) return;
    const last = readSegments(node).at(-1);
    const isOpen = last?.size === null && (last.type === "binary" || last.type === "bitstring");
    const key = isOpen ? keyOf(last.value) : null;
    if (key !== null) rests.add(key);
  });
  return rests;
}

/** Whether a clause matches the parameter with segments, in its head or at once in a `case` or a match. */
function takesApart({ clauses }: Definition, index: number): boolean {
  return clauses.some(({ args, body }) => {
    const pattern = args[index];
    let result = false;
    const key = keyOf(pattern);
    eachNode([key === null ? pattern : body], (node) => {
      if (key === null) result ||= node.a === BITS && node.c instanceof Cons;
      else if (node.c instanceof Cons && (node.a === CASE || node.a === MATCH)) {
        const [left, right] = listToArray(node.c) as Term[];
        result ||= keyOf(node.a === CASE ? left : right) === key;
      }
    });
    return result;
  });
}

function keyOf(ast: Term): Key | null {
  return ast instanceof Tuple3 && ast.c instanceof Atom ? variableKey(ast) : null;
}

function eachNode(trees: readonly Term[], visit: (node: Tuple3) => void): void {
  const stack: Term[] = [...trees];
  while (stack.length > 0) {
    const term = stack.pop() as Term;
    if (term instanceof Cons) {
      for (let rest: Term = term; rest instanceof Cons; rest = rest.tail) stack.push(rest.head);
    } else if (term instanceof Tuple2) stack.push(term.a, term.b);
    else if (term instanceof Tuple3) {
      visit(term);
      stack.push(term.a, term.c);
    }
  }
}
