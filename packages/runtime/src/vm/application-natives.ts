/** The native part of `:application`: what is configured, and which applications the language itself is made of. */
import type { NativeModule } from "../builtins/native.ts";
import { S } from "../process/stack.ts";
import type { System } from "../process/system.ts";
import { Atom, atom, FALSE, NIL, OK, TRUE, UNDEFINED } from "../term/atom.ts";
import { charlist } from "../term/chardata.ts";
import { badarg } from "../term/error.ts";
import { EMPTY, list } from "../term/list.ts";
import { EMPTY_MAP, mapDelete, mapEntries, mapFrom, mapGet, mapPut, type TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { tuple } from "../term/tuple.ts";
import { availableModules, isAvailable, moduleEntry } from "./code-server.ts";

/** Name, description and version of what is always there. */
const applications: readonly (readonly [string, string, string])[] = [
  ["kernel", "ERTS  CXC 138 10", "8.5.4"],
  ["stdlib", "ERTS  CXC 138 10", "4.3"],
  ["compiler", "ERTS  CXC 138 10", "8.2.6"],
  ["elixir", "elixir", "1.18.4"],
  ["logger", "logger", "1.18.4"],
  ["eex", "eex", "1.18.4"],
  ["ex_unit", "ex_unit", "1.18.4"],
  ["iex", "iex", "1.18.4"],
];

const settings = new WeakMap<System, Map<Atom, TermMap>>();

/** What is configured before a program configures anything. */
const preset = new Map([
  [
    atom("logger"),
    mapFrom(
      Object.entries({
        always_evaluate_messages: FALSE,
        compile_time_application: NIL,
        compile_time_purge_matching: EMPTY,
        default_handler: EMPTY,
        handle_otp_reports: TRUE,
        handle_sasl_reports: FALSE,
        metadata: EMPTY,
        translator_inspect_opts: EMPTY,
        translators: list([tuple(atom("Elixir.Logger.Translator"), atom("translate"))]),
        truncate: 8096,
        utc_log: FALSE,
      }).map(([key, value]) => [atom(key), value]),
    ),
  ],
  [
    atom("elixir"),
    mapFrom([
      [atom("ansi_syntax_colors"), colors()],
      [atom("check_endianness"), TRUE],
      [atom("time_zone_database"), atom("Elixir.Calendar.UTCOnlyTimeZoneDatabase")],
    ]),
  ],
]);

function colors(): Term {
  const names = {
    atom: "cyan",
    binary: "default_color",
    boolean: "magenta",
    charlist: "yellow",
    list: "default_color",
    map: "default_color",
    nil: "magenta",
    number: "yellow",
    string: "green",
    tuple: "default_color",
    variable: "light_cyan",
    call: "default_color",
    operator: "default_color",
  };
  return list(Object.entries(names).map(([kind, color]) => tuple(atom(kind), atom(color))));
}

function settingsOf(app: Term): TermMap {
  return settings.get(S.system)?.get(app as Atom) ?? preset.get(app as Atom) ?? EMPTY_MAP;
}

/** Sets what is configured in a system before its first process runs. */
export function configure(system: System, app: string, key: string, value: Term): void {
  const name = atom(app);
  let all = settings.get(system);
  if (all === undefined) settings.set(system, (all = new Map()));
  all.set(name, mapPut(all.get(name) ?? preset.get(name) ?? EMPTY_MAP, atom(key), value));
}

function store(app: Term, values: TermMap): Term {
  let all = settings.get(S.system);
  if (all === undefined) settings.set(S.system, (all = new Map()));
  all.set(app as Atom, values);
  return OK;
}

/** `{name, description, version}` of each. */
const builtins = () =>
  list(
    applications.map(([name, description, version]) =>
      tuple(atom(name), charlist(description), charlist(version)),
    ),
  );

/** Modules that are there before any application is, in OTP as here. */
const PRELOADED = /^(erlang|atomics|counters|persistent_term|init|zlib|crypto|prim_.*|beamlet_.*)$/;
const KERNEL =
  /^(application|code|erl_erts_errors|erpc|error_logger|erts_debug|file|global|inet|logger.*|net_adm|net_kernel|os|pg|rpc|seq_trace)$/;

function applicationOf(name: string): string {
  if (KERNEL.test(name)) return "kernel";
  if (name.startsWith("Elixir.ExUnit")) return "ex_unit";
  if (name.startsWith("Elixir.Logger")) return "logger";
  if (name.startsWith("Elixir.EEx")) return "eex";
  if (/^Elixir\.IEx(\.|$)/.test(name)) return "iex";
  return /^(Elixir\.|elixir)/.test(name) ? "elixir" : "stdlib";
}

/** Whether a module is the library's, loaded or not: a program may define one of the same name. */
function isLibrary(module: Atom): boolean {
  const { isLoaded, library } = moduleEntry(module);
  return (isLoaded ? library : isAvailable(module)) && !PRELOADED.test(module.name);
}

export const application: NativeModule = {
  module: "application",
  functions: {
    "builtins/0": builtins,
    "builtin_modules/1": (app: Term) =>
      list(
        availableModules()
          .filter(
            ({ name }) => app instanceof Atom && applicationOf(name) === app.name && isLibrary(atom(name)),
          )
          .map(({ name }) => atom(name)),
      ),
    "builtin_application/1": (module: Term) =>
      module instanceof Atom && isLibrary(module) ? tuple(OK, atom(applicationOf(module.name))) : UNDEFINED,
    "get_env/2": (app: Term, key: Term) => {
      const value = mapGet(settingsOf(app), key);
      return value === undefined ? UNDEFINED : tuple(OK, value);
    },
    "get_env/3": (app: Term, key: Term, otherwise: Term) => mapGet(settingsOf(app), key) ?? otherwise,
    "get_all_env/1": (app: Term) =>
      list(mapEntries(settingsOf(app)).map(([key, value]) => tuple(key, value))),
    "set_env/3": (app: Term, key: Term, value: Term) => {
      if (!(app instanceof Atom)) throw badarg("application", "set_env", [app, key, value]);
      return store(app, mapPut(settingsOf(app), key, value));
    },
    "set_env/4": (app: Term, key: Term, value: Term) => store(app, mapPut(settingsOf(app), key, value)),
    "unset_env/2": (app: Term, key: Term) => store(app, mapDelete(settingsOf(app), key)),
    "unset_env/3": (app: Term, key: Term) => store(app, mapDelete(settingsOf(app), key)),
  },
};
