/** The topics of which programs are made from rules. */
import type { Rules } from "../rules.ts";
import { access } from "./access.ts";
import { arguments_ } from "./arguments.ts";
import { bits } from "./bits.ts";
import { calendars } from "./calendars.ts";
import { collections } from "./collections.ts";
import { diagnostics } from "./diagnostics.ts";
import { erlang } from "./erlang.ts";
import { failures } from "./failures.ts";
import { forms } from "./forms.ts";
import { modules } from "./modules.ts";
import { numbers } from "./numbers.ts";
import { output } from "./output.ts";
import { pipelines } from "./pipelines.ts";
import { processes } from "./processes.ts";
import { protocols } from "./protocols.ts";
import { quoting } from "./quoting.ts";
import { servers } from "./servers.ts";
import { strings } from "./strings.ts";
import { systems } from "./systems.ts";

export const TOPICS: Readonly<Record<string, Rules>> = {
  access,
  arguments: arguments_,
  bits,
  calendars,
  collections,
  diagnostics,
  erlang,
  failures,
  forms,
  modules,
  numbers,
  output,
  pipelines,
  processes,
  protocols,
  quoting,
  servers,
  strings,
  systems,
};
