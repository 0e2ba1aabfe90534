/**
 * The expander: one form in, the expanded form out, the scope moved along. Special forms have files of their own in
 * `forms/`; everything else is a call, which `dispatch.ts` resolves.
 */
import { onFreshStack, type Task } from "../process/task.ts";
import {
  ALIASES,
  ARROW,
  BAR,
  BITS,
  BLOCK,
  CAPTURE,
  DOT,
  FN,
  line as lineOf,
  listLength,
  MAP,
  MATCH,
  PIN,
  STRUCT,
  TUPLE,
  TYPE,
  UNQUOTE,
  UNQUOTE_SPLICING,
} from "../syntax/quoted.ts";
import { Atom, atom, NIL } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { Fun } from "../term/fun.ts";
import { Pid } from "../term/identifier.ts";
import { Cons, EMPTY, list, listToArray } from "../term/list.ts";
import { mapGet } from "../term/map.ts";
import { Float } from "../term/number.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, Tuple3 } from "../term/tuple.ts";
import { openModule } from "./define/open-modules.ts";
import type { SuperTarget } from "./define/overridable.ts";
import { type Env, LexicalTracker } from "./env.ts";
import { fileError, functionError, inFile, inspect, source, warn } from "./errors.ts";
import { expandBitstring } from "./forms/bitstring.ts";
import { expandCall, expandRemoteCall, isLiteral } from "./forms/call.ts";
import { expandCase, expandCond, expandReceive, expandTry, expandWith } from "./forms/clauses.ts";
import { assertExpression, assertNoGuard, assertNoMatch } from "./forms/context.ts";
import { expandCapture, expandFn } from "./forms/fn.ts";
import { expandFor } from "./forms/for.ts";
import { expandAliases, expandLexical } from "./forms/lexical.ts";
import { expandMap, expandStruct } from "./forms/map.ts";
import { expandQuote } from "./forms/quote.ts";
import { defineVariable, expandPin, readVariable } from "./forms/variable.ts";
import type { Host } from "./host.ts";
import { directory } from "./once.ts";
import { match, parallelMatch } from "./patterns.ts";
import { capturedFunction, escape } from "./quote.ts";
import { Constant, Scope, State } from "./scope.ts";
import { trace } from "./trace.ts";

const FOR = atom("for");
const UNDERSCORE = atom("_");
const SUPER = atom("super");
const AT = atom("@");
const SLASH = atom("/");
const ENV = atom("__ENV__");

/** Levels of nested forms that are expanded on one JavaScript stack; each takes up to a dozen frames. */
const LEVELS_PER_STACK = 32;

/** A scope for expanding in this environment. With `constants`, terms are passed to the code beside it. */
export function newScope(
  host: Host,
  env: Env,
  state: State = State.of(env),
  constants: Map<number, Term> | null = null,
): Scope {
  return new Scope(host, expand, env, state, constants);
}

function* expand(form: Term, scope: Scope): Task<Term> {
  if (form instanceof Tuple3 || form instanceof Cons || form instanceof Tuple2) {
    const depth = ++scope.depth;
    const expansion = expandNode(form, scope);
    const expanded = depth % LEVELS_PER_STACK === 0 ? yield* onFreshStack(expansion) : yield* expansion;
    scope.depth = depth - 1;
    return expanded;
  }
  if (form instanceof Atom || typeof form === "number" || typeof form === "bigint" || form === EMPTY)
    return form;
  if (form instanceof Bitstring && form.isBinary) return form;
  if (form instanceof Float) {
    if (form.value === 0 && scope.env.inMatch) {
      warn(
        scope,
        EMPTY,
        "pattern matching on 0.0 is equivalent to matching only on +0.0 from Erlang/OTP 27+. Instead you must match on +0.0 or -0.0",
      );
    }
    return form;
  }
  if (form instanceof Constant) {
    return scope.constants === null || typeof form.value === "number"
      ? escape(form.value, "none", false)
      : scope.constant(form.value);
  }
  // What is compiled outlives its lexical scope.
  if (form instanceof LexicalTracker) return NIL;
  if (form instanceof Pid) {
    const { function: definition } = scope.env;
    if (definition instanceof Tuple2) {
      const shown = yield* inspect(scope, form);
      const name = `${(definition.a as Atom).name}/${definition.b}`;
      warn(scope, EMPTY, `cannot compile PID ${shown} inside quoted expression for function ${name}`);
    }
    return form;
  }
  if (form instanceof Fun && form.info.index === -1) return capturedFunction(form);
  throw fileError(
    inFile(scope),
    EMPTY,
    `invalid quoted expression: ${yield* inspect(scope, form)}\n\nPlease make sure your quoted expressions are made of valid AST ` +
      "nodes. If you would like to introduce a value into the AST, such as a four-element tuple or a map, make sure to call Macro.escape/1 before",
  );
}

