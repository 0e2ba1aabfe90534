/** What supervisors know of their children. */
import type { Operation } from "./operation.ts";
import { checkOptions } from "./options.ts";
import type { Pid } from "./pid.ts";
import type { SpawnOptions } from "./process.ts";

/** How a supervisor starts, ends and restarts a child. Mirrors `Supervisor.child_spec`. */
export interface ChildSpec {
  /** Names the child in its supervisor. */
  readonly id: string;
  /** Starts it, linked to the supervisor, in whose process this runs. */
  readonly start: () => Pid<never> | Operation<Pid<never>>;
  /** `"permanent"`, unless given: always restarted. `"transient"`: after an abnormal end. `"temporary"`: never. */
  readonly restart?: "permanent" | "transient" | "temporary";
  /** Milliseconds to end in after `"shutdown"`, before it is killed; 5000 unless given, `Infinity` for supervisors. */
  readonly shutdown?: number | "kill";
  /** Whether it is a supervisor itself. */
  readonly type?: "worker" | "supervisor";
  /** Whether its end counts for the supervisor's `autoShutdown`. */
  readonly significant?: boolean;
}

/** @internal */
export const CHILD = "id, restart, shutdown, type, significant";

/** The parts of a child specification that are the user's to choose. */
export type ChildOptions = Partial<Omit<ChildSpec, "start">>;

/** The specification of a child of this kind: what is not its supervisor's business goes to `start`. @internal */
export function specOf<Options extends SpawnOptions & ChildOptions>(
  kind: string,
  given: Options,
  names: string,
  start: (options: Omit<Options, keyof ChildOptions>) => Pid<never> | Operation<Pid<never>>,
): ChildSpec {
  checkOptions(given, `${names}, ${CHILD}`);
  const { id, restart, shutdown, type, significant, ...options } = given;
  const own = id ?? (typeof given.name === "string" ? given.name : kind);
  return { id: own, restart, shutdown, type, significant, start: () => start(options) };
}
