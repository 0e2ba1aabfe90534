/**
 * Module attributes: `@name value`, `@name`, and the functions of `Module` about them. The reserved ones are checked
 * here; `@doc`, `@impl` and `@deprecated` are taken up by the definition that follows them.
 */
import type { Task } from "../../process/task.ts";
import {
  DEFAULT,
  isCall,
  isKeyword,
  isVariable,
  keywordGet,
  metaGet,
  postwalk,
} from "../../syntax/quoted.ts";
import { Atom, atom, FALSE, NIL, TRUE } from "../../term/atom.ts";
import { Bitstring } from "../../term/bitstring.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import { EMPTY_MAP, mapEntries, mapGet, mapPut, type TermMap } from "../../term/map.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import { newEnv } from "../env.ts";
import { argumentError, inspect, inspectAtom, type Place, warn } from "../errors.ts";
import type { DefinitionKind, Host } from "../host.ts";
import { isDialyzerValue } from "./check-attributes.ts";
import type { OpenModule } from "./open-module.ts";
import { openModule } from "./open-modules.ts";

const LINE = atom("line");
const DOC_ATTRIBUTES = new Set(["doc", "typedoc", "moduledoc"].map(atom));
const NOT_WARNED = new Set(["doc", "typedoc", "moduledoc", "impl", "deprecated"].map(atom));
const AT = atom("@");
const ACCUMULATE = atom("accumulate");
const PERSIST = atom("persist");
const DOC = atom("doc");
const IMPL = atom("impl");
const DEPRECATED = atom("deprecated");
const CONTEXT = atom("context");

/** The open module, or `ArgumentError` that it is compiled already. */
export function requireOpen(module: Term, name: string, arity: number, hint = ""): OpenModule {
  const open = module instanceof Atom ? openModule(module) : undefined;
  if (open !== undefined) return open;
  const shown = module instanceof Atom ? inspectAtom(module) : "?";
  throw argumentError(
    `could not call Module.${name}/${arity} because the module ${shown} is already compiled${hint && `. ${hint}`}`,
  );
}

export function requireWritable(module: Term, name: string, arity: number): OpenModule {
  const open = requireOpen(module, name, arity);
  if (open.mode === "all") return open;
  throw argumentError(
    `could not call Module.${name}/${arity} because the module ${inspectAtom(open.module)} is in read-only mode (@after_compile)`,
  );
}

function place(host: Host, open: OpenModule): Place {
  return { host, env: newEnv().with({ module: open.module, file: fileTerm(open) }) };
}

function fileTerm(open: OpenModule): Term {
  return new Bitstring(open.file, null, -1);
}

function lineMeta(line: number): Term {
  return list([new Tuple2(LINE, line)]);
}

const INFO_HINT = "Use the Module.__info__/1 callback or Code.fetch_docs/1 instead";

export function getAttribute(host: Host, module: Term, key: Atom, line: Term, otherwise: Term): Term {
  const open = requireOpen(module, "get_attribute", 2, INFO_HINT);
  const attribute = open.attributes.get(key);
  if (attribute === undefined) {
    if (typeof line === "number") {
      warn(
        place(host, open),
        lineMeta(line),
        `undefined module attribute @${key.name}, please remove access to @${key.name} or explicitly set it before access`,
      );
    }
    return otherwise;
  }
  if (attribute.accumulated !== null) return list(attribute.accumulated.slice().reverse());
  if (attribute.state === "unset") return otherwise;
  if (typeof attribute.state === "number") attribute.state = "used";
  return attribute.value;
}

export function getLastAttribute(module: Term, key: Atom, otherwise: Term): Term {
  const open = requireOpen(module, "get_last_attribute", 2, INFO_HINT);
  const attribute = open.attributes.get(key);
  if (attribute === undefined || attribute.state === "unset") return otherwise;
  if (attribute.accumulated !== null) return attribute.accumulated.at(-1) ?? otherwise;
  if (typeof attribute.state === "number") attribute.state = "used";
  return attribute.value;
}

