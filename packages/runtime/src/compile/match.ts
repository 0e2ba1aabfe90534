/**
 * Pattern matching: a matrix of rows (clauses) over columns (parts of the matched values), compiled to tests.
 *
 * The first row decides which column is tested next. Consecutive rows that test the same column for a
 * constructor form a run, in which rows of one constructor are grouped behind one test: constructors exclude each other, so
 * the order of rows is kept without repeating tests or copying bodies. What fails in a run goes on with
 * the rows behind it. Pins and bitstrings exclude nothing and form runs of one row.
 */
import { Atom } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { EMPTY } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { matchSegments } from "./bits-match.ts";
import { CALLER, type FunctionCompiler, type Key } from "./function.ts";
import { compileGuard } from "./guard.ts";
import { strictTest } from "./intrinsics.ts";
import { type Block, block, type Expr, js, type Label, Lit, type Operand, Var } from "./ir.ts";
import { restHere, restOf } from "./match-context.ts";
import { ANY, Head, type Pattern, readPattern } from "./pattern.ts";

/** From how many literals a JavaScript `switch` is used. */
const SWITCH = 4;

/** A part of a matched value, loaded when first needed. */
export interface Part {
  v: Operand | null;
  readonly load: Expr | null;
}

export interface Row {
  patterns: Pattern[];
  bindings: { key: Key; part: Part }[];
  readonly head: Head;
  readonly guards: readonly Term[];
  readonly body: () => void;
  /** A clause of a definition: it sees no variables but its own, whose versions other clauses use as well. */
  isolated?: boolean;
}

export function part(v: Operand): Part {
  return { v, load: null };
}

export function load(f: FunctionCompiler, p: Part, base = "p"): Operand {
  if (p.v === null) {
    p.v = f.let(base, p.load as Expr);
    f.trail.push(p);
  }
  return p.v;
}

export function row(
  f: FunctionCompiler,
  patterns: readonly Term[],
  guards: readonly Term[],
  body: () => void,
): Row {
  const head = new Head();
  return { patterns: patterns.map((ast) => readPattern(f, ast, head)), bindings: [], head, guards, body };
}

/** Matches a value; the block goes on behind a match, and `fail` gets the rest. */
export function matchOne(
  f: FunctionCompiler,
  pattern: Term,
  guards: readonly Term[],
  v: Operand,
  fail: Label,
): void {
  let reached: Block = f.current;
  matchRows(f, [part(v)], [row(f, [pattern], guards, () => (reached = f.current))], fail);
  f.current = reached;
}

/** `pattern = v`. */
export function matchOrRaise(f: FunctionCompiler, pattern: Term, v: Operand): void {
  const fail = f.label("bad");
  let reached: Block = f.current;
  const rows = [row(f, [pattern], [], () => (reached = f.current))];
  if (rows[0].patterns[0].t === "var" || rows[0].patterns[0].t === "any") {
    matchRows(f, [part(v)], rows, fail);
    return;
  }
  f.join(fail, [], () => matchRows(f, [part(v)], rows, fail));
  f.raise(js`$.tagged("badmatch", ${restHere(f, v)})`);
  f.current = reached;
}

export function matchRows(
  f: FunctionCompiler,
  columns: readonly Part[],
  rows: readonly Row[],
  fail: Label,
): void {
  while (rows.length > 0) {
    const current = rows;
    for (const r of current) simplify(r, columns);
    ({ columns } = widen(columns, current));
    const column = chooseColumn(current);
    if (column < 0) {
      const [first] = current;
      if (first.head.equal.length === 0 && first.guards.length === 0) {
        bind(f, first);
        first.body();
        return;
      }
      const next = current.length === 1 ? fail : f.label("next");
      const compile = () => {
        bind(f, first);
        for (const { first: a, second: b } of first.head.equal) {
          f.unless(strictTest(f.lookup(a, "a pattern"), f.lookup(b, "a pattern")), next);
        }
        for (const guard of first.guards) compileGuard(f, guard, next);
        first.body();
      };
      if (current.length === 1) {
        compile();
        return;
      }
      f.join(next, [], compile);
      rows = current.slice(1);
      continue;
    }
    const length = runLength(current, column);
    const run = current.slice(0, length);
    const value = load(f, columns[column]);
    const here = columns;
    if (length === current.length) {
      matchRun(f, here, run, column, value, fail);
      return;
    }
    const next = f.label("next");
    f.join(next, [], () => matchRun(f, here, run, column, value, next));
    rows = current.slice(length);
  }
  f.jump(fail);
}

