/**
 * Other nodes, as identifiers name them: by an index into this table, which only grows. `LOCAL_NODE` is not in it, since
 * the local node may get another name while its identifiers stay what they are.
 */
import type { Atom } from "./atom.ts";

export interface RemoteNode {
  readonly name: Atom;
  /** Tells the lives of a node apart: it is another one after each start. */
  readonly creation: number;
}

const nodes: RemoteNode[] = [];

/** The index of a node, the same for the same name and creation. */
export function nodeIndex(name: Atom, creation = 0): number {
  const known = nodes.findIndex((node) => node.name === name && node.creation === creation);
  return known >= 0 ? known + 1 : nodes.push({ name, creation });
}

/** The node of an index other than `LOCAL_NODE`; `null` for one that nobody has named. */
export function remoteNode(index: number): RemoteNode | null {
  return nodes[index - 1] ?? null;
}
