/** `:erlang`, tracing: who is traced (`tracing.ts`), which functions (`tracing-calls.ts`) and messages (`tracing-spec.ts`). */
import type { NativeModule } from "../builtins/native.ts";
import { type Process, SYSTEM } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { Atom, atom, FALSE, TRUE, UNDEFINED } from "../term/atom.ts";
import { badarg } from "../term/error.ts";
import { makeReference, Pid } from "../term/identifier.ts";
import { EMPTY, list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3, tuple } from "../term/tuple.ts";
import { type ExportCell, exportCell, moduleEntry } from "./code-server.ts";
import { FLAGS, tracing } from "./tracing.ts";
import { traceCalls, tracedCalls, untraceCalls } from "./tracing-calls.ts";
import { TraceSpec } from "./tracing-spec.ts";

const ANY = atom("_");
const ERLANG = atom("erlang");
const TRACER = atom("tracer");
const ALL = atom("all");
const SEND = atom("send");
const RECEIVE = atom("receive");
const MATCH_SPEC = atom("match_spec");

const EXISTING = new Set(["existing", "existing_processes", "processes", "all"]);
const NEW = new Set(["new", "new_processes", "processes", "all"]);
const PORTS = new Set(["ports", "existing_ports", "new_ports"]);

// -- Processes

/** The flags of a list and who is to be told; `null` when one is none. */
function parseFlags(term: Term): { flags: string[]; tracer: Process } | null {
  const flags: string[] = [];
  let tracer: Process | null = S.p;
  for (const item of listToArray(term) ?? [null]) {
    if (item instanceof Tuple2 && item.a === TRACER)
      tracer = item.b instanceof Pid ? S.system.find(item.b) : null;
    else if (item === ALL) flags.push(...FLAGS);
    else if (item instanceof Atom && FLAGS.includes(item.name)) flags.push(item.name);
    else return null;
  }
  return tracer === null ? null : { flags, tracer };
}

function trace(who: Term, how: Term, flagList: Term): Term {
  const parsed = parseFlags(flagList);
  const fail = () => badarg("erlang", "trace", [who, how, flagList]);
  if (parsed === null || (how !== TRUE && how !== FALSE)) throw fail();
  const { flags, tracer } = parsed;
  const own = tracing();
  const change = (p: Process) => (how === TRUE ? own.add(p, tracer, flags) : own.remove(p, flags));
  let count = 0;
  if (who instanceof Pid) {
    const p = S.system.find(who);
    if (p === null || !change(p)) throw fail();
    count = 1;
  } else {
    const name = who instanceof Atom ? who.name : "";
    if (!EXISTING.has(name) && !NEW.has(name) && !PORTS.has(name)) throw fail();
    if (EXISTING.has(name))
      for (const p of S.system.processes.values())
        if (!(p.flags & SYSTEM) && p !== tracer && change(p)) count++;
    if (NEW.has(name)) own.ofNew = how === TRUE ? { tracer, flags: new Set(flags) } : null;
  }
  own.settle();
  return count;
}

// -- Functions and messages

const nameOf = (part: Term) => part instanceof Atom;

/** The functions of loaded modules that `{module, name, arity}` stands for; `null` when it is none. */
function cellsOf(what: Term): ExportCell[] | null {
  if (!(what instanceof Tuple3 && nameOf(what.a) && nameOf(what.b))) return null;
  const { a: module, b: name, c: arity } = what;
  if (arity !== ANY && typeof arity !== "number") return null;
  const modules =
    module === ANY ? (listToArray(exportCell(ERLANG, atom("loaded"), 0).code()) as Atom[]) : [module as Atom];
  return modules
    .map(moduleEntry)
    .filter((entry) => entry.isLoaded)
    .flatMap((entry) => entry.exported())
    .filter((cell) => (name === ANY || cell.name === name) && (arity === ANY || cell.arity === arity));
}