function expandNode(form: Tuple3 | Cons | Tuple2, scope: Scope): Task<Term> {
  if (form instanceof Tuple3) return expandTriple(form, scope);
  return form instanceof Cons ? expandList(form, scope) : expandPair(form, scope);
}

function* expandPair(form: Tuple2, scope: Scope): Task<Term> {
  const [left, right] = yield* scope.expandArgs([form.a, form.b]);
  return left === form.a && right === form.b ? form : new Tuple2(left, right);
}

function* expandList(form: Cons, scope: Scope): Task<Term> {
  const items = listToArray(form);
  if (items === null)
    throw fileError(inFile(scope), EMPTY, `invalid quoted expression: ${yield* inspect(scope, form)}`);
  const before = scope.state;
  const inMatch = scope.env.inMatch;
  if (!inMatch) scope.state = before.prepareWrite();
  const one = (item: Term): Task<Term> => (inMatch ? scope.expand(item) : scope.expandArg(item, before));
  const expanded: Term[] = [];
  for (const [i, item] of items.entries()) {
    if (i === items.length - 1 && item instanceof Tuple3 && item.a === BAR && listLength(item.c) === 2) {
      const [head, tail] = listToArray(item.c) as Term[];
      expanded.push(new Tuple3(BAR, item.b, list([yield* one(head), yield* one(tail)])));
    } else expanded.push(isLiteral(item) ? item : yield* one(item));
  }
  if (!inMatch) scope.state = scope.state.closeWrite(before);
  return list(expanded);
}

function* expandTriple(form: Tuple3, scope: Scope): Task<Term> {
  const { a: name, b: meta, c: rest } = form;
  if (name instanceof Atom) {
    if (rest instanceof Atom) return yield* expandName(form, name, scope);
    const args = listToArray(rest);
    if (args !== null && (meta instanceof Cons || meta === EMPTY)) {
      return yield* expandNamed(form, name, args, scope);
    }
  } else if (name instanceof Tuple3 && name.a === DOT) {
    const args = listToArray(rest);
    const target = listToArray(name.c) ?? [];
    if (args !== null && target.length === 2 && target[1] instanceof Atom) {
      const [left, right] = target as [Term, Atom];
      if (left instanceof Tuple3 && left.a === ENV && left.c instanceof Atom && rest === EMPTY) {
        return yield* expandEnvField(form, name, left, right, scope);
      }
      if (left instanceof Tuple3 || left instanceof Atom || left instanceof Tuple2) {
        return yield* expandRemoteCall(form, name.b, left, right, args, scope);
      }
    } else if (args !== null && target.length === 1) {
      assertExpression(scope, meta, "anonymous call");
      const [fun, ...expanded] = yield* scope.expandArgs([target[0], ...args]);
      return new Tuple3(new Tuple3(DOT, name.b, list([fun])), meta, list(expanded));
    }
  }
  if ((meta instanceof Cons || meta === EMPTY) && (rest instanceof Cons || rest === EMPTY)) {
    throw fileError(scope, meta, `invalid call ${yield* source(scope, form)}`);
  }
  throw fileError(
    inFile(scope),
    EMPTY,
    `invalid quoted expression: ${yield* inspect(scope, form)}\n\nPlease make sure your quoted expressions are made of valid AST ` +
      "nodes. If you would like to introduce a value into the AST, such as a four-element tuple or a map, make sure to call Macro.escape/1 before",
  );
}

