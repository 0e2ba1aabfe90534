/**
 * Calls of Erlang's that the compiler knows to do nothing but give a value: those whose value nobody sees, as Erlang's compiler
 * tells them. On the way it tells what must fail (`will-fail.ts`).
 */
import {
  AFTER,
  ARROW,
  BAR,
  BITS,
  BLOCK,
  CAPTURE,
  CATCH,
  DO,
  DOT,
  ELSE,
  FN,
  isCall,
  isVariable,
  keywordGet,
  LEFT_ARROW,
  MAP,
  MATCH,
  metaGet,
  RESCUE,
  STRUCT,
  TUPLE,
  TYPE,
} from "../../syntax/quoted.ts";
import { Atom, atom, FALSE, NIL, TRUE } from "../../term/atom.ts";
import { Cons, list, listToArray } from "../../term/list.ts";
import type { Term } from "../../term/term.ts";
import { Tuple2, Tuple3 } from "../../term/tuple.ts";
import type { Definition, Host } from "../host.ts";
import { returnsBoolean } from "../rewrite.ts";
import { VERSION } from "../scope.ts";
import { Constants, clausesOf, readClause } from "./constants.ts";
import { walk } from "./locals.ts";
import { COMPARISONS, keyOf, OPERATORS, PURE, SAFE } from "./pure-calls.ts";
import {
  type Finding,
  isMadeData,
  ofBooleans,
  reachableBranches,
  reachableClauses,
  shadowed,
} from "./unreachable.ts";
import {
  failingBinary,
  failingCall,
  failingUpdate,
  folding,
  isMismatched,
  isNoFun,
  NO_FUN,
  NO_MAP,
  NO_MODULE,
} from "./will-fail.ts";

const GENERATED = atom("generated");
const CASE = atom("case");
const COND = atom("cond");
const RECEIVE = atom("receive");
const TRY = atom("try");
const WITH = atom("with");
const PIN = atom("^");
const UNDERSCORE = atom("_");
const NONE: Term = list([]);

const SUPPRESS = "is ignored (suppress the warning by assigning the expression to the _ variable)";

/** A form to look at, whether nobody sees its value, and which of the findings in it are told; all, unless given. */
type Seen = readonly [form: Term, ignored: boolean, told?: Told | undefined];
type Told = (finding: Finding) => boolean;

/** Of what a variable is bound to, of Elixir's own too: what is behind `else` of a `with`, or the last in `after`. */
const ofBound: Told = ({ message }) => [NO_MAP, NO_FUN, NO_MODULE].includes(message);
/** Of a clause that its guard refuses. */
const ofRefused: Told = ({ message }) => message !== NO_MODULE;

/** What one clause of a definition is looked at with. */
interface Look {
  readonly constants: Constants;
  readonly host: Host;
  readonly body: Term;
  readonly found: Finding[];
  /** Whether something in it has no value for certain, so that what is made before is asked whether anybody sees it. */
  fails: boolean;
}

export function ignoredResults(host: Host, definition: Definition): Finding[] {
  return reachableClauses(definition).flatMap(({ body }) => {
    const constants = new Constants(folding(host));
    const look: Look = { constants, host, body, found: [], fails: false };
    lookAt(look, body);
    if (!look.fails) return look.found;
    const again: Look = { ...look, found: [] };
    lookAt(again, body);
    return again.found;
  });
}

function lookAt(look: Look, body: Term): void {
  const stack: Seen[] = [[body, false]];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [form, ignored, told] = next;
    const before = look.found.length;
    const parts = seenIn(look, form, ignored).reverse();
    if (told) look.found.push(...look.found.splice(before).filter(told));
    for (const [part, unseen, own] of parts)
      stack.push([part, unseen, told === ofBound ? told : (own ?? told)]);
  }
}

function seenIn(look: Look, form: Term, ignored: boolean): Seen[] {
  if (form instanceof Tuple3) return partsOf(look, form, ignored);
  if (form instanceof Cons) return listSeen(look, form, ignored);
  return form instanceof Tuple2 ? inOrder(look, [form.a, form.b], ignored) : [];
}

