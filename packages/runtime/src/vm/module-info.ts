/**
 * `__info__/1` and `module_info/0,1` of Elixir's modules, made of what a module exports when somebody asks: as code of each
 * module they would be a tenth of the library.
 */
import { Atom, atom, NIL } from "../term/atom.ts";
import { charlist } from "../term/chardata.ts";
import { compareTerms } from "../term/compare.ts";
import { badarg, errorIn, type Raised } from "../term/error.ts";
import type { Code } from "../term/fun.ts";
import { EMPTY, list } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { tuple } from "../term/tuple.ts";

/** What the definition of a module says of these. */
export interface InfoSource {
  readonly module: string;
  readonly functions: Readonly<Record<string, Code>>;
  readonly file?: string;
  /** Where the file is, of a module of the library. */
  readonly source?: string;
  readonly struct?: Term;
  readonly deprecated?: Term;
  readonly attributes?: Term;
}

const MACRO = "MACRO-";
/** The attributes of a module that has none: Erlang's compiler adds a version. */
const UNVERSIONED = list([tuple(atom("vsn"), list([0]))]);

/** The functions by `name/arity`. */
export function infoFunctions(source: InfoSource): Record<string, Code> {
  const answer =
    (items: (source: InfoSource) => Record<string, () => Term>, otherwise: (key: Term) => Raised) =>
    (key: Term) => {
      const all = items(source);
      const wanted = key instanceof Atom ? key.name : "";
      if (!Object.hasOwn(all, wanted)) throw otherwise(key);
      return all[wanted]();
    };
  return {
    "__info__/1": answer(elixirItems, (key) =>
      errorIn("function_clause", source.module, "-inlined-__info__/1-", [key]),
    ),
    "module_info/0": () =>
      list(Object.entries(erlangItems(source)).map(([key, value]) => tuple(atom(key), value()))),
    "module_info/1": answer(
      (of) => ({ ...erlangItems(of), functions: () => pairs(exported(of)), nifs: () => EMPTY }),
      (key) => badarg("erlang", "get_module_info", [atom(source.module), key]),
    ),
  };
}

function elixirItems(source: InfoSource): Record<string, () => Term> {
  const own = (areMacros: boolean) =>
    Object.keys(source.functions)
      .filter((key) => key !== "behaviour_info/1" && key.startsWith(MACRO) === areMacros)
      .map(split);
  return {
    module: () => atom(source.module),
    functions: () => pairs(own(false)),
    macros: () => pairs(own(true).map(([name, arity]) => [name.slice(MACRO.length), arity - 1])),
    struct: () => source.struct ?? NIL,
    deprecated: () => source.deprecated ?? EMPTY,
    exports_md5: () => digest(source),
    ...erlangItems(source),
  };
}

/** Those of `module_info/0`, in its order. */
function erlangItems(source: InfoSource): Record<string, () => Term> {
  return {
    module: () => atom(source.module),
    exports: () => pairs(exported(source)),
    attributes: () => source.attributes ?? UNVERSIONED,
    compile: () => compileInfo(source),
    md5: () => digest(source),
  };
}

/** The file is that of the program; those of the library are named in the package, unless the host has them. */
export function compileInfo({ file = "", source = file }: Pick<InfoSource, "file" | "source">): Term {
  const known = source.startsWith("/") ? [tuple(atom("source"), charlist(source))] : [];
  return list([tuple(atom("version"), charlist("8.2.3")), tuple(atom("options"), EMPTY), ...known]);
}

const split = (key: string): [string, number] => {
  const slash = key.lastIndexOf("/");
  return [key.slice(0, slash), Number(key.slice(slash + 1))];
};

function exported({ functions }: InfoSource): [string, number][] {
  return [...Object.keys(functions), "__info__/1", "module_info/0", "module_info/1"].map(split);
}

function pairs(items: readonly (readonly [string, number])[]): Term {
  return list(items.map(([name, arity]) => tuple(atom(name), arity)).sort(compareTerms));
}

/** Nothing here hashes code; the name at least tells modules apart. */
function digest({ module }: InfoSource): Term {
  return list([...module].map((char) => char.codePointAt(0) as number));
}