function bind(f: FunctionCompiler, r: Row): void {
  if (r.isolated) {
    for (const key of [...f.env.keys()]) if (key !== CALLER && !r.head.seen.has(key)) f.env.delete(key);
  }
  for (const { key, part } of r.bindings)
    f.env.set(key, load(f, part, typeof key === "number" ? "x" : "again"));
}

/** Moves variables out of the patterns. */
function simplify(r: Row, columns: readonly Part[]): void {
  for (let i = 0; i < columns.length; i++) {
    let pattern = r.patterns[i];
    for (;;) {
      if (pattern.t === "var") {
        r.bindings.push({ key: pattern.key, part: columns[i] });
        pattern = ANY;
      } else if (pattern.t === "both" && isVariable(pattern.left)) {
        if (pattern.left.t === "var") r.bindings.push({ key: pattern.left.key, part: columns[i] });
        pattern = pattern.right;
      } else if (pattern.t === "both" && isVariable(pattern.right)) {
        if (pattern.right.t === "var") r.bindings.push({ key: pattern.right.key, part: columns[i] });
        pattern = pattern.left;
      } else break;
    }
    r.patterns[i] = pattern;
  }
}

function isVariable(pattern: Pattern): boolean {
  return pattern.t === "var" || pattern.t === "any";
}

/** Two patterns for one part become two columns. */
function widen(columns: readonly Part[], rows: readonly Row[]): { columns: readonly Part[] } {
  const wide = [...columns];
  for (let i = 0; i < wide.length; i++) {
    if (!rows.some((r) => r.patterns[i].t === "both")) continue;
    wide.push(wide[i]);
    for (const r of rows) {
      const pattern = r.patterns[i];
      if (pattern.t === "both") {
        r.patterns[i] = pattern.left;
        r.patterns.push(pattern.right);
      } else r.patterns.push(ANY);
    }
    for (const r of rows) simplify(r, wide);
    i--;
  }
  return { columns: wide };
}

/** The column that the first row tests and that most rows after it test as well; -1 if it tests none. */
function chooseColumn(rows: readonly Row[]): number {
  let best = -1;
  let longest = 0;
  for (let i = 0; i < rows[0].patterns.length; i++) {
    if (rows[0].patterns[i].t === "any") continue;
    const length = runLength(rows, i);
    if (length > longest) {
      longest = length;
      best = i;
    }
  }
  return best;
}

function isOpaque(pattern: Pattern): boolean {
  return pattern.t === "pin" || pattern.t === "within" || pattern.t === "atom";
}

function runLength(rows: readonly Row[], column: number): number {
  const first = rows[0].patterns[column];
  const goesOn: (pattern: Pattern) => boolean = beginsWithByte(first)
    ? beginsWithByte
    : isOpaque(first)
      ? () => false
      : // Any byte excludes no literal.
        (pattern) =>
          pattern.t !== "any" && !isOpaque(pattern) && (pattern.t === "byte") === (first.t === "byte");
  let length = 1;
  while (length < rows.length && goesOn(rows[length].patterns[column])) length++;
  return length;
}

/** Equal for patterns that the same test admits. */
function constructorOf(f: FunctionCompiler, pattern: Pattern): string {
  switch (pattern.t) {
    case "tuple":
      return `tuple ${pattern.items.length}`;
    case "literal":
      return pattern.term instanceof Bitstring ? "bits" : `literal ${f.literal(pattern.term).js}`;
    case "binary":
      return `literal ${f.literal(pattern.term).js}`;
    default:
      return pattern.t;
  }
}

/** What tells the type of a value: of the rest of a bitstring, the bitstring. */
function typed(v: Operand): Operand {
  return v instanceof Var && v.rest !== null ? v.rest.of : v;
}