/** A name with a context instead of arguments. */
function* expandName(form: Tuple3, name: Atom, scope: Scope): Task<Term> {
  const { env } = scope;
  switch (name.name) {
    case "__MODULE__":
      return env.module;
    case "__DIR__":
      return text(directory(env.fileName));
    case "__CALLER__":
      assertNoMatch(scope, form.b, "__CALLER__");
      if (!scope.state.caller) {
        functionError(scope, form.b, "__CALLER__ is available only inside defmacro and defmacrop");
      }
      return form;
    case "__STACKTRACE__":
      assertNoMatch(scope, form.b, "__STACKTRACE__");
      if (!scope.state.stacktrace) {
        functionError(
          scope,
          form.b,
          "__STACKTRACE__ is available only inside catch and rescue clauses of try expressions",
        );
      }
      return form;
    case "__ENV__": {
      assertNoMatch(scope, form.b, "__ENV__");
      const term = envTerm(scope, form.b);
      if (scope.constants !== null && !env.inFunction) return scope.constant(term);
      return escape(term, "none", false);
    }
    case "_":
      if (!env.inMatch) {
        functionError(
          scope,
          form.b,
          "invalid use of _. _ can only be used inside patterns to ignore values and cannot be used in expressions. " +
            "Make sure you are inside a pattern or change it accordingly",
        );
      }
      return form;
    default:
      return env.inMatch ? defineVariable(scope, form) : yield* readVariable(scope, form);
  }
}

function envTerm(scope: Scope, meta: Term) {
  const isStatic = scope.env.inFunction || scope.constants === null;
  const env = isStatic ? scope.env.with({ tracker: null, tracers: EMPTY }) : scope.env;
  return env.toTerm(lineOf(meta), scope.state.read);
}

function* expandEnvField(form: Tuple3, dot: Tuple3, env: Tuple3, field: Atom, scope: Scope): Task<Term> {
  assertNoMatch(scope, env.b, "__ENV__");
  const term = envTerm(scope, env.b);
  const value = mapGet(term, field);
  if (value !== undefined) return yield* scope.expand(new Constant(value));
  const whole = escape(term, "none", false);
  return new Tuple3(new Tuple3(DOT, dot.b, list([whole, field])), form.b, EMPTY);
}

