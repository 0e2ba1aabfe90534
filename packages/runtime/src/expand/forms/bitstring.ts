/**
 * `<<>>`: every segment comes out as `value :: specifiers` with a type, and what is nested with a known alignment is
 * flattened into its parent.
 */
import type { Task } from "../../process/task.ts";
import { BITS, listLength, MATCH, PIN, postwalk, remoteCall, TYPE } from "../../syntax/quoted.ts";
import { Atom, atom, NIL } from "../../term/atom.ts";
import { Bitstring } from "../../term/bitstring.ts";
import { strictEquals } from "../../term/compare.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import { Float } from "../../term/number.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import { CONTEXT_GUARD, CONTEXT_MATCH, KERNEL } from "../env.ts";
import { fileError, functionError, source, warn } from "../errors.ts";
import { expandFullyAt } from "../once.ts";
import { ERLANG } from "../rewrite.ts";
import type { Prematch, Scope, State } from "../scope.ts";

type Alignment = number | "unknown";
type Kind = "integer" | "float" | "binary" | "bitstring" | "default";

const ALIGNMENT = atom("alignment");
const UNKNOWN = atom("unknown");
const INFERRED = atom("inferred_bitstring_spec");
const TRUE = atom("true");
const SIZE = atom("size");
const UNIT = atom("unit");
const MINUS = atom("-");
const TIMES = atom("*");
const UNDERSCORE = atom("_");
const TO_STRING = atom("to_string");
const STRING_CHARS = atom("Elixir.String.Chars");

/** `sized`: in a generator every field needs a size, the last one too. */
export function* expandBitstring(
  scope: Scope,
  meta: Term,
  args: readonly Term[],
  sized: boolean,
): Task<Term> {
  const before = scope.state;
  const { inMatch } = scope.env;
  if (!inMatch) scope.state = before.prepareWrite();
  const parts: Term[] = [];
  let alignment: Alignment = 0;
  for (const [i, arg] of args.entries()) {
    const needsSize = sized || (inMatch && i < args.length - 1);
    alignment = yield* expandSegment(scope, meta, arg, parts, before, alignment, needsSize);
  }
  if (inMatch) {
    const nested = findMatch(parts);
    if (nested !== null) {
      throw fileError(
        scope,
        meta,
        `cannot pattern match inside a bitstring that is already in match, got: ${yield* source(scope, nested)}`,
      );
    }
  } else scope.state = scope.state.closeWrite(before);
  const aligned = new Tuple2(ALIGNMENT, alignment === "unknown" ? UNKNOWN : alignment);
  return new Tuple3(BITS, list([aligned], meta), list(parts));
}

function* expandSegment(
  scope: Scope,
  bitsMeta: Term,
  arg: Term,
  parts: Term[],
  before: State,
  alignment: Alignment,
  needsSize: boolean,
): Task<Alignment> {
  if (arg instanceof Tuple3 && arg.a === TYPE && listLength(arg.c) === 2) {
    const [left, right] = listToArray(arg.c) as Term[];
    const value = yield* expandValue(scope, left, before);
    const inferFrom = needsSize && value instanceof Tuple3 && value.a === PIN ? value : null;
    const expected = !needsSize ? "optional" : inferFrom === null ? "required" : "infer";
    const spec = yield* expandSpecs(scope, arg.b, value, right, before, expected);
    yield* addSegment(scope, arg.b, value, spec.form, parts, needsSize);
    return alignment === "unknown" || spec.alignment === "unknown"
      ? "unknown"
      : (alignment + spec.alignment) % 8;
  }
  const meta = arg instanceof Tuple3 ? arg.b : bitsMeta;
  const value = yield* expandValue(scope, arg, before);
  const kind = kindOf(value);
  const type = new Tuple3(atom(kind === "default" ? "integer" : kind), meta, NIL);
  yield* addSegment(scope, list([new Tuple2(INFERRED, TRUE)], meta), value, type, parts, needsSize);
  return alignment;
}

/** In patterns and guards an interpolation of a literal string is the string. */
function* expandValue(scope: Scope, form: Term, before: State): Task<Term> {
  const { env } = scope;
  const interpolated = env.context === NIL ? null : interpolation(form);
  if (interpolated !== null) {
    const { state } = scope;
    const value = yield* expandOne(scope, interpolated, before);
    if (value instanceof Bitstring && value.isBinary) return value;
    scope.state = state;
    scope.env = env;
  }
  return yield* expandOne(scope, form, before);
}