function listSeen(look: Look, form: Cons, ignored: boolean): Seen[] {
  return isCall(form.head, ARROW)
    ? seenAs(reachableBranches(listToArray(form) as Term[]), ignored)
    : inOrder(look, [form.head, form.tail], ignored);
}

/** Parts of a whole that are made one after the other: what is made before one that has no value is seen by nobody. */
function inOrder(look: Look, forms: readonly Term[], ignored: boolean): Seen[] {
  const failing = look.fails ? forms.findIndex((form) => neverGives(look, form, 0)) : -1;
  return forms.flatMap((form, i) =>
    seenAs(i < failing ? [form].filter(isCalled) : [form], ignored || i < failing),
  );
}

/** Funs that name a function are made beforehand. */
function isCalled(form: Term): boolean {
  return !(form instanceof Tuple3 && form.a === CAPTURE);
}

/** Forms nested deeper are not looked at. */
const DEPTH = 50;

/** Whether a form has no value, as Erlang's compiler sees at once: it fails, or matches what does not fit. */
function neverGives(look: Look, form: Term, depth: number): boolean {
  const inside = (parts: readonly Term[]) =>
    depth < DEPTH && parts.some((part) => neverGives(look, part, depth + 1));
  if (form instanceof Tuple2) return inside([form.a, form.b]);
  if (form instanceof Cons) return inside(listToArray(form) ?? [form.head, form.tail]);
  const parts = form instanceof Tuple3 ? listToArray(form.c) : null;
  if (!(form instanceof Tuple3) || parts === null) return false;
  if (form.a instanceof Tuple3) return callsNoFun(look, form.a) || exits(form.a, parts) || inside(parts);
  if (form.a === BITS) return isMismatched(look.constants, parts) || inside(parts);
  if (form.a === MATCH) return cannotMatch(look, parts) || inside([parts[1]]);
  if (form.a === CASE) {
    const clauses = listToArray(keywordGet(parts[1], DO) ?? NONE) ?? [];
    const [, body] = listToArray((clauses[0] as Tuple3).c) as Term[];
    return inside([parts[0]]) || (clauses.length === 1 && inside([body]));
  }
  return [BLOCK, TUPLE, MAP, BAR, TYPE].includes(form.a as Atom) && inside(parts);
}

/** Whether a call does nothing but fail. */
function exits(target: Tuple3, args: readonly Term[]): boolean {
  const [module, name] = (target.a === DOT && listToArray(target.c)) || [];
  if (!(module instanceof Atom && name instanceof Atom)) return false;
  return ["exit/1", "throw/1", "error/1", "error/2"].includes(keyOf(module, name, args.length));
}

/** The expressions of a block up to a match of what does not fit: what follows is not compiled. */
function triedIn(look: Look, forms: readonly Term[]): readonly Term[] {
  const last = look.fails ? forms.findIndex((form) => failsToMatch(look, form)) : -1;
  return last < 0 ? forms : forms.slice(0, last + 1);
}

function failsToMatch(look: Look, form: Term): boolean {
  return isCall(form, MATCH, 2) && cannotMatch(look, listToArray((form as Tuple3).c) as Term[]);
}

function callsNoFun({ constants }: Look, target: Tuple3): boolean {
  const parts = target.a === DOT ? (listToArray(target.c) ?? []) : [];
  return parts.length === 1 && isNoFun(constants, parts[0]);
}

function cannotMatch({ constants }: Look, [pattern, value]: readonly Term[]): boolean {
  return constants.takes(pattern, TRUE, value) === "nothing";
}

