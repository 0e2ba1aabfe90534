/**
 * Variables: defining them in patterns, reading them elsewhere, pinning them. Each gets the version that sets it apart
 * from others of its name.
 */
import { call, type Task } from "../../process/task.ts";
import { metaGet, PIN } from "../../syntax/quoted.ts";
import { Atom, atom, NIL } from "../../term/atom.ts";
import { EMPTY, list } from "../../term/list.ts";
import { mapGet, mapHas, mapPut } from "../../term/map.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import { metaNew } from "../env.ts";
import { functionError, source, variableInfo, warn, withSpan } from "../errors.ts";
import {
  markUnused,
  markUsed,
  type Prematch,
  type Scope,
  shouldWarn,
  VERSION,
  variablePair,
} from "../scope.ts";

const IF_UNDEFINED = atom("if_undefined");
const APPLY = atom("apply");
const WARN = atom("warn");
const CODE = atom("Elixir.Code");
const RAISE = atom("raise");

function versioned(variable: Tuple3, version: number): Term {
  return new Tuple3(variable.a, list([new Tuple2(VERSION, version)], variable.b), variable.c);
}

/** A variable in a pattern. */
export function defineVariable(scope: Scope, variable: Tuple3): Term {
  const { state } = scope;
  const { from } = state.prematch as Prematch;
  const pair = variablePair(variable);
  const known = mapGet(state.read, pair) as number | undefined;
  if (known !== undefined && known >= from) {
    const { name } = variable.a as Atom;
    if (name.startsWith("_") && shouldWarn(variable.b)) {
      warn(
        scope,
        variable.b,
        `the underscored variable ${variableInfo(name, variable.c)} appears more than once in a match. This means the ` +
          `pattern will only match if all "${name}" bind to the same value. If this is the intended behaviour, please ` +
          "remove the leading underscore from the variable name, otherwise give the variables different names",
      );
    }
    scope.state = state.with({
      unused: markUsed(state, pair, variable.b, known),
      write: state.write === null ? null : mapPut(state.write, pair, known),
    });
    return versioned(variable, known);
  }
  const { version } = state;
  scope.state = state.with({
    unused: markUnused(state, pair, variable.b, version, known !== undefined),
    version: version + 1,
    read: mapPut(state.read, pair, version),
    write: state.write === null ? null : mapPut(state.write, pair, version),
  });
  return versioned(variable, version);
}

/** Inside `size(...)` of a pattern, a variable from outside must not be one that the pattern hides. */
function visibleVersion(scope: Scope, pair: Tuple2): number | undefined {
  const { read, prematch } = scope.state;
  const version = mapGet(read, pair) as number | undefined;
  if (version === undefined || prematch === null || prematch === "pin" || prematch.bitsize === null)
    return version;
  const before = mapGet(prematch.read, pair);
  if (before !== undefined || !mapHas(prematch.bitsize, pair)) return version;
  return undefined;
}

/** A name outside patterns: a variable, or, if the parser or a macro says so, a call without parentheses. */
export function* readVariable(scope: Scope, variable: Tuple3): Task<Term> {
  const { state } = scope;
  const { name } = variable.a as Atom;
  const meta = variable.b;
  const pair = variablePair(variable);
  const version = visibleVersion(scope, pair);
  if (version !== undefined) {
    if (variable.c === NIL && pair.b === NIL && name.startsWith("_") && shouldWarn(meta)) {
      warn(
        scope,
        meta,
        `the underscored variable "${name}" is used after being set. A leading underscore indicates that the value of ` +
          "the variable should be ignored. If this is intended please rename the variable to remove the underscore",
      );
    }
    scope.state = state.with({ unused: markUsed(state, pair, meta, version) });
    return versioned(variable, version);
  }
  const otherwise = metaGet(meta, IF_UNDEFINED);
  if (otherwise === APPLY) return yield* scope.expand(new Tuple3(variable.a, meta, EMPTY));
  if (otherwise === WARN || (otherwise === undefined && (yield* undefinedIsCall(scope)))) {
    const message = `variable "${name}" does not exist and is being expanded to "${name}()"`;
    warn(
      scope,
      meta,
      `${message}, please use parentheses to remove the ambiguity or change the variable name`,
    );
    return yield* scope.expand(new Tuple3(variable.a, metaNew(meta, new Tuple2(IF_UNDEFINED, WARN)), EMPTY));
  }
  const shown = variableInfo(name, variable.c);
  if (otherwise !== RAISE && state.prematch === "pin") {
    functionError(
      scope,
      meta,
      `undefined variable ^${name}. No variable ${shown} has been defined before the current pattern`,
    );
    return variable;
  }
  const spanned = otherwise === RAISE ? meta : withSpan(meta, name);
  functionError(scope, spanned, `undefined variable ${shown}`);
  return new Tuple3(variable.a, spanned, variable.c);
}

/** What the compiler option `on_undefined_variable` says. */
function* undefinedIsCall({ host }: Scope): Task<boolean> {
  if (host.bootstrap || !(yield* host.ensureLoaded(CODE))) return false;
  const code = host.code(CODE, atom("get_compiler_option"), 1);
  return code !== null && (yield* call<Term>(code, atom("on_undefined_variable"))) === WARN;
}

export function* expandPin(scope: Scope, meta: Term, arg: Term): Task<Term> {
  const { state, env } = scope;
  const { prematch } = state;
  if (prematch === null || prematch === "pin") {
    const shown = yield* source(scope, arg);
    functionError(
      scope,
      meta,
      `misplaced operator ^${shown}\n\nThe pin operator ^ is supported only inside matches or inside custom macros. ` +
        "Make sure you are inside a match or all necessary macros have been required",
    );
    return new Tuple3(PIN, meta, list([arg]));
  }
  scope.state = state.with({ prematch: "pin", read: prematch.read });
  scope.env = env.inContext(NIL);
  const expanded = yield* scope.expand(arg);
  const { unused } = scope.state;
  scope.env = env;
  if (expanded instanceof Tuple3 && expanded.a instanceof Atom && expanded.c instanceof Atom) {
    scope.state = state.with({ unused });
    return new Tuple3(PIN, meta, list([expanded]));
  }
  scope.state = state;
  functionError(
    scope,
    meta,
    `invalid argument for unary operator ^, expected an existing variable, got: ^${yield* source(scope, arg)}`,
  );
  return new Tuple3(PIN, meta, list([arg]));
}
