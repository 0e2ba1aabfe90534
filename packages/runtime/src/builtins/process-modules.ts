/** The native modules about processes. */
import { erlangApply } from "./apply.ts";
import type { NativeModule } from "./native.ts";
import { erlangProcess, procLibLabels } from "./process.ts";
import { erlangDictionary } from "./process-dict.ts";
import { erlangMonitor } from "./process-monitor.ts";
import { erlangSpawn } from "./process-spawn.ts";
import { erlangTime } from "./process-time.ts";

export const processNatives: readonly NativeModule[] = [
  erlangProcess,
  erlangSpawn,
  erlangApply,
  erlangMonitor,
  erlangDictionary,
  erlangTime,
  procLibLabels,
];