function partsOf(look: Look, form: Tuple3, ignored: boolean): Seen[] {
  const { constants, found } = look;
  const { a: name, c } = form;
  const args = listToArray(c);
  if (args === null) return [];
  if (name instanceof Tuple3) return callParts(look, form, name, args, ignored);
  if (name === BLOCK) return triedIn(look, args).map((arg, i) => [arg, ignored || i < args.length - 1]);
  if (name === MAP) found.push(...failingUpdate(constants, args));
  if (name === STRUCT) return [[args[1], ignored]];
  if (name === TUPLE || name === MAP || name === BAR) return inOrder(look, args, ignored);
  if (name === BITS) {
    const isUnmade = isMismatched(constants, args);
    look.fails ||= isUnmade;
    found.push(...failingBinary(constants, form.b, args));
    return inOrder(look, args, isUnmade);
  }
  if (name === ARROW) return [[args[1], ignored]];
  if (name === LEFT_ARROW) return [[args[1], false]];
  if (name === MATCH) return matchParts(look, form, ignored);
  // A fun that nobody sees is not made.
  if (name === FN) return ignored ? [] : seenAs(reachableBranches(args), false);
  if (name === CAPTURE) {
    if (ignored && isExternal(args[0]))
      found.push({ meta: form.b, message: `the result of fun construction ${SUPPRESS}` });
    return [];
  }
  if (name === TRY) return tryParts(args[0]);
  if (name === CASE) return caseParts(look, args, ignored);
  if (name === COND) return condParts(constants, args[0], ignored);
  if (name === WITH) learn(constants, args);
  const takesOn = name instanceof Atom && ["receive", "with", "for"].includes(name.name);
  const last = args.at(-1);
  if (name === TYPE) return [...seenAs([args[0]], ignored), ...seenAs([args[1]], false)];
  if (!takesOn || last === undefined) return inOrder(look, args, false);
  const blocks = listToArray(last) ?? [];
  const plain = blocks.every(
    (block) => block instanceof Tuple2 && [DO, ELSE, AFTER].includes(block.a as Atom),
  );
  const seen = ignored && plain;
  const bodies = blocks.flatMap((block): Seen[] => {
    if (!(block instanceof Tuple2)) return [[block, seen]];
    if (name === WITH && block.a === ELSE) return [[block.b, seen, ofBound]];
    return name === RECEIVE && block.a === AFTER ? timeoutParts(block.b, seen) : [[block.b, seen]];
  });
  const steps = args.slice(0, -1).filter((step) => isMade(step) && !negatesNoBoolean(constants, step));
  const told = (step: Term) => (name === WITH && bindsAll(step) ? ofBound : undefined);
  return [...steps.map((step): Seen => [step, false, told(step)]), ...bodies];
}

/** Matches of one value are one match, of all their patterns. */
function matchParts(look: Look, form: Tuple3, ignored: boolean): Seen[] {
  let [pattern, value] = listToArray(form.c) as Term[];
  let bound = takesAll(pattern);
  let unseen = ignored && isCall(value, MATCH, 2);
  for (;;) {
    look.constants.bind(pattern, value);
    look.fails ||= cannotMatch(look, [pattern, value]);
    unseen &&= isVariable(pattern) && mentions(look.body, metaGet(pattern.b, VERSION)) < 2;
    if (isUnmade(pattern, value)) return [];
    if (!isCall(value, MATCH, 2)) return [[value, unseen, bound ? ofBound : undefined]];
    [pattern, value] = listToArray(value.c) as Term[];
    bound = false;
  }
}

/** A pattern to which a value is bound without being looked at: of what must fail in it, Erlang's compiler tells nothing. */
function takesAll(pattern: Term): boolean {
  return isVariable(pattern) || isCall(pattern, PIN);
}

function bindsAll(step: Term): boolean {
  return isCall(step, LEFT_ARROW) && takesAll((listToArray((step as Tuple3).c) as Term[])[0]);
}

function seenAs(forms: readonly Term[], ignored: boolean): Seen[] {
  const seen: Seen[] = [];
  for (const form of forms) if (isMade(form)) seen.push([form, ignored]);
  return seen;
}

/** Not a literal or a variable, of which there is nothing to tell. */
function isMade(form: Term): boolean {
  return form instanceof Tuple3 ? !(form.c instanceof Atom) : form instanceof Cons || form instanceof Tuple2;
}