function expandOne(scope: Scope, form: Term, before: State): Task<Term> {
  return scope.env.inMatch ? scope.expand(form) : scope.expandArg(form, before);
}

function interpolation(form: Term): Term | null {
  if (!(form instanceof Tuple3) || !(form.a instanceof Tuple3)) return null;
  const [module, name] = listToArray(form.a.c) ?? [];
  const args = listToArray(form.c) ?? [];
  const isToString = name === TO_STRING && (module === KERNEL || module === STRING_CHARS);
  return isToString && args.length === 1 ? args[0] : null;
}

function kindOf(value: Term): Kind {
  if (typeof value === "number" || typeof value === "bigint") return "integer";
  if (value instanceof Float) return "float";
  if (value instanceof Bitstring) return "binary";
  return value instanceof Tuple3 && value.a === BITS ? "bitstring" : "default";
}

const UNSIZED = `a binary field without size is only allowed at the end of a binary pattern, at the right side of binary concatenation and never allowed in binary generators. The following examples are invalid:

    rest <> "foo"
    <<rest::binary, "foo">>

They are invalid because there is a bits/bitstring component not at the end. However, the "reverse" would work:

    "foo" <> rest
    <<"foo", rest::binary>>

`;

function* addSegment(
  scope: Scope,
  meta: Term,
  value: Term,
  spec: Term,
  parts: Term[],
  needsSize: boolean,
): Task<void> {
  if (value instanceof Tuple3 && value.a === BITS) {
    const nested = listToArray(value.c) ?? [];
    if (nested.length === 0) return;
    if (scope.env.inMatch && needsSize) checkSizedEnd(scope, nested[nested.length - 1]);
    const type = spec instanceof Tuple3 && spec.c === NIL && spec.a instanceof Atom ? spec.a.name : "";
    if (type === "bitstring") {
      parts.push(...nested);
      return;
    }
    if (type === "binary") {
      const alignment = (listToArray(value.b) ?? []).find(
        (e) => e instanceof Tuple2 && e.a === ALIGNMENT,
      ) as Tuple2;
      if (typeof alignment.b === "number") {
        if (alignment.b !== 0) {
          functionError(
            scope,
            meta,
            `expected ${yield* source(scope, value)} to be a binary but its number of bits is not divisible by 8`,
          );
        }
        parts.push(...nested);
        return;
      }
    }
  }
  parts.push(new Tuple3(TYPE, meta, list([value, spec])));
}

function checkSizedEnd(scope: Scope, last: Term): void {
  if (!(last instanceof Tuple3) || last.a !== TYPE) return;
  const [value, spec] = listToArray(last.c) ?? [];
  if (!(spec instanceof Tuple3) || spec.c !== NIL || !(spec.a instanceof Atom)) return;
  const { name } = spec.a;
  if ((name === "binary" && !(value instanceof Bitstring)) || name === "bitstring") {
    functionError(scope, last.b, UNSIZED);
  }
}

interface Specs {
  size: Term | null;
  unit: Term | null;
  sign: string | null;
  type: string | null;
  endianness: string | null;
}

const SPECIFIERS: Record<string, readonly ["endianness" | "type" | "sign", string]> = {
  big: ["endianness", "big"],
  little: ["endianness", "little"],
  native: ["endianness", "native"],
  integer: ["type", "integer"],
  float: ["type", "float"],
  binary: ["type", "binary"],
  bytes: ["type", "binary"],
  bitstring: ["type", "bitstring"],
  bits: ["type", "bitstring"],
  utf8: ["type", "utf8"],
  utf16: ["type", "utf16"],
  utf32: ["type", "utf32"],
  signed: ["sign", "signed"],
  unsigned: ["sign", "unsigned"],
};

function* expandSpecs(
  scope: Scope,
  meta: Term,
  value: Term,
  form: Term,
  before: State,
  expected: "optional" | "required" | "infer",
): Task<{ form: Term; alignment: Alignment }> {
  const specs: Specs = { size: null, unit: null, sign: null, type: null, endianness: null };
  yield* collectSpecs(scope, meta, unpackSpecs(form), specs, before);
  const kind = kindOf(value);
  const type = mergedType(scope, meta, kind, specs.type);
  if (
    expected === "required" &&
    kind === "default" &&
    (type === "binary" || type === "bitstring") &&
    specs.size === null
  ) {
    functionError(scope, meta, UNSIZED);
  }
  let sized = sizeAndUnit(scope, meta, kind, specs);
  const alignment = alignmentOf(type, specs);
  if (expected === "infer" && sized.length === 0 && (type === "binary" || type === "bitstring")) {
    const measure = type === "binary" ? "byte_size" : "bit_size";
    sized = [new Tuple3(SIZE, meta, list([remoteCall(ERLANG, measure, meta, [value])]))];
  }
  const [first, ...rest] = buildSpec(scope, meta, type, specs, sized);
  return { form: rest.reduce((all, spec) => new Tuple3(MINUS, meta, list([all, spec])), first), alignment };
}

