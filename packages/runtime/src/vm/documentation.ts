/**
 * Documentation in the form of `Code.fetch_docs/1`. A program's modules keep theirs in memory; the library's is written beside
 * it when the package is built, and read only when somebody asks.
 */
import type { Documentation, ModuleDefinition } from "../expand/host.ts";
import { DEFAULT, isCall, isVariable } from "../syntax/quoted.ts";
import { Atom, atom, FALSE, NIL, TRUE } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { charlist } from "../term/chardata.ts";
import { EMPTY, list, listToArray } from "../term/list.ts";
import { mapFrom, mapPut, TermMap } from "../term/map.ts";
import { Float } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, tuple } from "../term/tuple.ts";
import { show } from "./show.ts";

const LANGUAGE = text("en");
const MATCH = atom("=");
const STRUCT = atom("%");
const MAP = atom("%{}");
const CONS = atom("|");
const ALIASES = atom("__aliases__");

/** `{:docs_v1, …}` of a module that has just been defined. */
export function documentationOf({ moduledoc, moduledocMetadata, docs, file, line }: ModuleDefinition): Term {
  const source = charlist(file);
  const [docLine, doc] = moduledoc instanceof Tuple2 ? [moduledoc.a, moduledoc.b] : [line, moduledoc];
  return tuple(
    atom("docs_v1"),
    docLine,
    atom("elixir"),
    text("text/markdown"),
    docTerm(doc),
    mapPut(
      mapPut(moduledocMetadata as TermMap, atom("source_path"), source),
      atom("source_annos"),
      list([line]),
    ),
    list(docs.map(entry)),
  );
}

function entry({ kind, name, arity, line, signature, doc, metadata, generated }: Documentation): Term {
  return tuple(
    tuple(atom(kind), name, arity),
    generated ? list([tuple(atom("generated"), TRUE), tuple(atom("location"), line)]) : line,
    list(kind === "function" || kind === "macro" ? [signatureOf(name, signature)] : []),
    // What begins with an underscore is no part of what a module offers.
    docTerm(doc === NIL && name.name.startsWith("_") ? FALSE : doc),
    metadata instanceof TermMap ? metadata : mapFrom(pairs(metadata)),
  );
}

function pairs(keywords: Term): [Term, Term][] {
  return (listToArray(keywords) ?? []).flatMap((item) =>
    item instanceof Tuple2 ? [[item.a, item.b] as [Term, Term]] : [],
  );
}

function docTerm(doc: Term): Term {
  if (doc instanceof Bitstring) return mapFrom([[LANGUAGE, doc]]);
  return atom(doc === FALSE ? "hidden" : "none");
}

/**
 * `map(enumerable, fun)`, `left == right`, from the quoted parameters. Where a default is code, which only the library can write,
 * the name and the parameters, each with its default: `Code.fetch_docs/1` makes the text.
 */
function signatureOf(name: Atom, clauses: Term): Term {
  const parameters = numbered(
    (listToArray(clauses) ?? [])
      .map((clause) => (listToArray(clause) ?? []).map(parameterOf))
      .reduceRight((older, newer) => older.map((parameter, i) => merged(parameter, newer[i], i + 1))),
  );
  if (parameters.some(({ given }) => given !== null && !isPlain(given))) {
    const terms = parameters.map(({ name, given }) =>
      given === null ? text(name) : tuple(text(name), given),
    );
    return tuple(name, list(terms));
  }
  return text(
    shown(
      name.name,
      parameters.map(({ name, given }) => (given === null ? name : `${name} \\\\ ${show(given)}`)),
    ),
  );
}

const WITHOUT_ARGUMENTS = ["__MODULE__", "__ENV__", "__DIR__", "__CALLER__", "__STACKTRACE__", ".."];

/** A call of the function as it is written. */
function shown(name: string, parameters: readonly string[]): string {
  const [a, b, c] = parameters;
  if (WITHOUT_ARGUMENTS.includes(name) && a === undefined) return name;
  switch (name) {
    case "%{}":
      return name;
    case "{}":
      return `{${a}}`;
    case "<<>>":
      return `<<${a}>>`;
    case "%":
      return `%${a}{}`;
    case "..":
      return a + name + b;
    case "..//":
      return `${a}..${b}//${c}`;
  }
  if (/^(?:[^\w\s]+|and|or|in|not)$/.test(name)) {
    if (parameters.length === 2) return `${a} ${name} ${b}`;
    if (parameters.length === 1) return name === "not" ? `not ${a}` : name + a;
  }
  return `${name}(${parameters.join(", ")})`;
}

function isPlain(value: Term): boolean {
  return value instanceof Atom || typeof value === "number" || value === EMPTY;
}

interface Parameter {
  readonly name: string;
  /** Whether the name is a guess, as the parameter is a pattern, or a variable that is not used. */
  readonly made: boolean;
  /** The default, quoted; `null` when there is none. */
  readonly given: Term | null;
}

/** What a reader sees of a parameter: its name, or for a pattern what it matches. */
function parameterOf(parameter: Term): Parameter {
  const made = (name: string): Parameter => ({ name, made: true, given: null });
  if (isVariable(parameter)) {
    const { name } = parameter.a as Atom;
    return { name: name.replace(/^_(?=.)/, ""), made: name.startsWith("_"), given: null };
  }
  if (isCall(parameter, DEFAULT, 2)) {
    const [pattern, value] = listToArray(parameter.c) as Term[];
    return { ...parameterOf(pattern), given: value };
  }
  if (isCall(parameter, MATCH, 2)) {
    const variable = (listToArray(parameter.c) as Term[]).find(isVariable);
    if (variable !== undefined) return { ...parameterOf(variable), made: false };
  }
  if (isCall(parameter, STRUCT, 2)) return made(structName((listToArray(parameter.c) as Term[])[0]));
  if (isCall(parameter, MAP)) return made("map");
  if (parameter instanceof Bitstring) return made("binary");
  if (listToArray(parameter) !== null || isCall(parameter, CONS)) return made("list");
  if (typeof parameter === "number" || typeof parameter === "bigint") return made("int");
  if (parameter instanceof Float) return made("float");
  if (parameter === TRUE || parameter === FALSE) return made("bool");
  if (parameter instanceof Atom) return made("atom");
  return made("arg");
}

/** `%Foo.BarBaz{}` is a `bar_baz`. */
function structName(name: Term): string {
  const parts = isCall(name, ALIASES) ? (listToArray(name.c) ?? []) : [];
  const last = parts.at(-1);
  if (!(last instanceof Atom)) return "struct";
  return last.name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, "_").toLowerCase();
}

/** What two clauses call a parameter: the first that has a name for it, or what both guess. */
function merged(older: Parameter, newer: Parameter, position: number): Parameter {
  if (!older.made || older.name === newer.name) return older;
  const { given } = older;
  return newer.made ? { name: `arg${position}`, made: true, given } : { ...newer, given };
}

/** Two integers are `int1` and `int2`. */
function numbered(parameters: Parameter[]): Parameter[] {
  const counts = new Map<string, number>();
  return parameters.map((parameter) => {
    const { name, made } = parameter;
    if (!made || name === "_" || parameters.filter((other) => other.name === name).length === 1)
      return parameter;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { ...parameter, name: `${name}${count}` };
  });
}
