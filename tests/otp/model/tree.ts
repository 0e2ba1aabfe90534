/**
 * What OTP says of a supervision tree, as a model to compare with: nodes that live or not, how often each was started,
 * and which ends watchers are told of. It knows nothing of processes, signals or schedules.
 */

export type Restart = "permanent" | "transient" | "temporary";
export type Strategy = "one_for_one" | "one_for_all" | "rest_for_one";
export type Reason = "normal" | "shutdown" | "shutdown_term" | "crash" | "kill" | "killed";

export interface WorkerSpec {
  readonly kind: "worker";
  readonly restart: Restart;
  readonly traps: boolean;
}

export interface SupervisorSpec {
  readonly kind: "supervisor";
  readonly restart: Restart;
  readonly strategy: Strategy;
  readonly intensity: number;
  readonly children: readonly Spec[];
}

export type Spec = WorkerSpec | SupervisorSpec;

/** Seconds within which restarts are counted. */
const PERIOD = 5;

export class TreeNode {
  readonly spec: Spec;
  readonly path: readonly number[];
  readonly parent: TreeNode | null;
  readonly children: TreeNode[];
  alive = false;
  /** Whether the supervisor still knows of the child. */
  listed = true;
  starts = 0;
  /** Of a supervisor: when it restarted children, in seconds. */
  restarts: number[] = [];
  watchers: number[] = [];

  constructor(spec: Spec, path: readonly number[] = [0], parent: TreeNode | null = null) {
    this.spec = spec;
    this.path = path;
    this.parent = parent;
    this.children =
      spec.kind === "worker"
        ? []
        : spec.children.map((child, id) => new TreeNode(child, [...path, id], this));
  }

  get id(): number {
    return this.path.at(-1) as number;
  }
}

export class Tree {
  readonly root: TreeNode;
  readonly nodes: TreeNode[] = [];
  /** Milliseconds since the tree was about to start. */
  now = 0;
  /** What watchers have been told, by their number. */
  readonly told = new Map<number, Reason>();

  constructor(spec: SupervisorSpec) {
    this.root = new TreeNode(spec);
    const collect = (node: TreeNode) => {
      this.nodes.push(node);
      node.children.forEach(collect);
    };
    collect(this.root);
    this.#start(this.root);
  }

  living(kind?: Spec["kind"]): TreeNode[] {
    return this.nodes.filter((node) => node.alive && (kind === undefined || node.spec.kind === kind));
  }

  /** A worker ends by itself, or any node is killed. */
  end(node: TreeNode, reason: Reason): void {
    const told = reason === "kill" ? "killed" : reason;
    if (node.spec.kind === "supervisor") this.#orphan(node);
    this.#die(node, told);
    if (node.parent !== null) this.#ended(node.parent, node, told);
  }

  terminate(node: TreeNode): string {
    if (!node.listed) return "not_found";
    this.#stop(node);
    if (node.spec.restart === "temporary") node.listed = false;
    return "ok";
  }

  restart(node: TreeNode): string {
    if (!node.listed) return "not_found";
    if (node.alive) return "running";
    this.#start(node);
    return "ok";
  }

  delete(node: TreeNode): string {
    if (!node.listed) return "not_found";
    if (node.alive) return "running";
    node.listed = false;
    return "ok";
  }

  #start(node: TreeNode): void {
    node.alive = true;
    node.starts++;
    node.restarts = [];
    for (const child of node.children) {
      child.listed = true;
      this.#start(child);
    }
  }

  #die(node: TreeNode, reason: Reason): void {
    node.alive = false;
    for (const watcher of node.watchers) this.told.set(watcher, reason);
    node.watchers = [];
  }

  /** Ends a node in good order, its children before it, the last one first. */
  #stop(node: TreeNode): void {
    if (!node.alive) return;
    this.#stopChildren(node);
    this.#die(node, "shutdown");
  }

  #stopChildren(node: TreeNode): void {
    for (const child of node.children.toReversed()) this.#stop(child);
  }

  /** The children of a supervisor that was killed hear of it through their links. */
  #orphan(node: TreeNode): void {
    for (const child of node.children.filter(({ alive }) => alive)) {
      if (child.spec.kind === "supervisor") this.#stopChildren(child);
      this.#die(child, "killed");
    }
  }

  #ended(supervisor: TreeNode, child: TreeNode, reason: Reason): void {
    const { strategy, intensity } = supervisor.spec as SupervisorSpec;
    const { restart } = child.spec;
    const expected = reason === "normal" || reason === "shutdown" || reason === "shutdown_term";
    if (restart === "temporary" || (restart === "transient" && expected)) {
      if (restart === "temporary") child.listed = false;
      return;
    }
    const now = Math.floor(this.now / 1000);
    supervisor.restarts = [...supervisor.restarts.filter((time) => now <= time + PERIOD), now];
    if (supervisor.restarts.length > intensity) {
      this.#stopChildren(supervisor);
      this.#die(supervisor, "shutdown");
      if (supervisor.parent !== null) this.#ended(supervisor.parent, supervisor, "shutdown");
      return;
    }
    const others = supervisor.children.filter(
      (other) =>
        other.listed &&
        other !== child &&
        (strategy === "one_for_all" || (strategy === "rest_for_one" && other.id > child.id)),
    );
    for (const other of others.toReversed()) {
      this.#stop(other);
      if (other.spec.restart === "temporary") other.listed = false;
    }
    const again = [child, ...others].filter(({ listed }) => listed);
    for (const node of again.sort((a, b) => a.id - b.id)) this.#start(node);
  }
}