function* expandNamed(form: Tuple3, name: Atom, args: readonly Term[], scope: Scope): Task<Term> {
  const meta = form.b;
  const arity = args.length;
  switch (name) {
    case MATCH:
      if (arity !== 2) break;
      if (scope.env.inMatch) return yield* parallelMatch(scope, form);
      return yield* expandMatch(scope, meta, args[0], args[1]);
    case TUPLE:
      return new Tuple3(TUPLE, meta, list(yield* scope.expandArgs(args)));
    case MAP:
      return yield* expandMap(scope, meta, args);
    case STRUCT:
      if (arity !== 2) break;
      return yield* expandStruct(scope, meta, args[0], args[1]);
    case BITS:
      return yield* expandBitstring(scope, meta, args, false);
    case BLOCK:
      return yield* expandBlock(scope, meta, args);
    case ALIASES:
      return yield* expandAliases(scope, form);
    case ARROW:
      if (arity !== 2) break;
      throw fileError(
        scope,
        meta,
        "misplaced operator ->\n\nThis typically means invalid syntax or a macro is not available in scope",
      );
    case TYPE:
      if (arity !== 2) break;
      throw fileError(scope, meta, MISPLACED_TYPE);
    case BAR:
      if (arity !== 2) break;
      throw fileError(scope, meta, MISPLACED_BAR);
    case UNQUOTE:
    case UNQUOTE_SPLICING:
      if (arity !== 1) break;
      throw fileError(scope, meta, `${name.name} called outside quote`);
    case CAPTURE:
      if (arity !== 1) break;
      return yield* expandCaptured(scope, meta, args[0]);
    case FN:
      assertExpression(scope, meta, "fn");
      return yield* expandFn(scope, meta, args);
    case PIN:
      if (arity !== 1) break;
      return yield* expandPin(scope, meta, args[0]);
  }
  switch (name.name) {
    case "alias":
    case "require":
    case "import":
      if (arity !== 1 && arity !== 2) break;
      assertExpression(scope, meta, name.name);
      return yield* expandLexical(scope, form, name, args);
    case "quote":
      if (arity !== 1 && arity !== 2) break;
      return yield* expandQuote(scope, meta, args);
    case "cond":
      if (arity !== 1) break;
      assertExpression(scope, meta, "cond");
      return yield* expandCond(scope, meta, args[0]);
    case "case":
      if (arity !== 2) break;
      assertExpression(scope, meta, "case");
      return yield* expandCase(scope, meta, args[0], args[1]);
    case "receive":
      if (arity !== 1) break;
      assertExpression(scope, meta, "receive");
      return yield* expandReceive(scope, meta, args[0]);
    case "try":
      if (arity !== 1) break;
      assertExpression(scope, meta, "try");
      return yield* expandTry(scope, meta, args[0]);
    case "for":
      if (arity === 0) break;
      assertExpression(scope, meta, "for");
      return yield* expandFor(scope, meta, args, true);
    case "with":
      if (arity === 0) break;
      assertExpression(scope, meta, "with");
      return yield* expandWith(scope, meta, args);
    case "super":
      return yield* expandSuper(scope, meta, args);
    case "__cursor__":
      throw fileError(
        scope,
        meta,
        "reserved special form __cursor__ cannot be expanded, it is used exclusively to annotate ASTs",
      );
  }
  return yield* expandCall(form, name, args, scope);
}

const MISPLACED_BAR = `misplaced operator |/2

The | operator is typically used between brackets to mark the tail of a list:

    [head | tail]
    [head, middle, ... | tail]

It is also used to update maps and structs, via the %{map | key: value} notation, and in typespecs, such as @type and @spec, to express the union of two types`;

const MISPLACED_TYPE = `misplaced operator ::/2

The :: operator is typically used in bitstrings to specify types and sizes of segments:

    <<size::32-integer, letter::utf8, rest::binary>>

It is also used in typespecs, such as @type and @spec, to describe inputs and outputs`;

function* expandMatch(scope: Scope, meta: Term, left: Term, right: Term): Task<Term> {
  assertNoGuard(scope, meta, "=");
  const before = scope.state;
  const value = yield* scope.expand(right);
  const pattern = yield* match(scope, meta, left, before, () => scope.expand(left));
  return new Tuple3(MATCH, meta, list([pattern, value]));
}

function* expandBlock(scope: Scope, meta: Term, forms: readonly Term[]): Task<Term> {
  if (forms.length === 0) return NIL;
  if (forms.length === 1) return yield* scope.expand(forms[0]);
  assertNoMatch(scope, meta, "a block");
  const expanded: Term[] = [];
  for (const [i, form] of forms.entries()) {
    if (i === forms.length - 1) {
      expanded.push(yield* scope.expand(form));
      break;
    }
    const unused = unusedFor(form);
    if (unused !== null) {
      assertExpression(scope, unused.b, "for");
      expanded.push(yield* expandFor(scope, unused.b, listToArray(unused.c) as Term[], false));
      continue;
    }
    const result = yield* scope.expand(form);
    yield* warnUseless(scope, form, result, meta);
    expanded.push(result);
  }
  return new Tuple3(BLOCK, meta, list(expanded));
}

