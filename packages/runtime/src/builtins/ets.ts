/** `:ets`. The folds, which take callbacks, are in `lib/erlang/ets.ex`. */
import { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import {
  Atom,
  atom,
  bool,
  Cons,
  EMPTY,
  FALSE,
  list,
  listToArray,
  Reference,
  strictEquals,
  type Term,
  TRUE,
  Tuple,
  tuple,
  tupleOf,
  UNDEFINED,
} from "../term/index.ts";
import { add } from "./erlang-arithmetic.ts";
import { bad, badBecause, open, reach } from "./ets-access.ts";
import type { Entry } from "./ets-store.ts";
import { type Protection, Table, type TableType } from "./ets-table.ts";
import { currentTables } from "./ets-tables.ts";
import type { NativeModule } from "./native.ts";

const END = atom("$end_of_table");

/** Options that only `info/2` gives back. */
const SETTINGS = new Set(["write_concurrency", "read_concurrency", "decentralized_counters"]);
/** Those that are told of. */
const TOLD = new Set([...SETTINGS, "compressed"]);

function isSetting(key: string, value: Term): boolean {
  if (!SETTINGS.has(key)) return false;
  return value === TRUE || value === FALSE || (key === "write_concurrency" && value === atom("auto"));
}

function create(name: Term, options: Term): Term {
  const args = [name, options];
  const items = listToArray(options);
  if (!(name instanceof Atom) || items === null) throw bad("new", args);
  let type: TableType = "set";
  let protection: Protection = "protected";
  let keyPosition = 1;
  let named = false;
  let heir: Table["heir"] = null;
  const settings = new Map<string, Term>();
  for (const item of items) {
    if (item instanceof Atom) {
      const { name: option } = item;
      if (option === "set" || option === "ordered_set" || option === "bag" || option === "duplicate_bag")
        type = option;
      else if (option === "public" || option === "protected" || option === "private") protection = option;
      else if (option === "named_table") named = true;
      else if (option === "compressed") settings.set(option, TRUE);
      else throw bad("new", args);
      continue;
    }
    const [key, value, data] = item instanceof Tuple ? item.toArray() : [];
    if (!(key instanceof Atom)) throw bad("new", args);
    if (key.name === "keypos" && typeof value === "number" && value >= 1) keyPosition = value;
    else if (key.name === "heir") {
      if (value instanceof Process && data !== undefined) heir = { process: value, data };
      else if (value !== atom("none")) throw bad("new", args);
    } else if (isSetting(key.name, value)) settings.set(key.name, value);
    else throw bad("new", args);
  }
  const tables = currentTables();
  if (named && tables.find(name) !== undefined) throw bad("new", args);
  const table = new Table(name, { named, type, protection, keyPosition }, S.p, settings);
  table.heir = heir;
  tables.add(table);
  return table.handle;
}

/** The objects to insert, each a tuple that reaches to the key, or `null`. A bag takes a list from its end. */
function objectsOf(table: Table, term: Term): Tuple[] | null {
  const items = term instanceof Tuple ? [term] : listToArray(term);
  if (items === null) return null;
  if (!items.every((item) => item instanceof Tuple && item.size >= table.keyPosition)) return null;
  return (table.type === "bag" ? items.reverse() : items) as Tuple[];
}

function insert(handle: Term, term: Term): Term {
  const table = reach(handle, "write") ?? open("insert", [handle, term], "write");
  if (term instanceof Tuple && term.size >= table.keyPosition) table.insert(term);
  else {
    const objects = objectsOf(table, term);
    if (objects === null) throw bad("insert", [handle, term]);
    for (const object of objects) table.insert(object);
  }
  return TRUE;
}

function lookup(handle: Term, key: Term): Term {
  const entry = (reach(handle, "read") ?? open("lookup", [handle, key], "read")).store.find(key);
  if (entry === undefined) return EMPTY;
  return entry.more === null ? new Cons(entry.object, EMPTY) : list(entry.objects);
}

function member(handle: Term, key: Term): Term {
  const table = reach(handle, "read") ?? open("member", [handle, key], "read");
  return bool(table.store.find(key) !== undefined);
}

function insertNew(handle: Term, term: Term): Term {
  const args = [handle, term];
  const table = open("insert_new", args, "write");
  const objects = objectsOf(table, term);
  if (objects === null) throw bad("insert_new", args);
  if (objects.some((object) => table.store.find(table.keyOf(object)) !== undefined)) return FALSE;
  for (const object of objects) table.insert(object);
  return TRUE;
}

function lookupElement(handle: Term, key: Term, position: Term, fallback?: Term): Term {
  const table = reach(handle, "read");
  if (table?.isSet) {
    const object = table.store.find(key)?.object;
    if (object !== undefined && typeof position === "number" && position >= 1 && position <= object.size)
      return object.at(position - 1);
  }
  return lookupElements(handle, key, position, fallback);
}

/** Of all objects of a key, or what is wrong. */
function lookupElements(handle: Term, key: Term, position: Term, fallback: Term | undefined): Term {
  const args = fallback === undefined ? [handle, key, position] : [handle, key, position, fallback];
  const objects = open("lookup_element", args, "read").lookup(key);
  if (typeof position !== "number" || position < 1) throw bad("lookup_element", args);
  if (objects.length === 0) {
    if (fallback === undefined) throw bad("lookup_element", args);
    return fallback;
  }
  if (objects.some((object) => object.size < position)) throw bad("lookup_element", args);
  return list(objects.map((object) => object.at(position - 1)));
}

/** Where and what to change: `{position, value}` or a list of such. */
function changes(term: Term): Tuple[] | null {
  const items = term instanceof Tuple ? [term] : listToArray(term);
  return items?.every((item) => item instanceof Tuple) ? (items as Tuple[]) : null;
}

function updateElement(handle: Term, key: Term, specification: Term): Term {
  const args = [handle, key, specification];
  const table = open("update_element", args, "write");
  if (!table.isSet) throw bad("update_element", args);
  const [object] = table.lookup(key);
  // What is to be changed is not looked at where there is nothing.
  if (object === undefined) return FALSE;
  const items = object.toArray();
  const updates = changes(specification);
  if (updates === null) throw bad("update_element", args);
  for (const update of updates) {
    const [position, value] = update.toArray();
    if (update.size !== 2 || typeof position !== "number" || position < 1 || position === table.keyPosition)
      throw bad("update_element", args);
    if (position > items.length) throw bad("update_element", args);
    items[position - 1] = value;
  }
  table.insert(tupleOf(items));
  return TRUE;
}

/** `increment`, `{position, increment}`, `{position, increment, threshold, reset}`, or a list of the latter two. */
function updateCounter(handle: Term, key: Term, specification: Term, initial?: Term): Term {
  const args = initial === undefined ? [handle, key, specification] : [handle, key, specification, initial];
  const fail = () => bad("update_counter", args);
  const table = open("update_counter", args, "write");
  if (!table.isSet) throw badBecause("type", "update_counter", args);
  let [object] = table.lookup(key);
  if (object === undefined) {
    if (!(initial instanceof Tuple) || initial.size < table.keyPosition) throw fail();
    object = tupleOf(initial.toArray().with(table.keyPosition - 1, key));
  }
  const items = object.toArray();
  const one = (update: Term): Term => {
    const [position, increment, threshold, reset] =
      update instanceof Tuple ? update.toArray() : [table.keyPosition + 1, update];
    if (position === table.keyPosition) throw badBecause("keypos", "update_counter", args);
    if (typeof position !== "number" || position < 1 || position > items.length) throw fail();
    const old = items[position - 1];
    if (!isInteger(old) || !isInteger(increment)) throw fail();
    let value = add(old, increment) as number | bigint;
    if (threshold !== undefined) {
      if (!isInteger(threshold) || !isInteger(reset)) throw fail();
      if (increment >= 0 ? value > threshold : value < threshold) value = reset;
    }
    items[position - 1] = value;
    return value;
  };
  const updates =
    specification instanceof Cons || specification === EMPTY ? listToArray(specification) : null;
  if (updates?.some((update) => !(update instanceof Tuple))) throw fail();
  const result = updates === null ? one(specification) : list(updates.map(one));
  table.insert(tupleOf(items));
  return result;
}

function isInteger(term: Term | undefined): term is number | bigint {
  return typeof term === "number" || typeof term === "bigint";
}

function step(name: string, find: (table: Table, key: Term) => Entry | null | undefined) {
  return (handle: Term, key: Term): Term => {
    const entry = find(open(name, [handle, key], "read"), key);
    if (entry === undefined) throw bad(name, [handle, key]);
    return entry === null ? END : entry.key;
  };
}

function slot(handle: Term, index: Term): Term {
  const args = [handle, index];
  const { store } = open("slot", args, "read");
  const entries = typeof index === "number" ? store.slot(index) : undefined;
  if (entries === undefined) throw bad("slot", args);
  return entries === null ? END : list([...entries].reverse().flatMap((entry) => entry.objects));
}

// -- Facts about tables

function fact(table: Table, item: string): Term | undefined {
  switch (item) {
    case "id":
      return table.id;
    case "name":
      return table.name;
    case "named_table":
      return bool(table.named);
    case "type":
      return atom(table.type);
    case "protection":
      return atom(table.protection);
    case "keypos":
      return table.keyPosition;
    case "owner":
      return table.owner;
    case "heir":
      return table.heir?.process ?? atom("none");
    case "size":
      return table.size;
    case "node":
      return S.system.node;
    case "memory":
      return 300 + table.size * 8;
    case "fixed":
      return bool(table.fixedBy.size > 0);
    case "safe_fixed_monotonic_time":
    case "safe_fixed":
      return FALSE;
  }
  return TOLD.has(item) ? (table.settings.get(item) ?? FALSE) : undefined;
}

const FACTS =
  "id decentralized_counters read_concurrency write_concurrency compressed memory owner heir name size node " +
  "named_table type keypos protection";

function info(handle: Term): Term {
  if (!(handle instanceof Atom) && !(handle instanceof Reference)) throw bad("info", [handle]);
  const table = currentTables().find(handle);
  if (table === undefined) return UNDEFINED;
  return list(FACTS.split(" ").map((item) => tuple(atom(item), fact(table, item) as Term)));
}

function infoItem(handle: Term, item: Term): Term {
  if (!(handle instanceof Atom) && !(handle instanceof Reference)) throw bad("info", [handle, item]);
  const table = currentTables().find(handle);
  if (table === undefined) return UNDEFINED;
  const value = item instanceof Atom ? fact(table, item.name) : undefined;
  if (value === undefined) throw bad("info", [handle, item]);
  return value;
}

function giveAway(handle: Term, to: Term, data: Term): Term {
  const args = [handle, to, data];
  const table = open("give_away", args, "any");
  if (to === S.p) throw badBecause("owner", "give_away", args);
  if (table.owner !== S.p || !(to instanceof Process) || S.system.find(to) === null)
    throw bad("give_away", args);
  currentTables().give(table, to, data);
  return TRUE;
}

function setOptions(handle: Term, options: Term): Term {
  const args = [handle, options];
  const table = open("setopts", args, "any");
  if (table.owner !== S.p) throw bad("setopts", args);
  for (const item of options instanceof Tuple ? [options] : (listToArray(options) ?? [UNDEFINED])) {
    const [key, heir, data] = item instanceof Tuple ? item.toArray() : [];
    if (key !== atom("heir")) throw bad("setopts", args);
    if (heir instanceof Process && data !== undefined) table.heir = { process: heir, data };
    else if (heir === atom("none")) table.heir = null;
    else throw bad("setopts", args);
  }
  return TRUE;
}

export const ets: NativeModule = {
  module: "ets",
  functions: {
    "new/2": create,
    "insert/2": insert,
    "insert_new/2": insertNew,
    "lookup/2": lookup,
    "lookup_element/3": lookupElement,
    "lookup_element/4": lookupElement,
    "member/2": member,
    "take/2": (handle, key) => list(open("take", [handle, key], "write").delete(key)),
    "delete/1": (handle) => {
      currentTables().drop(open("delete", [handle], "write"));
      return TRUE;
    },
    "delete/2": (handle, key) => {
      open("delete", [handle, key], "write").delete(key);
      return TRUE;
    },
    "delete_object/2": (handle, object) => {
      const args = [handle, object];
      const table = open("delete_object", args, "write");
      if (!(object instanceof Tuple) || object.size < table.keyPosition) throw bad("delete_object", args);
      const entry = table.store.find(table.keyOf(object));
      if (entry !== undefined) table.deleteObjects(entry, (other) => strictEquals(other, object));
      return TRUE;
    },
    "delete_all_objects/1": (handle) => {
      open("delete_all_objects", [handle], "write").clear();
      return TRUE;
    },
    "update_element/3": updateElement,
    "update_counter/3": updateCounter,
    "update_counter/4": updateCounter,
    "tab2list/1": (handle) => list(open("tab2list", [handle], "read").objects()),
    "first/1": (handle) => open("first", [handle], "read").store.first()?.key ?? END,
    "last/1": (handle) => open("last", [handle], "read").store.last()?.key ?? END,
    "next/2": step("next", (table, key) => table.store.after(key)),
    "prev/2": step("prev", (table, key) => table.store.before(key)),
    "slot/2": slot,
    "info/1": info,
    "info/2": infoItem,
    "whereis/1": (name) => {
      if (!(name instanceof Atom)) throw bad("whereis", [name]);
      return currentTables().find(name)?.id ?? UNDEFINED;
    },
    "all/0": () =>
      list(
        currentTables()
          .all()
          .map((table) => table.handle),
      ),
    "rename/2": (handle, name) => {
      const table = open("rename", [handle, name], "write");
      if (!(name instanceof Atom) || (table.named && currentTables().find(name) !== undefined))
        throw bad("rename", [handle, name]);
      currentTables().rename(table, name);
      return table.handle;
    },
    "safe_fixtable/2": (handle, fix) => {
      const { fixedBy } = open("safe_fixtable", [handle, fix], "read");
      if (fix !== TRUE && fix !== FALSE) throw bad("safe_fixtable", [handle, fix]);
      if (fix === TRUE) fixedBy.add(S.p);
      else fixedBy.delete(S.p);
      return TRUE;
    },
    "give_away/3": giveAway,
    "setopts/2": setOptions,
  },
};
