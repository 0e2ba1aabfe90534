/**
 * Native modules about code: parsing and documentation for `Code`, what is loaded for `:code` and `:erlang`. What defines
 * and expands is the expander's (`expand/natives.ts`).
 */

import type { NativeModule } from "../builtins/native.ts";
import { SyntaxDiagnostic } from "../diagnostic/syntax-diagnostic.ts";
import { walk } from "../expand/define/locals.ts";
import { apply, runTask, type Task } from "../process/task.ts";
import { type Comment, type ParseOptions, parse, type SyntaxWarning } from "../syntax/index.ts";
import { EscapeError, unescape } from "../syntax/lexer-string.ts";
import { BLOCK, isCall, keywordGet, line } from "../syntax/quoted.ts";
import { Atom, atom, bool, ERROR, FALSE, NIL, OK, TRUE, UNDEFINED } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { badarg, CLASS_ERROR, errorIn, Raised, tagged } from "../term/error.ts";
import { Fun } from "../term/fun.ts";
import { list, listToArray } from "../term/list.ts";
import { mapFrom } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, tuple } from "../term/tuple.ts";
import {
  awaitModule,
  decoded,
  deleteModule,
  documentationOf,
  ensureLoaded,
  exportCell,
  loadedModules,
  moduleEntry,
  sourceOf,
} from "./code-server.ts";
import { syntaxException } from "./syntax-exception.ts";

const MODULE = atom("module");
const NOFILE = atom("nofile");
const NO_DOCUMENTATION = tuple(ERROR, atom("module_not_found"));

/** Where warnings of the parser go, set by the host. */
let warn: (warning: SyntaxWarning) => void = () => {};

export function onSyntaxWarning(action: (warning: SyntaxWarning) => void): void {
  warn = action;
}

const beamletCode: NativeModule = {
  module: "beamlet_code",
  functions: {
    "parse/2": (source: Term, options: Term) => {
      const code = source instanceof Bitstring ? source.text : undefined;
      const comments: Comment[] = [];
      if (code === undefined) {
        if (source instanceof Bitstring && source.isBinary) return atom("invalid_encoding");
        throw badarg("beamlet_code", "parse", [source, options]);
      }
      try {
        let ascii = true;
        const onUnicodeName = () => {
          ascii = false;
        };
        const quoted = parse(code, { ...parseOptions(options, comments), onUnicodeName });
        return tuple(ascii ? OK : atom("unicode"), quoted, list(comments.map(commentTerm)));
      } catch (error) {
        if (!(error instanceof SyntaxDiagnostic)) throw error;
        return tuple(ERROR, error.reason, syntaxException(error));
      }
    },
    // The expressions of a text, each with the line at which it starts: a shell evaluates them one by one.
    "expressions/2": (source: Term, options: Term) => {
      try {
        const quoted = parse((source as Bitstring).text ?? "", parseOptions(options, []));
        const items = isCall(quoted, BLOCK) ? listToArray(quoted.c)! : [quoted];
        return tuple(OK, list(items.map((item) => tuple(firstLine(item), item))));
      } catch (error) {
        if (!(error instanceof SyntaxDiagnostic)) throw error;
        return tuple(ERROR, error.line, syntaxException(error));
      }
    },
    // `{kind, [{patterns, guards}]}` of a function whose definition is kept, or `nil`: what a report of an error tries.
    "definition/2": (module: Term, tuple2: Term) => {
      const { a: name, b: arity } = tuple2 as Tuple2;
      const found = sourceOf(module as Atom)?.find((one) => one.name === name && one.arity === arity);
      if (found === undefined) return NIL;
      const clauses = found.clauses.map(({ args, guards }) => tuple(list(args), list(guards)));
      return tuple(atom(found.kind), list(clauses));
    },
    "fetch_docs/1": (module: Term) => {
      const found = module instanceof Atom ? documentationOf(module, decoded) : null;
      return (found instanceof Tuple2 ? found.a : found) ?? NO_DOCUMENTATION;
    },
  },
};

/** The first line on which any part of an expression stands: that of an operator is the one of its left side. */
function firstLine(quoted: Term): Term {
  let first = Infinity;
  walk(quoted, ({ b: meta }) => {
    const at = line(meta);
    if (at > 0 && at < first) first = at;
    return null;
  });
  return first === Infinity ? NIL : first;
}

export function parseOptions(options: Term, comments: Comment[]): ParseOptions {
  const given = (name: string): Term | undefined => keywordGet(options, atom(name)) ?? undefined;
  const flag = (name: string, otherwise: boolean) => {
    const value = given(name);
    return value === undefined ? otherwise : value !== FALSE && value !== NIL;
  };
  const file = given("file");
  const literalMark = given("literal_mark");
  const atomMark = given("atom_mark");
  return {
    file: file instanceof Bitstring ? (file.text ?? "nofile") : "nofile",
    line: (given("line") as number | undefined) ?? 1,
    column: (given("column") as number | undefined) ?? 1,
    indentation: (given("indentation") as number | undefined) ?? 0,
    columns: flag("columns", false),
    tokenMetadata: flag("token_metadata", false),
    existingAtomsOnly: flag("existing_atoms_only", false) || given("existing_atoms_only") === TRUE,
    unescape: flag("unescape", true),
    checkTerminators: flag("check_terminators", true),
    emitWarnings: flag("emit_warnings", true),
    onWarning: (warning) => warn(warning),
    onComment: (comment) => void comments.push(comment),
    literalEncoder:
      literalMark === undefined
        ? undefined
        : (literal, meta) => ({ ok: tuple(literalMark, meta, list([literal])) }),
    staticAtomsEncoder:
      atomMark === undefined
        ? undefined
        : (name, meta) => ({ ok: tuple(atomMark, meta, list([text(name)])) }),
  };
}