function tracePattern(what: Term, how: Term, options: Term, args: Term[]): Term {
  const fail = () => badarg("erlang", "trace_pattern", args);
  const kinds = listToArray(options)?.map((option) => (option instanceof Atom ? option.name : ""));
  if (!kinds?.every((kind) => kind === "global" || kind === "local") || new Set(kinds).size > 1) throw fail();
  const spec = how === FALSE ? null : TraceSpec.of(how);
  if (spec === null && how !== FALSE) throw fail();
  if (what === SEND || what === RECEIVE) {
    tracing()[what === SEND ? "onSend" : "onReceive"] = spec;
    return 1;
  }
  const cells = cellsOf(what);
  if (cells === null) throw fail();
  for (const cell of cells) {
    if (spec === null) untraceCalls(cell);
    else traceCalls(cell, spec, kinds.includes("local") ? "local" : "global");
  }
  return cells.length;
}

// -- What is traced

function traceInfo(what: Term, item: Term): Term {
  const fail = () => badarg("erlang", "trace_info", [what, item]);
  if (!(item instanceof Atom)) throw fail();
  const name = item.name;
  if (what === SEND || what === RECEIVE) {
    if (item !== MATCH_SPEC) throw fail();
    const spec = tracing()[what === SEND ? "onSend" : "onReceive"];
    return new Tuple2(item, spec === null ? FALSE : spec.term === EMPTY ? TRUE : spec.term);
  }
  if (what instanceof Pid || (what instanceof Atom && NEW.has(what.name) && what.name.startsWith("new"))) {
    if (name !== "flags" && name !== "tracer") throw fail();
    const p = what instanceof Pid ? S.system.find(what) : null;
    if (what instanceof Pid && p === null) return UNDEFINED;
    const tracee = p === null ? tracing().ofNew : (tracing().tracees.get(p) ?? null);
    if (name === "tracer") return new Tuple2(item, tracee?.tracer ?? EMPTY);
    return new Tuple2(item, list(FLAGS.filter((flag) => tracee?.flags.has(flag)).map(atom)));
  }
  if (!(what instanceof Tuple3 && nameOf(what.a) && nameOf(what.b) && typeof what.c === "number"))
    throw fail();
  return callInfo(exportCell(what.a as Atom, what.b as Atom, what.c), item, fail);
}

function callInfo(cell: ExportCell, item: Atom, fail: () => Error | object): Term {
  const found = tracedCalls(cell);
  const items: [string, Term][] = [
    ["traced", found === null ? FALSE : atom(found.kind)],
    ["match_spec", found === null ? FALSE : found.spec.term === TRUE ? EMPTY : found.spec.term],
    ...["meta", "meta_match_spec", "call_time", "call_count"].map((key): [string, Term] => [key, FALSE]),
  ];
  const isDefined = cell.isExported;
  if (item === ALL)
    return new Tuple2(
      item,
      !isDefined
        ? UNDEFINED
        : found === null
          ? FALSE
          : list(items.map(([key, value]) => tuple(atom(key), value))),
    );
  const wanted = items.find(([key]) => key === item.name);
  if (wanted === undefined) throw fail();
  return new Tuple2(item, isDefined ? wanted[1] : UNDEFINED);
}

export const erlangTrace: NativeModule = {
  module: "erlang",
  functions: {
    "trace/3": trace,
    "trace_pattern/2": (what, how) => tracePattern(what, how, EMPTY, [what, how]),
    "trace_pattern/3": (what, how, options) => tracePattern(what, how, options, [what, how, options]),
    "trace_info/2": traceInfo,
    // Traces arrive at once, so that they are there when this is asked.
    "trace_delivered/1": (pid) => {
      if (!(pid instanceof Pid) && pid !== ALL) throw badarg("erlang", "trace_delivered", [pid]);
      const reference = makeReference();
      S.system.deliver(S.p, tuple(atom("trace_delivered"), pid, reference));
      return reference;
    },
  },
};