/** A comprehension whose value is not used: alone in a block, or assigned to `_`. */
function unusedFor(form: Term): Tuple3 | null {
  if (!(form instanceof Tuple3)) return null;
  if (form.a === FOR && form.c instanceof Cons) return form;
  if (form.a !== MATCH) return null;
  const [left, right] = listToArray(form.c) ?? [];
  const isIgnored = left instanceof Tuple3 && left.a === UNDERSCORE && left.c instanceof Atom;
  return isIgnored && right instanceof Tuple3 && right.a === FOR && right.c instanceof Cons ? right : null;
}

/** Looks at the form before its expansion: macros may well leave something useless behind. */
function* warnUseless(scope: Scope, form: Term, expanded: Term, meta: Term): Task<void> {
  if (
    form instanceof Bitstring ||
    form instanceof Float ||
    typeof form === "number" ||
    typeof form === "bigint"
  ) {
    warn(
      scope,
      meta,
      `code block contains unused literal ${yield* source(scope, form)} (remove the literal or assign it to _ to avoid warnings)`,
    );
  } else if (form instanceof Tuple3 && form.a === AT) {
    const [attribute] = listToArray(form.c) ?? [];
    if (!(attribute instanceof Tuple3) || !(attribute.a instanceof Atom)) return;
    if (!(attribute.c instanceof Atom) && attribute.c !== EMPTY) return;
    warn(
      scope,
      form.b,
      `module attribute @${attribute.a.name} in code block has no effect as it is never returned ` +
        "(remove the attribute or assign it to _ to avoid warnings)",
    );
  } else if (form instanceof Tuple3 && form.a instanceof Atom && form.c instanceof Atom) {
    if (!(expanded instanceof Tuple3) || expanded.a !== form.a || expanded.c !== form.c) return;
    warn(
      scope,
      form.b,
      `variable ${form.a.name} in code block has no effect as it is never returned ` +
        "(remove the variable or assign it to _ to avoid warnings)",
    );
  }
}

function* expandCaptured(scope: Scope, meta: Term, arg: Term): Task<Term> {
  assertExpression(scope, meta, "&");
  let form = arg;
  if (arg instanceof Tuple3 && arg.a === SUPER && listLength(arg.c) >= 0) {
    const target = resolveSuper(scope, meta, listLength(arg.c));
    if (!target.isMacro) form = new Tuple3(target.name, arg.b, arg.c);
  } else if (arg instanceof Tuple3 && arg.a === SLASH) {
    const [named, arity] = listToArray(arg.c) ?? [];
    if (
      named instanceof Tuple3 &&
      named.a === SUPER &&
      named.c instanceof Atom &&
      typeof arity === "number"
    ) {
      const target = resolveSuper(scope, meta, arity);
      if (!target.isMacro)
        form = new Tuple3(SLASH, arg.b, list([new Tuple3(target.name, named.b, named.c), arity]));
    }
  }
  return yield* expandCapture(scope, meta, form);
}

function resolveSuper(scope: Scope, meta: Term, arity: number): SuperTarget {
  const { env } = scope;
  if (env.module === NIL) throw fileError(inFile(scope), meta, "cannot invoke super outside module");
  if (env.function === NIL) throw fileError(inFile(scope), meta, "cannot invoke super outside function");
  return openModule(env.module)!.resolveSuper(scope, meta, arity);
}

function* expandSuper(scope: Scope, meta: Term, args: readonly Term[]): Task<Term> {
  assertExpression(scope, meta, "super");
  const { kind, name } = resolveSuper(scope, meta, args.length);
  yield* trace(scope, "local_function", meta, name, args.length);
  const expanded = yield* scope.expandArgs(args);
  return new Tuple3(SUPER, list([new Tuple2(SUPER, new Tuple2(atom(kind), name))], meta), list(expanded));
}