function tryParts(blocks: Term): Seen[] {
  // What makes nothing cannot fail.
  const fails = isMade(keywordGet(blocks, DO) ?? NONE);
  return (listToArray(blocks) ?? []).flatMap((block): Seen[] => {
    if (!(block instanceof Tuple2)) return [[block, false]];
    // Which of these is never tried, the compiler does not ask.
    if (block.a === RESCUE || block.a === CATCH)
      return fails ? seenAs(listToArray(block.b) as Term[], false) : [];
    if (block.a !== AFTER) return [[block, false]];
    const body =
      block.b instanceof Tuple3 && block.b.a === BLOCK ? (listToArray(block.b.c) ?? []) : [block.b];
    return [...body.slice(0, -1).map((one): Seen => [one, true]), lastOfAfter(body.at(-1) as Term)];
  });
}

/** What `after` ends with is bound to nothing that is used. */
function lastOfAfter(form: Term): Seen {
  const parts = form instanceof Tuple3 ? (listToArray(form.c) ?? []) : [];
  const named = isCall(form, MATCH, 2) && isVariable(parts[0]);
  return named ? [parts[1], true] : [form, false, ofBound];
}

/** Clauses that a known value does not take are not there; those whose guard fails are looked at, and then dropped. */
function caseParts(look: Look, [subject, blocks]: readonly Term[], ignored: boolean): Seen[] {
  const { constants } = look;
  if (look.fails && failsToMatch(look, subject)) return [[subject, false]];
  let whole: Seen[] | null = null;
  const bodies: Seen[] = [];
  const tried: Term[] = [];
  let covering = -1;
  const clauses = clausesOf(blocks);
  const booleans = ofBooleans(subject, clauses);
  if (booleans !== clauses && negatesNoBoolean(constants, subject)) return [];
  for (const clause of booleans) {
    const { pattern, guard, body } = readClause(clause);
    if (covering < 0) constants.bind(pattern, subject);
    const takes = constants.takes(pattern, guard, subject);
    if (takes === "nothing") continue;
    if (takes !== "refused") tried.push(clause);
    if (covering >= 0) continue;
    bodies.push([body, ignored, takes === "refused" ? ofRefused : undefined]);
    if (takes === "refused") continue;
    whole ??= subjectParts(subject, guard === TRUE ? pattern : NONE, body);
    if (takes === "it" || (guard === TRUE && constants.fits(pattern, subject))) covering = tried.length - 1;
  }
  // Of what is known as a whole some clause is expected never to match.
  if (constants.value(subject) === undefined && (isMadeData(subject) || constants.isMade(subject)))
    look.found.push(...shadowed(tried, covering));
  return [...(whole ?? [[subject, false]]), ...bodies];
}

/** `not` of a literal or a variable that is no boolean: where something is decided by it, that is only known to fail. */
function negatesNoBoolean(constants: Constants, form: Term): boolean {
  const isCalled = form instanceof Tuple3 && form.a instanceof Tuple3 && form.a.a === DOT;
  const [module, name] = (isCalled && listToArray((form.a as Tuple3).c)) || [];
  const [negated] = (isCalled && listToArray(form.c)) || [];
  if (!(module instanceof Atom && name instanceof Atom) || keyOf(module, name, 1) !== "not/1") return false;
  const known = negated === undefined || isMade(negated) ? undefined : constants.value(negated);
  return known !== undefined && known !== TRUE && known !== FALSE;
}

/** What nobody sees of a value: that which a pattern of all values gives to no name that is used. */
function subjectParts(subject: Term, pattern: Term, body: Term): Seen[] {
  if (isVariable(pattern))
    return [[subject, isMade(subject) && mentions(body, metaGet(pattern.b, VERSION)) === 0]];
  const [taken, given] = [elementsOf(pattern), elementsOf(subject)];
  const fits = taken !== null && taken.length === given?.length && taken.every(isVariable);
  return fits ? given.flatMap((one, i) => subjectParts(one, taken[i], body)) : [[subject, false]];
}

function elementsOf(form: Term): readonly Term[] | null {
  if (form instanceof Tuple2) return [form.a, form.b];
  return form instanceof Tuple3 && form.a === TUPLE ? listToArray(form.c) : null;
}

function mentions(body: Term, version: Term | undefined): number {
  let found = 0;
  walk(version === undefined ? NONE : body, (node) => {
    if (isVariable(node) && metaGet(node.b, VERSION) === version) found++;
    return null;
  });
  return found;
}

