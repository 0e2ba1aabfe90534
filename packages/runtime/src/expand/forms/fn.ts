/** `fn` and `&`. A capture of a function stays a capture; any other becomes a `fn` whose parameters are the `&n`. */
import type { Task } from "../../process/task.ts";
import {
  ARROW,
  BLOCK,
  CAPTURE,
  DEFAULT,
  DOT,
  FN,
  metaDelete,
  metaGet,
  NO_PARENS,
  TUPLE,
  WHEN,
} from "../../syntax/quoted.ts";
import { Atom, atom, NIL, TRUE } from "../../term/atom.ts";
import { Cons, EMPTY, list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import { type Captured, importedFunction, nextCounter, requiredFunction } from "../dispatch.ts";
import { fileError, source, warn } from "../errors.ts";
import { head } from "../patterns.ts";
import type { Scope } from "../scope.ts";
import { clause, inScope } from "./clauses.ts";

const SLASH = atom("/");
const CAPTURED = atom("capture");
const COUNTER = atom("counter");
const RUNTIME_MODULE = atom("runtime_module");

export function* expandFn(scope: Scope, meta: Term, clauses: readonly Term[]): Task<Term> {
  const { env } = scope;
  const expanded: Term[] = [];
  const arities = new Set<number>();
  for (const form of clauses) {
    const patterns =
      form instanceof Tuple3 ? (listToArray((listToArray(form.c) ?? [])[0] ?? EMPTY) ?? []) : [];
    if (patterns.some((pattern) => pattern instanceof Tuple3 && pattern.a === DEFAULT)) {
      throw fileError(scope, meta, "anonymous functions cannot have optional arguments");
    }
    const result = (yield* inScope(scope, () => clause(scope, meta, 'in "fn"', fnHead, form))) as Tuple3;
    expanded.push(result);
    arities.add(arityOf(listToArray((listToArray(result.c) as Term[])[0]) as Term[]));
  }
  if (arities.size !== 1) {
    throw fileError(scope, meta, "cannot mix clauses with different arities in anonymous functions");
  }
  scope.env = env;
  return new Tuple3(FN, meta, list(expanded));
}

export function fnHead(scope: Scope, meta: Term, patterns: Term): Task<Term> {
  return head(scope, meta, listToArray(patterns) ?? []);
}

function arityOf(patterns: readonly Term[]): number {
  const [first] = patterns;
  if (patterns.length === 1 && first instanceof Tuple3 && first.a === WHEN) {
    return (listToArray(first.c)?.length ?? 1) - 1;
  }
  return patterns.length;
}

export function* expandCapture(scope: Scope, meta: Term, form: Term): Task<Term> {
  const result = yield* capture(scope, meta, form);
  if (result.kind === "fn") return yield* scope.expand(result.form);
  const { captured, callMeta, dotMeta } = result;
  let called: Term;
  if (captured.kind === "local") {
    if (!scope.env.inFunction) {
      throw fileError(
        scope,
        meta,
        `undefined function ${captured.name.name}/${captured.arity} (there is no such import)`,
      );
    }
    called = new Tuple3(captured.name, callMeta, NIL);
  } else {
    const isRuntime = captured.module instanceof Atom && scope.state.runtimeModules.includes(captured.module);
    const attached = isRuntime ? list([new Tuple2(RUNTIME_MODULE, TRUE)], callMeta) : callMeta;
    called = new Tuple3(new Tuple3(DOT, dotMeta, list([captured.module, captured.name])), attached, EMPTY);
  }
  return new Tuple3(CAPTURE, meta, list([new Tuple3(SLASH, EMPTY, list([called, captured.arity]))]));
}

type Capture =
  | {
      readonly kind: "function";
      readonly captured: Captured;
      readonly callMeta: Term;
      readonly dotMeta: Term;
    }
  | { readonly kind: "fn"; readonly form: Term };

function* capture(scope: Scope, meta: Term, form: Term): Task<Capture> {
  if (form instanceof Tuple3) {
    const { a: name, c: args } = form;
    if (name === SLASH) {
      const [called, arity] = listToArray(args) ?? [];
      if (called instanceof Tuple3 && typeof arity === "number") {
        if (called.a instanceof Tuple3 && called.a.a === DOT && called.c === EMPTY) {
          const [module, fun] = listToArray(called.a.c) ?? [];
          if (fun instanceof Atom) {
            yield* warnParens(scope, meta, called, module, fun, arity);
            const numbered = numberedArgs(scope, meta, arity);
            return yield* captureRemote(scope, new Tuple3(called.a, called.b, list(numbered)), true);
          }
        }
        if (called.a instanceof Atom && called.c instanceof Atom) {
          const numbered = numberedArgs(scope, meta, arity);
          return yield* captureImport(scope, new Tuple3(called.a, called.b, list(numbered)), true);
        }
      }
    }
    const parts = listToArray(args);
    if (parts !== null) {
      if (name instanceof Tuple3 && name.a === DOT) {
        const target = listToArray(name.c) ?? [];
        if (target.length === 2 && target[1] instanceof Atom) {
          return yield* captureRemote(scope, form, isSequence(parts));
        }
        if (target.length === 1) return yield* captureExpression(scope, meta, form, false);
      }
      if (name === BLOCK) {
        if (parts.length === 1) return yield* capture(scope, meta, parts[0]);
        throw fileError(
          scope,
          meta,
          `block expressions are not allowed inside the capture operator &, got: ${yield* source(scope, form)}`,
        );
      }
      if (name instanceof Atom) return yield* captureImport(scope, form, isSequence(parts));
    }
  } else if (form instanceof Tuple2) {
    return yield* capture(scope, meta, new Tuple3(TUPLE, meta, list([form.a, form.b])));
  } else if (form instanceof Cons || form === EMPTY) {
    return yield* captureExpression(scope, meta, form, isSequence(listToArray(form) ?? []));
  } else if (typeof form === "number" || typeof form === "bigint") {
    throw fileError(scope, meta, `capture argument &${form} must be used within the capture operator &`);
  }
  return yield* invalidCapture(scope, meta, form);
}

function* captureImport(scope: Scope, form: Tuple3, sequential: boolean): Task<Capture> {
  const args = listToArray(form.c) as Term[];
  const found = sequential ? yield* importedFunction(scope, form.b, form.a as Atom, args.length) : null;
  if (found === null) return yield* captureExpression(scope, form.b, form, sequential);
  return { kind: "function", captured: found, callMeta: form.b, dotMeta: form.b };
}

function* captureRemote(scope: Scope, form: Tuple3, sequential: boolean): Task<Capture> {
  const dot = form.a as Tuple3;
  const [left, name] = listToArray(dot.c) as [Term, Atom];
  const args = listToArray(form.c) as Term[];
  const params: Params = new Map();
  const receiver = yield* numberParams(scope, left, params);
  if (params.size > 0) {
    const called = new Tuple3(new Tuple3(DOT, dot.b, list([receiver, name])), form.b, form.c);
    return yield* captureExpression(scope, form.b, called, sequential, params);
  }
  const expanded = yield* scope.expand(receiver);
  let found: Captured | null = null;
  if (sequential) {
    if (expanded instanceof Atom) found = yield* requiredFunction(scope, form.b, expanded, name, args.length);
    else if (expanded instanceof Tuple3 && expanded.a instanceof Atom && expanded.c instanceof Atom) {
      found = { kind: "remote", module: expanded, name, arity: args.length };
    }
  }
  if (found !== null) return { kind: "function", captured: found, callMeta: form.b, dotMeta: dot.b };
  const called = new Tuple3(new Tuple3(DOT, dot.b, list([expanded, name])), form.b, form.c);
  return yield* captureExpression(scope, form.b, called, sequential);
}

type Params = Map<number, Term>;

function* captureExpression(
  scope: Scope,
  meta: Term,
  form: Term,
  sequential: boolean,
  params: Params = new Map(),
): Task<Capture> {
  const body = yield* numberParams(scope, form, params);
  if (params.size === 0) {
    if (!sequential) return yield* invalidCapture(scope, meta, form);
    if (body instanceof Tuple3 && body.a instanceof Tuple3 && body.a.a === DOT) {
      const plain = metaGet(meta, NO_PARENS) === undefined ? meta : metaDelete(meta, NO_PARENS);
      const called = new Tuple3(body.a, plain, body.c);
      return {
        kind: "fn",
        form: new Tuple3(FN, plain, list([new Tuple3(ARROW, plain, list([EMPTY, called]))])),
      };
    }
  }
  const positions = [...params.keys()].sort((a, b) => a - b);
  for (const [i, position] of positions.entries()) {
    if (position === i + 1) continue;
    throw fileError(
      scope,
      meta,
      `capture argument &${position} cannot be defined without &${i + 1} ` +
        "(you cannot skip arguments, all arguments must be numbered)",
    );
  }
  const variables = positions.map((position) => params.get(position) as Term);
  const arrow = new Tuple3(ARROW, meta, list([list(variables), body]));
  return { kind: "fn", form: new Tuple3(FN, meta, list([arrow])) };
}

/** The form with each `&n` replaced by a variable, which `params` collects. */
function* numberParams(scope: Scope, form: Term, params: Params): Task<Term> {
  if (form instanceof Tuple3) {
    if (form.a === CAPTURE) {
      const args = listToArray(form.c) ?? [];
      const [position] = args;
      if (args.length === 1 && typeof position === "number") {
        if (position <= 0) {
          throw fileError(scope, form.b, `capture argument &${position} must be numbered between 1 and 255`);
        }
        let variable = params.get(position);
        if (variable === undefined) {
          const counter = nextCounter(scope.env.module);
          variable = new Tuple3(CAPTURED, list([new Tuple2(COUNTER, counter)], form.b), NIL);
          params.set(position, variable);
        }
        return variable;
      }
      throw fileError(
        scope,
        form.b,
        "nested captures are not allowed. You cannot define a function using the capture operator & inside " +
          `another function defined via &. Got invalid nested capture: ${yield* source(scope, form)}`,
      );
    }
    const name = yield* numberParams(scope, form.a, params);
    return new Tuple3(name, form.b, yield* numberParams(scope, form.c, params));
  }
  if (form instanceof Tuple2) {
    const left = yield* numberParams(scope, form.a, params);
    return new Tuple2(left, yield* numberParams(scope, form.b, params));
  }
  if (form instanceof Cons) {
    const items: Term[] = [];
    for (const item of listToArray(form) ?? []) items.push(yield* numberParams(scope, item, params));
    return list(items);
  }
  return form;
}

function numberedArgs(scope: Scope, meta: Term, arity: number): Term[] {
  if (arity < 0 || arity > 255) {
    throw fileError(scope, meta, `capture argument &${arity} must be numbered between 1 and 255`);
  }
  return Array.from({ length: arity }, (_, i) => new Tuple3(CAPTURE, EMPTY, list([i + 1])));
}

function isSequence(args: readonly Term[]): boolean {
  return (
    args.length > 0 &&
    args.every((arg, i) => {
      if (!(arg instanceof Tuple3) || arg.a !== CAPTURE) return false;
      const parts = listToArray(arg.c) ?? [];
      return parts.length === 1 && parts[0] === i + 1;
    })
  );
}

function* warnParens(
  scope: Scope,
  meta: Term,
  called: Tuple3,
  module: Term,
  name: Atom,
  arity: number,
): Task<void> {
  if (arity !== 0 || metaGet(called.b, NO_PARENS) === TRUE) return;
  const shown = yield* source(scope, module);
  warn(
    scope,
    meta,
    `extra parentheses on a remote function capture &${shown}.${name.name}()/0 have been deprecated. ` +
      `Please remove the parentheses: &${shown}.${name.name}/0`,
  );
}

function* invalidCapture(scope: Scope, meta: Term, form: Term): Task<never> {
  throw fileError(
    scope,
    meta,
    `invalid args for &, expected one of:

  * &Mod.fun/arity to capture a remote function, such as &Enum.map/2
  * &fun/arity to capture a local or imported function, such as &is_atom/1
  * &some_code(&1, ...) containing at least one argument as &1, such as &List.flatten(&1)

Got: ${yield* source(scope, form)}`,
  );
}