export function deleteAttribute(module: Term, key: Atom): Term {
  const open = requireWritable(module, "delete_attribute", 2);
  const attribute = open.attributes.get(key);
  if (attribute === undefined) return NIL;
  if (attribute.accumulated !== null) {
    const values = list(attribute.accumulated.slice().reverse());
    attribute.accumulated = [];
    return values;
  }
  open.attributes.delete(key);
  return attribute.value;
}

export function registerAttribute(module: Term, key: Atom, options: Term): Term {
  const open = requireWritable(module, "register_attribute", 3);
  if (keywordGet(options, PERSIST) === TRUE) open.persisted.push(key);
  const attribute = open.attributes.get(key);
  if (keywordGet(options, ACCUMULATE) === TRUE) {
    if (attribute === undefined) open.attributes.set(key, { value: EMPTY, accumulated: [], state: "used" });
    else attribute.accumulated ??= [];
  } else if (attribute === undefined) {
    open.warnAttributes.push(key);
    open.attributes.set(key, { value: NIL, accumulated: null, state: "unset" });
  }
  return atom("ok");
}

export function* putAttribute(host: Host, module: Term, key: Atom, given: Term, line: Term): Task<Term> {
  const open = requireWritable(module, "put_attribute", 3);
  if (DOC_ATTRIBUTES.has(key) && given instanceof Tuple2 && (given.b instanceof Cons || given.b === EMPTY)) {
    yield* addDocMetadata(host, open, key, given.b, line);
    return atom("ok");
  }
  const value = yield* checked(host, key, given);
  const state = typeof line === "number" ? line : "nil";
  const attribute = open.attributes.get(key);
  if (key.name === "on_load" && attribute !== undefined) {
    throw argumentError("the @on_load attribute can only be set once per module");
  }
  if (NOT_WARNED.has(key)) {
    if (typeof attribute?.state === "number" && typeof line === "number") {
      warn(
        place(host, open),
        lineMeta(line),
        `redefining @${key.name} attribute previously set at line ${attribute.state}`,
      );
    }
    open.attributes.set(key, { value, accumulated: null, state });
  } else if (attribute === undefined) {
    open.warnAttributes.push(key);
    open.attributes.set(key, { value, accumulated: null, state });
  } else if (attribute.accumulated !== null) attribute.accumulated.push(value);
  else open.attributes.set(key, { value, accumulated: null, state });
  return atom("ok");
}

function* addDocMetadata(host: Host, open: OpenModule, key: Atom, metadata: Term, line: Term): Task<void> {
  let known = open.docMetadata.get(key) ?? EMPTY_MAP;
  for (const entry of listToArray(metadata) ?? []) {
    if (!(entry instanceof Tuple2) || !(entry.a instanceof Atom)) continue;
    const { name } = entry.a;
    if (name === "opaque" || name === "defaults") {
      const at = lineMeta(typeof line === "number" ? line : 0);
      warn(place(host, open), at, `ignoring reserved documentation metadata key: :${name}`);
      continue;
    }
    const what =
      name === "since"
        ? "the version in which the documented entity was added"
        : "the replacement for the deprecated entity";
    if ((name === "since" || name === "deprecated") && !(entry.b instanceof Bitstring)) {
      throw argumentError(
        `:${name} is a built-in documentation metadata key. It should be a string representing ${what}, ` +
          `got: ${yield* inspect({ host }, entry.b)}`,
      );
    }
    known = mapPut(known, entry.a, entry.b);
  }
  open.docMetadata.set(key, known);
}

const CALLBACKS: Record<string, string> = {
  before_compile: "__before_compile__",
  after_compile: "__after_compile__",
  after_verify: "__after_verify__",
  on_definition: "__on_definition__",
};
const TYPESPECS = new Set(["type", "typep", "opaque", "spec", "callback", "macrocallback"]);