function testOf(f: FunctionCompiler, pattern: Pattern, whole: Operand): Expr {
  const v = typed(whole);
  switch (pattern.t) {
    case "cons":
      return js`${v} instanceof Cons`;
    case "tuple":
      return pattern.items.length > 8
        ? js`${v} instanceof TupleN && ${v}.items.length === ${pattern.items.length}`
        : js`${v} instanceof Tuple${pattern.items.length}`;
    case "map":
      return js`${v} instanceof TermMap`;
    case "bits":
      return isBitstring(whole);
    case "present":
      return js`${v} !== undefined`;
    case "byte":
      return js`${v} >= 0`;
    case "pin":
      return strictTest(whole, pattern.operand);
    case "atom":
      return js`${v} instanceof Atom`;
    case "literal":
      return pattern.term instanceof Bitstring ? isBitstring(whole) : strictTest(v, f.literal(pattern.term));
    case "binary":
      return isBinary(f, whole, pattern.term);
    default:
      throw new TypeError(`no test for a pattern of kind ${pattern.t}`);
  }
}

/** Only what is one has a rest behind its first bit. */
function isBitstring(v: Operand): Expr {
  const { of, at } = (v instanceof Var ? v.rest : null) ?? { of: v, at: null };
  return at instanceof Var ? js`${at} > 0 || ${of} instanceof Bitstring` : js`${of} instanceof Bitstring`;
}

function isBinary(f: FunctionCompiler, v: Operand, term: Bitstring): Expr {
  if (!(v instanceof Var) || v.rest === null) return strictTest(v, f.literal(term));
  const { of, at } = v.rest;
  const same = js`${of}.bitLength === ${at} + ${term.bitLength}`;
  return term.bitLength === 0 ? same : js`${same} && $.hasPrefix(${of}, ${at}, ${f.literal(term)})`;
}

function isSwitchable(pattern: Pattern): boolean {
  if (pattern.t !== "literal") return false;
  return typeof pattern.term === "number" || pattern.term instanceof Atom || pattern.term === EMPTY;
}

function matchRun(
  f: FunctionCompiler,
  columns: readonly Part[],
  rows: readonly Row[],
  column: number,
  v: Operand,
  fail: Label,
): void {
  const [first] = rows;
  const pattern = first.patterns[column];
  if (pattern.t === "within" && rows.length > 1) {
    const inner = splitByte(f, columns, rows, column, v);
    matchRows(f, inner.columns, inner.rows, fail);
    return;
  }
  if (pattern.t === "within") {
    matchSegments(f, v, pattern.segments, first.head, fail);
    const patterns = first.patterns.slice();
    patterns[column] = ANY;
    const mark = f.trail.length;
    matchRows(f, columns, [{ ...first, patterns }], fail);
    for (const loaded of f.trail.splice(mark)) loaded.v = null;
    return;
  }
  const groups = new Map<string, Row[]>();
  for (const r of rows) {
    const key = isOpaque(pattern) ? "" : constructorOf(f, r.patterns[column]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [r]);
    else group.push(r);
  }
  const compileGroup = (group: readonly Row[]): void => {
    const mark = f.trail.length;
    const inner = specialise(columns, group, column, v);
    matchRows(f, inner.columns, inner.rows, fail);
    for (const loaded of f.trail.splice(mark)) loaded.v = null;
  };
  const all = [...groups.values()];
  if (all.length >= SWITCH && rows.every((r) => isSwitchable(r.patterns[column]))) {
    const cases = all.map((group) => ({
      keys: [f.literal((group[0].patterns[column] as { term: Term }).term).js],
      block: block(),
    }));
    const otherwise = block();
    f.end({ op: "switch", on: typed(v), cases, otherwise });
    all.forEach((group, i) => {
      f.current = cases[i].block;
      compileGroup(group);
    });
    f.current = otherwise;
    f.jump(fail);
    return;
  }
  for (const group of all) {
    const a = block();
    const b = block();
    f.end({ op: "if", c: testOf(f, group[0].patterns[column], v), a, b });
    f.current = a;
    compileGroup(group);
    f.current = b;
  }
  f.jump(fail);
}

const FIELDS = "abcdefgh";

