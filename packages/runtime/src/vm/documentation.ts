/**
 * Documentation in the form of `Code.fetch_docs/1`. A program's modules keep theirs in memory; the library's is written beside
 * it when the package is built, and read only when somebody asks.
 */
import type { Documentation, ModuleDefinition } from "../expand/host.ts";
import { DEFAULT, isCall, isVariable } from "../syntax/quoted.ts";
import { type Atom, atom, FALSE } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { charlist } from "../term/chardata.ts";
import { list, listToArray } from "../term/list.ts";
import { mapFrom, TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, tuple } from "../term/tuple.ts";
import { show } from "./show.ts";

const LANGUAGE = text("en");

/** `{:docs_v1, …}` of a module that has just been defined. */
export function documentationOf({ moduledoc, docs, file, line }: ModuleDefinition): Term {
  const source = charlist(file);
  const [docLine, doc] = moduledoc instanceof Tuple2 ? [moduledoc.a, moduledoc.b] : [line, moduledoc];
  return tuple(
    atom("docs_v1"),
    docLine,
    atom("elixir"),
    text("text/markdown"),
    docTerm(doc),
    mapFrom([[atom("source_path"), source]]),
    list(docs.map(entry)),
  );
}

function entry({ kind, name, arity, line, signature, doc, metadata }: Documentation): Term {
  return tuple(
    tuple(atom(kind), name, arity),
    line,
    list(kind === "function" || kind === "macro" ? [text(signatureText(name, signature))] : []),
    docTerm(doc),
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

/** `map(enumerable, fun)`, from the quoted parameters. */
function signatureText(name: Atom, signature: Term): string {
  const parameters = listToArray(signature) ?? [];
  return `${name.name}(${parameters.map(parameterText).join(", ")})`;
}

function parameterText(parameter: Term): string {
  if (isVariable(parameter)) return (parameter.a as Atom).name;
  if (isCall(parameter, DEFAULT, 2)) {
    const [name, value] = listToArray(parameter.c) as Term[];
    return `${parameterText(name)} \\\\ ${show(value)}`;
  }
  return show(parameter);
}

export const NO_DOCUMENTATION = tuple(atom("error"), atom("module_not_found"));