/** Behind a condition that is known to hold nothing is tried; that one does not is seen where it is a boolean for certain. */
function condParts(constants: Constants, blocks: Term, ignored: boolean): Seen[] {
  const seen: Seen[] = [];
  for (const clause of clausesOf(blocks)) {
    const [left, body] = listToArray((clause as Tuple3).c) as Term[];
    const [condition] = listToArray(left) as Term[];
    const known = constants.value(condition);
    if (negatesNoBoolean(constants, condition)) break;
    seen.push([condition, false]);
    if (!(known === FALSE && returnsBoolean(condition))) seen.push([body, ignored]);
    if (known !== undefined && known !== FALSE && known !== NIL) break;
  }
  return seen;
}

/** How long a `receive` waits, and what it does then. */
function timeoutParts(clauses: Term, ignored: boolean): Seen[] {
  return (listToArray(clauses) ?? []).flatMap((clause): Seen[] => {
    const [timeout, body] = listToArray((clause as Tuple3).c) as Term[];
    return [
      [timeout, false],
      [body, ignored],
    ];
  });
}

function learn(constants: Constants, clauses: readonly Term[]): void {
  for (const clause of clauses) {
    if (clause instanceof Tuple3 && clause.a === LEFT_ARROW)
      constants.bind(...(listToArray(clause.c) as [Term, Term]));
  }
}

/** A fun that is bound to nothing. */
function isUnmade(left: Term, right: Term): boolean {
  return left instanceof Tuple3 && left.a === UNDERSCORE && right instanceof Tuple3 && right.a === FN;
}

function isExternal(form: Term): boolean {
  const [called] = (form instanceof Tuple3 && listToArray(form.c)) || [];
  return called instanceof Tuple3 && called.a instanceof Tuple3;
}

function callParts(
  look: Look,
  form: Tuple3,
  target: Tuple3,
  args: readonly Term[],
  ignored: boolean,
): Seen[] {
  const { constants, found } = look;
  const parts = target.a === DOT ? (listToArray(target.c) ?? []) : [target];
  const [module, name] = parts;
  // What is called where it is made is a part of the function around it.
  if (parts.length === 1 && module instanceof Tuple3 && module.a === FN) {
    const [clause, ...others] = listToArray(module.c) as Tuple3[];
    const [left] = listToArray(clause.c) as Term[];
    for (const [i, pattern] of (listToArray(left) ?? []).entries())
      if (others.length === 0 && i < args.length) constants.bind(pattern, args[i]);
    return [...seenAs(args, false), ...seenAs([clause, ...others], ignored)];
  }
  const key = name instanceof Atom && module instanceof Atom ? keyOf(module, name, args.length) : "";
  const comparison = COMPARISONS.get(key);
  const safe = comparison !== undefined || SAFE.has(key);
  if (metaGet(form.b, GENERATED) !== TRUE) {
    const operator = OPERATORS.has(key);
    const shown = operator ? key.replace(/^(.*)(?=\/\d$)/, "'$1'") : key;
    if (!safe) found.push(...failingCall(look.host, constants, form, parts, args, ignored));
    if (ignored && (safe || operator || PURE.has(key)))
      found.push({ meta: form.b, message: unseen(key, shown, operator, safe, comparison) });
  }
  const isNone = callsNoFun(look, target);
  look.fails ||= isNone || exits(target, args);
  if (isNone) return args.map((arg) => [arg, true]);
  if (ignored && !safe && (key === "andalso/2" || key === "orelse/2"))
    return [
      [args[0], false],
      [args[1], true],
    ];
  return safe && ignored ? inOrder(look, args, true) : inOrder(look, [...parts, ...args], false);
}

function unseen(key: string, shown: string, operator: boolean, safe: boolean, comparison?: string): string {
  if (comparison !== undefined) return `use of operator ${comparison} has no effect`;
  if (safe)
    return `the call to ${key === "ports/0" || key === "get_cookie/0" ? `:erlang.${key}` : key} has no effect`;
  return `the result of ${operator ? "evaluating operator" : "calling"} ${shown} ${SUPPRESS}`;
}