/** The matrix behind a passed test: the column gives way to the parts of its constructor. */
function specialise(
  columns: readonly Part[],
  rows: readonly Row[],
  column: number,
  v: Operand,
): { columns: Part[]; rows: Row[] } {
  const inside = typed(v);
  const replace = (parts: Part[], inner: (pattern: Pattern) => Pattern[]) =>
    replaceColumn(columns, rows, column, parts, inner);
  const pattern = rows[0].patterns[column];
  switch (pattern.t) {
    case "cons":
      return replace([field(inside, "head"), field(inside, "tail")], (p) => {
        const { head, tail } = p as Pattern & { t: "cons" };
        return [head, tail];
      });
    case "tuple": {
      const many = pattern.items.length > 8;
      return replace(
        pattern.items.map((_, i) => field(inside, many ? `items[${i}]` : FIELDS[i])),
        (p) => (p as Pattern & { t: "tuple" }).items,
      );
    }
    case "map":
      return specialiseMap(rows, column, inside, replace);
    case "present":
    case "byte":
    case "atom":
      return replace([part(v)], (p) => [(p as Pattern & { t: "present" }).pattern]);
    case "bits":
    case "literal":
      if (pattern.t === "literal" && !(pattern.term instanceof Bitstring)) return replace([], () => []);
      return replace([part(v)], (p) =>
        p.t === "bits"
          ? [{ t: "within", segments: p.segments }]
          : [{ t: "binary", term: (p as { term: Bitstring }).term }],
      );
    default:
      return replace([], () => []);
  }
}

function replaceColumn(
  columns: readonly Part[],
  rows: readonly Row[],
  column: number,
  parts: readonly Part[],
  inner: (pattern: Pattern) => Pattern[],
): { columns: Part[]; rows: Row[] } {
  return {
    columns: [...parts, ...columns.filter((_, i) => i !== column)],
    rows: rows.map((r) => ({
      ...r,
      bindings: r.bindings.slice(),
      patterns: [...inner(r.patterns[column]), ...r.patterns.filter((_, i) => i !== column)],
    })),
  };
}

/** Whether the pattern asks for a byte and then for segments whose sizes are known. */
function beginsWithByte(pattern: Pattern): boolean {
  if (pattern.t !== "within" || pattern.segments.length === 0) return false;
  const [{ type, size, unit, signed, pattern: first }, ...others] = pattern.segments;
  if (type !== "integer" || signed || (size === null ? unit !== 1 : size !== 8 / unit)) return false;
  // A negative literal matches no byte, nor the end.
  if (first.t === "literal" && !(typeof first.term === "number" && first.term >= 0)) return false;
  return others.every((other) => other.size === null || typeof other.size === "number");
}

/** Bitstrings that begin with a byte: a column for it, which is read once for all rows, and one for the rest. */
function splitByte(
  f: FunctionCompiler,
  columns: readonly Part[],
  rows: readonly Row[],
  column: number,
  v: Operand,
): { columns: Part[]; rows: Row[] } {
  const { of, at } = (v instanceof Var ? v.rest : null) ?? { of: v, at: new Lit("0", 0) };
  const byte = f.let("b", js`$.byteFrom(${of}, ${at})`);
  const rest = restOf(f, of, f.let("at", js`${at} + 8`));
  return replaceColumn(columns, rows, column, [part(byte), part(rest)], (pattern) => {
    const [first, ...others] = (pattern as Pattern & { t: "within" }).segments;
    return [
      first.pattern.t === "literal" ? first.pattern : { t: "byte", pattern: first.pattern },
      { t: "within", segments: others },
    ];
  });
}

function field(v: Operand, name: string): Part {
  return { v: null, load: js`${v}.${name}` };
}

/** A column for each key that any row asks for. */
function specialiseMap(
  rows: readonly Row[],
  column: number,
  v: Operand,
  replace: (parts: Part[], inner: (pattern: Pattern) => Pattern[]) => { columns: Part[]; rows: Row[] },
) {
  const keys = new Map<string, Operand>();
  const nameOf = (key: Operand) => (key instanceof Lit ? key.js : key.name);
  for (const r of rows) {
    for (const { key } of (r.patterns[column] as Pattern & { t: "map" }).pairs) keys.set(nameOf(key), key);
  }
  return replace(
    [...keys.values()].map((key) => ({ v: null, load: js`mapGet(${v}, ${key})` })),
    (p) => {
      const { pairs } = p as Pattern & { t: "map" };
      return [...keys.keys()].map((name) => {
        const found = pairs.filter(({ key }) => nameOf(key) === name).map(({ pattern }) => pattern);
        if (found.length === 0) return ANY;
        return { t: "present", pattern: found.reduce((left, right) => ({ t: "both", left, right })) };
      });
    },
  );
}
