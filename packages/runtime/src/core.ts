/** All of the package's main entry that is not Elixir. */
export * as Agent from "./actor/agent.ts";

export { type CallOptions, call, cast, type ReplyTo, type Request, reply } from "./actor/call.ts";
export { StartError } from "./actor/callbacks.ts";
export type { From } from "./actor/caller.ts";
export { type CrashReport, reportText } from "./actor/crash.ts";
export * as DynamicSupervisor from "./actor/dynamic-supervisor.ts";
export * as GenServer from "./actor/gen-server.ts";
export { Inbox, openInbox, owned, untilExit } from "./actor/inbox.ts";
export { inspect, listProcesses, type ProcessInfo, type ProcessTree, processTree } from "./actor/inspect.ts";
export type { AsyncOperation, Body, MessagesOf, Operation, Suspend } from "./actor/operation.ts";
export { type Destination, isPid, type Pid, type ServerPid, type Via } from "./actor/pid.ts";
export {
  demonitor,
  exit,
  isAlive,
  link,
  type MonitorRef,
  monitor,
  operation,
  register,
  run,
  type SpawnOptions,
  self,
  spawn,
  spawnLink,
  spawnMonitor,
  trapExit,
  unlink,
  unregister,
  whereis,
} from "./actor/process.ts";
export { ExitError, type Reason } from "./actor/reason.ts";
export {
  Down,
  Exit,
  type Pattern,
  type ReceiveOptions,
  receive,
  sleep,
  wait,
  yieldNow,
} from "./actor/receive.ts";
export { Registry } from "./actor/registry.ts";
export { cancelTimer, type SendOptions, send, sendAfter, type TimerRef } from "./actor/send.ts";
export * as Supervisor from "./actor/supervisor.ts";
export {
  type ActorSystem,
  createSystem,
  defaultSystem,
  now,
  onCrash,
  type SystemOptions,
} from "./actor/system.ts";
export * as Task from "./actor/task.ts";
export { exposeProgress, type Progress, type Stuck, type WatchOptions, watch } from "./actor/watchdog.ts";
export { shuffledSchedule } from "./scheduler/policy.ts";