/** `a-b-c` as a list; `8`, `8*2`, `_*2` become sizes and units. */
function unpackSpecs(form: Term): Term[] {
  if (form instanceof Tuple3) {
    const args = listToArray(form.c);
    if (form.a === MINUS && args?.length === 2) return [...unpackSpecs(args[0]), ...unpackSpecs(args[1])];
    if (form.a === TIMES && args?.length === 2) {
      const unit = new Tuple3(UNIT, EMPTY, list([args[1]]));
      const [size] = args;
      if (size instanceof Tuple3 && size.a === UNDERSCORE && size.c instanceof Atom) return [unit];
      return [new Tuple3(SIZE, EMPTY, list([size])), unit];
    }
    return [form];
  }
  if (typeof form === "number" || typeof form === "bigint") return [new Tuple3(SIZE, EMPTY, list([form]))];
  return [form];
}

function* collectSpecs(
  scope: Scope,
  meta: Term,
  forms: readonly Term[],
  specs: Specs,
  before: State,
): Task<void> {
  for (const form of forms) {
    if (!(form instanceof Tuple3) || !(form.a instanceof Atom)) {
      functionError(scope, meta, `unknown bitstring specifier: ${yield* source(scope, form)}`);
      continue;
    }
    const { name } = form.a;
    const args = form.c instanceof Atom ? null : (listToArray(form.c) ?? []);
    const isMeasure = (name === "size" || name === "unit") && args?.length === 1;
    const known = args === null || args.length === 0 ? SPECIFIERS[name] : undefined;
    if (isMeasure) {
      const measured = yield* expandMeasure(scope, (args as Term[])[0], before);
      if (name === "unit" && typeof measured !== "number" && typeof measured !== "bigint") {
        functionError(
          scope,
          meta,
          `unit in bitstring expects an integer as argument, got: ${yield* source(scope, measured)}`,
        );
      }
      const other = specs[name as "size" | "unit"];
      if (other !== null && !strictEquals(other, measured)) {
        conflict(scope, meta, name, yield* source(scope, measured), yield* source(scope, other));
      }
      specs[name as "size" | "unit"] = measured;
    } else if (known !== undefined) {
      if (args !== null) {
        warn(
          scope,
          meta,
          `extra parentheses on a bitstring specifier "${name}()" have been deprecated. ` +
            `Please remove the parentheses: "${name}".\n` +
            'You may run "mix format --migrate" to fix this warning automatically.',
        );
      }
      const [key, value] = known;
      const other = specs[key];
      if (other !== null && other !== value) conflict(scope, meta, key, value, other);
      specs[key] = value;
    } else {
      let called: Term = form;
      if (args === null) {
        warn(
          scope,
          meta,
          `bitstring specifier "${name}" does not exist and is being expanded to "${name}()", ` +
            "please use parentheses to remove the ambiguity.\n" +
            'You may run "mix format --migrate" to fix this warning automatically.',
        );
        called = new Tuple3(form.a, form.b, EMPTY);
      }
      const expanded = yield* expandFullyAt(scope, called, meta);
      if (expanded === called) {
        functionError(scope, meta, `unknown bitstring specifier: ${yield* source(scope, form)}`);
      } else yield* collectSpecs(scope, meta, unpackSpecs(expanded), specs, before);
    }
  }
}

function conflict(scope: Scope, meta: Term, what: string, value: string, other: string): void {
  functionError(scope, meta, `conflicting ${what} specification for bit field: "${value}" and "${other}"`);
}

/** A size in a pattern is a guard over variables from before it and from the bitstring's earlier segments. */
function* expandMeasure(scope: Scope, form: Term, before: State): Task<Term> {
  if (form instanceof Atom || typeof form === "number" || typeof form === "bigint") return form;
  if (!scope.env.inMatch) {
    scope.state = scope.state.resetRead(before);
    return yield* scope.expand(form);
  }
  const prematch = scope.state.prematch as Prematch;
  scope.state = scope.state.with({ prematch: { ...prematch, bitsize: before.read } });
  scope.env = scope.env.inContext(CONTEXT_GUARD);
  const expanded = yield* scope.expand(form);
  scope.state = scope.state.with({ prematch });
  scope.env = scope.env.inContext(CONTEXT_MATCH);
  // `size(^x)`: a size only reads, so the pin says nothing more to what compiles it.
  return postwalk(expanded, (node) =>
    node instanceof Tuple3 && node.a === PIN && node.c instanceof Cons ? node.c.head : node,
  );
}