export function commentTerm(comment: Comment): Term {
  return mapFrom([
    [atom("line"), comment.line],
    [atom("column"), comment.column],
    [atom("previous_eol_count"), comment.previousEolCount],
    [atom("next_eol_count"), comment.nextEolCount],
    [atom("text"), text(comment.text)],
  ]);
}

const elixirInterpolation: NativeModule = {
  module: "elixir_interpolation",
  functions: {
    "unescape_string/1": (source: Term) => unescaped(source),
  },
  tasks: {
    // The function answers for each letter behind a backslash: another character, or whether it takes `\u`, `\x` or a line end.
    *"unescape_string/2"(source: Bitstring, map: Fun) {
      if (source.text === undefined && !source.bytes.includes(0x5c)) return source;
      const characters = source.text ?? "";
      let result = "";
      for (let i = 0; i < characters.length; i++) {
        if (characters[i] !== "\\" || i + 1 === characters.length) {
          result += characters[i];
          continue;
        }
        if (!(map instanceof Fun)) throw tagged("badfun", map);
        const letter = characters.codePointAt(++i)!;
        if (letter > 0xffff) i++;
        const [escape] = /^(u(\{[^}]*\}|.{0,4})|x.{0,2}|\r?\n)?/s.exec(characters.slice(i))!;
        if (escape !== "") {
          const kind = letter === 0x75 ? "unicode" : letter === 0x78 ? "hex" : "newline";
          const allowed: Term = yield* apply(map, [atom(kind)]);
          if (allowed === TRUE) {
            result += unescaped(text(`\\${escape}`)).text;
            i += escape.length - 1;
          } else result += `\\${characters[i]}`;
          continue;
        }
        const mapped: Term = yield* apply(map, [letter]);
        if (mapped === FALSE) result += `\\${String.fromCodePoint(letter)}`;
        else if (typeof mapped === "number" && mapped >= 0 && mapped <= 0x10ffff)
          result += String.fromCodePoint(mapped);
        else throw badarg("elixir_interpolation", "unescape_chars", [source, map]);
      }
      return text(result);
    },
  },
};

function unescaped(source: Term): Bitstring {
  if (!(source instanceof Bitstring)) throw badarg("elixir_interpolation", "unescape_string", [source]);
  if (source.text === undefined && !source.bytes.includes(0x5c)) return source;
  try {
    return unescape(source.text ?? "", () => {});
  } catch (error) {
    if (!(error instanceof EscapeError)) throw error;
    const exception = mapFrom([
      [atom("__struct__"), atom("Elixir.ArgumentError")],
      [atom("__exception__"), TRUE],
      [atom("message"), text(error.message)],
    ]);
    throw new Raised(CLASS_ERROR, exception);
  }
}

function* compiledOrNot(module: Atom): Task {
  return (yield* awaitModule(module, "soft")) ? tuple(MODULE, module) : tuple(ERROR, NOFILE);
}

export function* loadedOrNot(module: Atom): Task {
  return (yield* ensureLoaded(module)) === null ? tuple(ERROR, NOFILE) : tuple(MODULE, module);
}

const ensure = (name: string, how: (module: Atom) => Task) => (module: Term) => {
  if (!(module instanceof Atom)) throw errorIn("function_clause", "code", name, [module]);
  return moduleEntry(module).definition === null ? runTask(how(module)) : tuple(MODULE, module);
};

const code: NativeModule = {
  module: "code",
  functions: {
    // Like `Code.ensure_compiled/1`. No task where there is nothing to do: every call of a protocol asks.
    "ensure_compiled/1": ensure("ensure_compiled", compiledOrNot),
    "ensure_loaded/1": ensure("ensure_loaded", loadedOrNot),
  },
};

function moduleInfo(...args: Term[]): Term {
  const [module, ...keys] = args;
  if (!(module instanceof Atom)) throw badarg("erlang", "get_module_info", args);
  return exportCell(module, atom("module_info"), keys.length).code(...keys);
}

const erlangCode: NativeModule = {
  module: "erlang",
  functions: {
    "module_loaded/1": (module: Term) => {
      if (!(module instanceof Atom)) throw badarg("erlang", "module_loaded", [module]);
      return bool(moduleEntry(module).isLoaded);
    },
    "function_exported/3": (module: Term, name: Term, arity: Term) => {
      if (!(module instanceof Atom && name instanceof Atom && typeof arity === "number")) {
        throw badarg("erlang", "function_exported", [module, name, arity]);
      }
      return bool(exportCell(module, name, arity).isExported);
    },
    "loaded/0": () => list(loadedModules().map(({ name }) => name)),
    "delete_module/1": (module: Atom) => (deleteModule(module) ? TRUE : UNDEFINED),
    "get_module_info/1": moduleInfo,
    "get_module_info/2": moduleInfo,
  },
};

export const codeNatives: readonly NativeModule[] = [beamletCode, elixirInterpolation, code, erlangCode];