/** The value as it is stored; `ArgumentError` when a reserved attribute cannot have it. */
function* checked(host: Host, key: Atom, value: Term): Task<Term> {
  const { name } = key;
  const refuse = function* (text: string): Task<never> {
    throw argumentError(`${text}${yield* inspect({ host }, value)}`);
  };
  if (DOC_ATTRIBUTES.has(key)) {
    if (value instanceof Tuple2 && typeof value.a === "number") {
      if (value.b instanceof Bitstring || value.b === FALSE || value.b === NIL) return value;
      throw argumentError(
        `@${name} is a built-in module attribute for documentation. It should be either ` +
          `false, nil, a string, or a keyword list, got: ${yield* inspect({ host }, value.b)}`,
      );
    }
    return yield* refuse(
      `@${name} is a built-in module attribute for documentation. When set dynamically, it should be {line, doc} ` +
        '(where "doc" is either false, nil, a string, or a keyword list), got: ',
    );
  }
  if (name in CALLBACKS) return value instanceof Atom ? new Tuple2(value, atom(CALLBACKS[name])) : value;
  if (TYPESPECS.has(name)) {
    throw argumentError(
      "attributes type, typep, opaque, spec, callback, and macrocallback must be set directly via the @ notation",
    );
  }
  switch (name) {
    case "behaviour":
      if (!(value instanceof Atom)) return yield* refuse("@behaviour expects a module, got: ");
      yield* host.ensureLoaded(value);
      return value;
    case "dialyzer":
      if (isDialyzerValue(value)) return value;
      return yield* refuse("invalid value for @dialyzer attribute: ");
    case "impl":
      if (value instanceof Atom && value !== NIL) return value;
      return yield* refuse(
        "@impl is a built-in module attribute that marks the next definition as a callback implementation. " +
          "It should be a module or a boolean, got: ",
      );
    case "external_resource":
      if (value instanceof Bitstring) return value;
      return yield* refuse(
        "@external_resource is a built-in module attribute used for specifying file dependencies. " +
          "It should be a string path to a file, got: ",
      );
    case "deprecated":
      if (value instanceof Bitstring) return value;
      return yield* refuse(
        "@deprecated is a built-in module attribute that annotates a definition as deprecated. " +
          "It should be a string with the reason for the deprecation, got: ",
      );
    case "file": {
      const isPair = value instanceof Tuple2 && value.a instanceof Bitstring && typeof value.b === "number";
      if (value instanceof Bitstring || isPair) return value;
      return yield* refuse(
        "@file is a built-in module attribute that annotates the file and line the next definition comes from. " +
          "It should be a string or {string, line} tuple as value, got: ",
      );
    }
    case "on_load":
      if (value instanceof Atom) return new Tuple2(value, 0);
      if (value instanceof Tuple2 && value.a instanceof Atom && value.b === 0) return value;
      return yield* refuse(
        "@on_load is a built-in module attribute that annotates a function to be invoked when the module is loaded. " +
          "It should be an atom or an {atom, 0} tuple, got: ",
      );
    case "nifs":
      if (isKeyword(value)) return value;
      return yield* refuse(
        "@nifs is a built-in module attribute for specifying a list of functions and their arities that are NIFs, got: ",
      );
    default:
      return value;
  }
}

/** Removes an attribute that stands before a definition and gives its value. */
function take(open: OpenModule, key: Atom): Term | undefined {
  const attribute = open.attributes.get(key);
  open.attributes.delete(key);
  return attribute?.value;
}