const TYPES_OF: Record<Kind, readonly string[] | null> = {
  binary: ["binary", "bitstring", "utf8", "utf16", "utf32"],
  bitstring: ["binary", "bitstring"],
  integer: ["integer", "float", "utf8", "utf16", "utf32"],
  float: ["float"],
  default: null,
};

function mergedType(scope: Scope, meta: Term, kind: Kind, type: string | null): string {
  if (type === null) return kind === "default" ? "integer" : kind;
  const allowed = TYPES_OF[kind];
  if (allowed !== null && !allowed.includes(type)) conflict(scope, meta, "type", type, kind);
  return type;
}

function sizeAndUnit(scope: Scope, meta: Term, kind: Kind, { size, unit }: Specs): Term[] {
  if (size !== null || unit !== null) {
    if (kind === "bitstring") {
      functionError(
        scope,
        meta,
        "literal <<>> in bitstring supports only type specifiers, which must be one of: binary or bitstring",
      );
      return [];
    }
    if (kind === "binary") {
      functionError(
        scope,
        meta,
        "literal string in bitstring supports only endianness and type specifiers, which must be one of: " +
          "little, big, native, utf8, utf16, utf32, bits, bytes, binary or bitstring",
      );
      return [];
    }
  }
  const parts: Term[] = [];
  if (unit !== null) parts.push(new Tuple3(UNIT, EMPTY, list([unit])));
  if (size !== null) parts.push(new Tuple3(SIZE, EMPTY, list([size])));
  return parts;
}

function alignmentOf(type: string, { size, unit }: Specs): Alignment {
  const defaultUnit = type === "binary" ? 8 : type === "integer" || type === "bitstring" ? 1 : null;
  const defaultSize = type === "integer" ? 8 : null;
  const bits = size ?? defaultSize;
  const each = unit ?? defaultUnit;
  if (typeof bits === "number" && typeof each === "number") return (bits * each) % 8;
  return ["binary", "float", "utf8", "utf16", "utf32"].includes(type) ? 0 : "unknown";
}

function buildSpec(scope: Scope, meta: Term, type: string, specs: Specs, sized: readonly Term[]): Term[] {
  const spec = (name: string | null): Term[] => (name === null ? [] : [new Tuple3(atom(name), EMPTY, NIL)]);
  const signError = "signed and unsigned specifiers are supported only on integer and float types";
  switch (type) {
    case "utf8":
    case "utf16":
    case "utf32":
      if (specs.size !== null || specs.unit !== null) {
        functionError(scope, meta, "size and unit are not supported on utf types");
      } else if (specs.sign !== null) functionError(scope, meta, signError);
      return [...spec(type), ...spec(specs.endianness), ...sized];
    case "binary":
    case "bitstring":
      if (type === "bitstring" && specs.unit !== null && specs.unit !== 1) {
        conflict(scope, meta, "unit", String(specs.unit), "1");
      } else if (specs.sign !== null) functionError(scope, meta, signError);
      return [...spec(type), ...sized];
    default: {
      const { size, unit } = specs;
      const bits = typeof size === "number" ? size * (typeof unit === "number" ? unit : 1) : null;
      if (type === "float" && bits !== null && ![16, 32, 64].includes(bits)) {
        functionError(scope, meta, `float requires size*unit to be 16, 32, or 64 (default), got: ${bits}`);
      } else if (!(type === "float" && bits !== null) && size === null && unit !== null) {
        functionError(
          scope,
          meta,
          "integer and float types require a size specifier if the unit specifier is given",
        );
      }
      return [...spec(type), ...spec(specs.endianness), ...spec(specs.sign), ...sized];
    }
  }
}

function findMatch(parts: readonly Term[]): Term | null {
  for (const part of parts) {
    if (!(part instanceof Tuple3)) continue;
    if (part.a === MATCH && listLength(part.c) === 2) return part;
    const args = listToArray(part.c);
    const found = args === null ? null : findMatch(args);
    if (found !== null) return found;
  }
  return null;
}
