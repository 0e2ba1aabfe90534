/** The native modules about processes. */
import { erlangApply } from "./apply.ts";
import type { NativeModule } from "./native.ts";
import { erlangProcess, procLibLabels } from "./process.ts";
import { erlangDictionary } from "./process-dict.ts";
import { erlangMonitor } from "./process-monitor.ts";
import { erlangSpawn } from "./process-spawn.ts";
import { erlangTime, osTime } from "./process-time.ts";
import { erlangTimer } from "./process-timer.ts";

export const processNatives: readonly NativeModule[] = [
  erlangProcess,
  erlangSpawn,
  erlangApply,
  erlangMonitor,
  erlangDictionary,
  erlangTimer,
  erlangTime,
  osTime,
  procLibLabels,
];