/** `@doc`, `@impl` and `@deprecated` before a definition become the definition's. */
export function compileDefinitionAttributes(
  at: Place,
  open: OpenModule,
  kind: DefinitionKind,
  name: Atom,
  args: readonly Term[],
  body: Term,
): void {
  const { env } = at;
  const arity = args.length;
  const defaults = args.filter((arg) => arg instanceof Tuple3 && arg.a === DEFAULT).length;
  const context = metaGet(open.definition(name, arity)?.meta ?? EMPTY, CONTEXT);

  const impl = take(open, IMPL);
  if (impl instanceof Atom) {
    open.impls.push({
      name,
      arity,
      context,
      defaults,
      kind,
      line: env.line,
      file: env.fileName,
      value: impl,
    });
  }
  let metadata: TermMap = EMPTY_MAP;
  const reason = take(open, DEPRECATED);
  if (reason instanceof Bitstring) {
    for (let i = arity - defaults; i <= arity; i++) open.deprecated.push({ name, arity: i, reason });
    metadata = mapPut(metadata, DEPRECATED, reason);
  }
  for (const [key, value] of mapEntries(open.docMetadata.get(DOC) ?? EMPTY_MAP))
    metadata = mapPut(metadata, key, value);
  open.docMetadata.delete(DOC);
  if (defaults > 0) metadata = mapPut(metadata, atom("defaults"), defaults);

  const given = take(open, DOC);
  const [line, doc] = given instanceof Tuple2 ? [given.a as number, given.b] : [env.line, NIL];
  if (kind === "defp" || kind === "defmacrop") {
    if (doc !== NIL && doc !== FALSE) {
      warn(
        at,
        lineMeta(line),
        `${kind} ${name.name}/${arity} is private, @doc attribute is always discarded for private functions/macros/types`,
      );
    }
    return;
  }
  const key = `${kind} ${name.name}/${arity}`;
  const known = open.docs.get(key);
  const isImpl = impl !== undefined && impl !== FALSE;
  const isText = (value: Term): boolean => value instanceof Bitstring;
  if (
    known !== undefined &&
    isText(known.doc) &&
    isText(doc) &&
    body !== NIL &&
    known.context === undefined
  ) {
    warn(at, lineMeta(line), redefinedDoc(known.line, name));
  }
  const merged = doc === NIL && known !== undefined ? known.doc : doc;
  for (const [field, value] of mapEntries(metadata)) {
    if (known !== undefined && mapGet(known.metadata as TermMap, field) !== undefined) continue;
    metadata = mapPut(metadata, field, value);
  }
  for (const [field, value] of mapEntries((known?.metadata as TermMap | undefined) ?? EMPTY_MAP)) {
    if (mapGet(metadata, field) === undefined) metadata = mapPut(metadata, field, value);
  }
  open.docs.set(key, {
    kind: kind === "def" ? "function" : "macro",
    name,
    arity,
    line: known?.line ?? line,
    signature: new Cons(list(args.map((arg) => withAttributes(open, arg))), known?.signature ?? EMPTY),
    doc: merged === NIL && isImpl ? FALSE : merged,
    metadata,
    context,
    generated: context !== undefined && context !== NIL,
  });
}

/** Parameters as a reader sees them: `@timeout` as its value, where that is plain. */
function withAttributes(open: OpenModule, arg: Term): Term {
  return postwalk(arg, (form) => {
    if (!isCall(form, AT, 1)) return form;
    const [name] = listToArray(form.c) as [Term];
    const value = isVariable(name) ? open.attributes.get(name.a as Atom)?.value : undefined;
    const plain = value instanceof Atom || value instanceof Bitstring || typeof value === "number";
    return plain ? value : form;
  });
}

function redefinedDoc(line: number, name: Atom): string {
  return `redefining @doc attribute previously set at line ${line}.

Please remove the duplicate docs. If instead you want to override a previously defined @doc, attach the @doc attribute to a function head (the function signature not followed by any do-block). For example:

    @doc """
    new docs
    """
    def ${name.name}(...)
`;
}

/** Warnings about attributes that nothing has read, when the module ends. */
export function warnUnusedAttributes(at: Place, open: OpenModule): void {
  const persisted = new Set(open.persisted);
  const names = ["doc", "typedoc", "impl", "deprecated"].map(atom);
  const followers: Record<string, string> = {
    typedoc: "but no type follows it",
    doc: "but no definition follows it",
    impl: "but no definition follows it",
    deprecated: "but no definition follows it",
  };
  // A select of OTP's tables by several keys answers with the last of them first.
  for (const key of [...names, ...open.warnAttributes.filter((name) => !persisted.has(name))].reverse()) {
    const state = open.attributes.get(key)?.state;
    if (typeof state !== "number") continue;
    const why = followers[key.name] ?? "but never used";
    warn(at, lineMeta(state), `module attribute @${key.name} was set ${why}`);
  }
}

/** The persisted attributes with their values. */
export function persistedAttributes(open: OpenModule): (readonly [Atom, Term])[] {
  const result: (readonly [Atom, Term])[] = [];
  for (const key of open.persisted) {
    const attribute = open.attributes.get(key);
    if (attribute === undefined || attribute.state === "unset") continue;
    if (attribute.accumulated === null) result.push([key, attribute.value]);
    else for (const value of attribute.accumulated) result.push([key, value]);
  }
  return result;
}
