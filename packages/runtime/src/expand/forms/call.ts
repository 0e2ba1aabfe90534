/** Calls: local ones, and those of a module or of an expression's value, in expressions, patterns and guards. */
import type { Task } from "../../process/task.ts";
import { AMBIGUOUS_OP, DOT, metaGet, NO_PARENS, remoteCall } from "../../syntax/quoted.ts";
import { Atom, atom, NIL, TRUE } from "../../term/atom.ts";
import { Bitstring } from "../../term/bitstring.ts";
import { EMPTY, list } from "../../term/list.ts";
import { mapHas } from "../../term/map.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import { dispatchImport, dispatchRequire } from "../dispatch.ts";
import { fileError, functionError, moduleError, source } from "../errors.ts";
import { ERLANG, foldSign, guardCall, rewrite, staticAppend } from "../rewrite.ts";
import type { Scope, State } from "../scope.ts";
import { trace } from "../trace.ts";

const RUNTIME_MODULE = atom("runtime_module");
const APPEND = atom("++");
const ELIXIR = atom("elixir");

/** Literals expand to themselves. */
export function isLiteral(form: Term): boolean {
  return form instanceof Atom || typeof form === "number" || (form instanceof Bitstring && form.isBinary);
}

export function* expandCall(form: Tuple3, name: Atom, args: readonly Term[], scope: Scope): Task<Term> {
  const meta = form.b;
  if (args.length === 1) {
    const context = metaGet(meta, AMBIGUOUS_OP);
    if (context !== undefined && mapHas(scope.state.read, new Tuple2(name, context))) {
      const arg = yield* source(scope, args[0]);
      throw fileError(
        scope,
        meta,
        `"${name.name} ${arg}" looks like a function call but there is a variable named "${name.name}". ` +
          `If you want to perform a function call, use parentheses:\n\n    ${name.name}(${arg})\n\n` +
          `If you want to perform an operation on the variable ${name.name}, use spaces around the unary operator`,
      );
    }
  }
  return yield* dispatchImport(
    scope,
    meta,
    name,
    args,
    (module, target) => {
      const before = scope.state;
      if (scope.env.context === NIL) scope.state = before.prepareWrite();
      return expandRemote(scope, module, meta, target, meta, args, before);
    },
    () => expandLocal(scope, form, name, args),
  );
}

function* expandLocal(scope: Scope, form: Tuple3, name: Atom, args: readonly Term[]): Task<Term> {
  const { env } = scope;
  if (!env.inFunction) {
    throw fileError(
      scope,
      form.b,
      `undefined function ${name.name}/${args.length} (there is no such import)`,
    );
  }
  if (env.context !== NIL) {
    const where = env.inMatch ? "match" : guardName(scope);
    moduleError(
      scope,
      form.b,
      `cannot find or invoke local ${name.name}/${args.length} inside a ${where}. Only macros can be invoked inside a ` +
        `${where} and they must be defined before their invocation. Called as: ${yield* source(scope, form)}`,
    );
  }
  yield* trace(scope, "local_function", form.b, name, args.length);
  const expanded = list(yield* scope.expandArgs(args));
  // What is evaluated has no functions of its own, whatever the environment is that it was given.
  if (scope.constants !== null) return remoteCall(ELIXIR, "eval_local_handler", form.b, [name, expanded]);
  return new Tuple3(name, form.b, expanded);
}

function guardName(scope: Scope): string {
  return scope.state.inBitsize ? "bitstring size specifier" : "guard";
}

export function* expandRemoteCall(
  form: Tuple3,
  dotMeta: Term,
  left: Term,
  name: Atom,
  args: readonly Term[],
  scope: Scope,
): Task<Term> {
  const before = scope.state;
  if (scope.env.context === NIL) scope.state = before.prepareWrite();
  const receiver = yield* scope.expand(left);
  const after = scope.state;
  // A macro sees the variables as they were before the call.
  scope.state = before.with({ unused: after.unused, version: after.version });
  return yield* dispatchRequire(scope, form.b, receiver, name, args, (module, target) => {
    scope.state = after;
    return expandRemote(scope, module, dotMeta, target, form.b, args, before);
  });
}

/** A call of a function of a module or of an expression's value. `before` are the variables before the receiver. */
function* expandRemote(
  scope: Scope,
  receiver: Term,
  dotMeta: Term,
  name: Atom,
  meta: Term,
  args: readonly Term[],
  before: State,
): Task<Term> {
  const { env } = scope;
  if (!(receiver instanceof Atom) && !(receiver instanceof Tuple3) && !(receiver instanceof Tuple2)) {
    const call = new Tuple3(new Tuple3(DOT, dotMeta, list([receiver, name])), meta, list(args));
    throw fileError(scope, meta, `invalid call ${yield* source(scope, call)}`);
  }
  if (env.context === NIL) {
    const expanded: Term[] = [];
    for (const arg of args) expanded.push(isLiteral(arg) ? arg : yield* scope.expandArg(arg, before));
    const isRuntime = receiver instanceof Atom && scope.state.runtimeModules.includes(receiver);
    const attached = isRuntime ? list([new Tuple2(RUNTIME_MODULE, TRUE)], meta) : meta;
    scope.state = scope.state.closeWrite(before);
    return rewrite(receiver, dotMeta, name, attached, expanded);
  }
  if (env.inGuard && !(receiver instanceof Atom)) {
    if (metaGet(meta, NO_PARENS) !== TRUE) {
      const map = yield* source(scope, receiver);
      functionError(
        scope,
        meta,
        `cannot invoke remote function inside a ${guardName(scope)}. If you want to do a map lookup instead, ` +
          `please remove parens from ${map}.${name.name}()`,
      );
    }
    return new Tuple3(new Tuple3(DOT, dotMeta, list([receiver, name])), meta, EMPTY);
  }
  const folded = args.length === 1 ? foldSign(receiver, name, args[0]) : null;
  if (folded !== null) return folded;
  const expanded = yield* scope.expandEach(args);
  if (env.inMatch) return yield* matchCall(scope, receiver, name, meta, expanded);
  const call = guardCall(receiver, dotMeta, name, meta, expanded);
  if (call !== null) return call;
  const shown = `${yield* source(scope, receiver)}.${name.name}/${args.length}`;
  throw fileError(scope, meta, `cannot invoke remote function ${shown} inside a ${guardName(scope)}`);
}

function* matchCall(scope: Scope, receiver: Term, name: Atom, meta: Term, args: readonly Term[]): Task<Term> {
  if (receiver === ERLANG && name === APPEND && args.length === 2) {
    const appended = staticAppend(args[0], args[1], meta);
    if (appended !== null) return appended;
    throw fileError(
      scope,
      meta,
      "invalid argument for ++ operator inside a match, expected a literal proper list, got: " +
        (yield* source(scope, args[0])),
    );
  }
  const shown = `${yield* source(scope, receiver)}.${name.name}/${args.length}`;
  throw fileError(scope, meta, `cannot invoke remote function ${shown} inside a match`);
}
