/**
 * Emission. Each unit becomes the function itself, structured (`join`s are labelled blocks, self tail calls a loop),
 * and, if something in it can suspend, one resume function: a `switch` over the points at which it goes on. There, a
 * join around a suspension is a point too. So every piece of code is written at most twice.
 */
import { checkSites, needsCheck } from "./check.ts";
import {
  type Block,
  type Call,
  EFFECT,
  type Expr,
  type Join,
  type Label,
  type Operand,
  type Try,
  type Unit,
  Var,
} from "./ir.ts";
import { computeLiveness, type Points, registerRests } from "./liveness.ts";
import { eachBackwards, hasSelfTail, successors } from "./optimize.ts";

/** Locals in a frame register each; more are saved in an array. */
const REGISTERS = 6;
/** A function with so many locals takes a second reduction, as its JavaScript frames are that much larger. */
const LOCALS_PER_REDUCTION = 16;
/** Copies of the reduction check in one function. */
const MAX_CHECKS = 3;

export interface Emitted {
  readonly text: string;
  /** How many lines that is. */
  readonly height: number;
  /** The line of each point of the resume function; empty without one. */
  readonly lines: readonly number[];
  /** What the program calls the locals that are saved at each point, `-` for those without a name. */
  readonly locals: readonly string[];
  /** The source line of each line of the text, in runs: how many lines, which line, negative at a tail call. */
  readonly runs: readonly number[];
}

export function emitUnit(unit: Unit): Emitted {
  registerRests(unit.body);
  const points = computeLiveness(unit.body);
  const locals = localsOf(unit);
  const fast = new Emitter(unit, points, locals, false);
  fast.function();
  if (points.calls.length === 0)
    return { text: fast.text, height: fast.lines.length, lines: [], locals: [], runs: runsOf(fast.lines) };
  const resume = new Emitter(unit, points, locals, true);
  resume.resumeFunction();
  const lines = points.calls.flatMap((call) => (call.op === "try" ? [call.line, call.line] : [call.line]));
  const saved = points.calls.flatMap(({ op, live }) => Array(op === "try" ? 2 : 1).fill(namesOf(live)));
  const all = fast.lines.concat(resume.lines);
  return {
    text: `${fast.text}\n${resume.text}`,
    height: all.length,
    lines,
    locals: saved,
    runs: runsOf(all),
  };
}

/** The variables' names in the program, in one text. */
export function namesOf(variables: readonly Var[]): string {
  return variables.map(({ source }) => source ?? "-").join(" ");
}

function runsOf(lines: readonly number[]): number[] {
  const runs: number[] = [];
  for (const line of lines) {
    if (runs.length > 0 && runs[runs.length - 1] === line) runs[runs.length - 2]++;
    else runs.push(1, line);
  }
  return runs;
}

/** All variables that are no parameters. */
function localsOf(unit: Unit): Var[] {
  const found = new Set<Var>();
  const stack: Block[] = [unit.body];
  while (stack.length > 0) {
    const { instrs, end } = stack.pop() as Block;
    for (const instr of instrs) if (instr.op !== "do") found.add(instr.v);
    if (end === null) continue;
    if (end.op === "join") for (const v of end.params) found.add(v);
    else if (end.op === "try") found.add(end.v).add(end.raised);
    else if (end.op === "receive") found.add(end.before).add(end.cursor).add(end.message);
    stack.push(...successors(end));
  }
  return [...found];
}

/** Whether something behind this point is waited for. */
function suspends(block: Block, memo: Map<Block, boolean>): boolean {
  eachBackwards(
    block,
    (next) => memo.has(next),
    (next) => {
      const { instrs, end } = next;
      const inside = end !== null && (end.op === "try" || successors(end).some((after) => memo.get(after)));
      memo.set(next, inside || instrs.some(({ op }) => op === "call"));
    },
  );
  return memo.get(block) as boolean;
}

class Emitter {
  text = "";
  /** The lines of the body. */
  readonly #body: string[] = [];
  /** The source line of each line of the text. */
  lines: number[] = [];
  #line: number;
  readonly unit: Unit;
  readonly points: Points;
  readonly locals: readonly Var[];
  readonly resuming: boolean;
  #depth = 1;
  #scratch = false;
  /** Points of joins in the resume function, and those still to be written. */
  readonly #joins = new Map<Label, { point: number; join: Join }>();
  #pending: Join[] = [];
  readonly #done = new Set<number>();
  readonly #suspends = new Map<Block, boolean>();

  constructor(unit: Unit, points: Points, locals: readonly Var[], resuming: boolean) {
    this.unit = unit;
    this.#line = unit.line;
    this.points = points;
    this.locals = locals;
    this.resuming = resuming;
  }

  line(text: string): void {
    this.#body.push(" ".repeat(this.#depth) + text);
    this.lines.push(this.#line);
  }

  /** The last line of the text leaves the function. */
  #leave(): void {
    this.lines.push(-Math.abs(this.lines.pop() as number));
  }

  /** Puts the head and the declarations in front, and the closing brace behind. */
  wrap(head: string, declarations: string): void {
    const before = declarations === "" ? [head] : [head, declarations];
    this.text = before.concat(this.#body, "}").join("\n");
    this.lines = before.map(() => this.unit.line).concat(this.lines, this.#line);
  }

  js(e: Expr): string {
    let result = "";
    for (const part of e.parts) result += part instanceof Var ? part.name : part;
    if (!this.#scratch && /\(t = |\bt\b/.test(result)) this.#scratch = true;
    return result;
  }

  function(): void {
    const { unit } = this;
    const check = !unit.unchecked && needsCheck(unit.body);
    const loops = hasSelfTail(unit.body);
    const sink = check && checkSites(unit.body) <= MAX_CHECKS;
    if (loops) this.line("for (;;) {");
    if (check && !sink) this.check();
    this.block(unit.body, 0, sink);
    if (loops) this.line("}");
    const params = unit.params.map(({ name }) => name).join(", ");
    this.wrap(`function ${unit.name}(${params}) {`, this.declarations());
  }

  declarations(extra: readonly string[] = []): string {
    const names = [...extra, ...this.locals.map(({ name }) => name), ...(this.#scratch ? ["t"] : [])];
    return names.length === 0 ? "" : ` let ${names.join(", ")};`;
  }

  check(): void {
    const { name, params } = this.unit;
    const cost = 1 + Math.floor((this.locals.length + params.length) / LOCALS_PER_REDUCTION);
    const args = params.map((v) => v.name).join(", ");
    const again =
      params.length <= 4
        ? `yield${params.length}(${[name, ...params.map((v) => v.name)].join(", ")})`
        : `yieldN(${name}, [${args}])`;
    this.line(`if (--S.r < 0) return ${again};`);
    // Charged after the check: a slice of one reduction must get on too.
    if (cost > 1) this.line(`S.r -= ${cost - 1};`);
  }

  resumeFunction(): void {
    const { unit, points } = this;
    this.line("switch (L) {");
    for (const call of points.calls) {
      this.line(` case ${call.point}: ${this.restore(call)}${call.v.name} = v; break;`);
      if (call.op === "try") {
        this.line(` case ${call.point + 1}: ${this.restore(call)}${call.raised.name} = v; break;`);
      }
    }
    this.line("}");
    this.line("for (;;) switch (L) {");
    const places = this.places();
    for (const call of points.calls) {
      for (const point of call.op === "try" ? [call.point, call.point + 1] : [call.point]) {
        if (this.#done.has(point)) continue;
        this.point(point);
        const place = places.get(point) as { block: Block; index: number };
        this.block(place.block, place.index, false, true);
        this.joinPoints();
      }
    }
    this.line("}");
    const params = unit.params.map(({ name }) => name);
    this.wrap(`function ${unit.name}$r(F, v) {`, this.declarations(["L = F.label", ...params]));
  }

  /** What follows each point. */
  places(): Map<number, { block: Block; index: number }> {
    const places = new Map<number, { block: Block; index: number }>();
    const stack: Block[] = [this.unit.body];
    while (stack.length > 0) {
      const block = stack.pop() as Block;
      block.instrs.forEach((instr, i) => {
        if (instr.op === "call") places.set(instr.point, { block, index: i + 1 });
      });
      const { end } = block;
      if (end === null) continue;
      if (end.op === "try") {
        places.set(end.point, { block: end.ok, index: 0 });
        places.set(end.point + 1, { block: end.fail, index: 0 });
      } else if (end.op === "join" && suspends(end.body, this.#suspends)) {
        this.#joins.set(end.label, { point: this.points.count + this.#joins.size + 1, join: end });
      }
      stack.push(...successors(end));
    }
    return places;
  }

  point(n: number): void {
    this.#done.add(n);
    this.line(`case ${n}:`);
  }

  /** The rests of joins that emitted code jumps to. */
  joinPoints(): void {
    while (this.#pending.length > 0) {
      const join = this.#pending.pop() as Join;
      const { point } = this.#joins.get(join.label) as { point: number };
      if (this.#done.has(point)) continue;
      this.point(point);
      this.block(join.rest, 0, false, true);
    }
  }

  restore(call: Call | Try): string {
    const { live } = call;
    if (call.op === "try") return live.map(({ name }, i) => `${name} = F.a[${i}]; `).join("");
    return live
      .map(({ name }, i) => {
        if (live.length <= REGISTERS || i < REGISTERS - 1) return `${name} = F.${"abcdef"[i]}; `;
        return `${name} = F.f[${i - REGISTERS + 1}]; `;
      })
      .join("");
  }

  save({ live, point }: Call): string {
    const names = live.map(({ name }) => name);
    if (names.length > REGISTERS)
      names.splice(REGISTERS - 1, names.length, `[${names.slice(REGISTERS - 1).join(", ")}]`);
    return `save${names.length}(${[`${this.unit.name}$r`, point, ...names].join(", ")})`;
  }

  /** Continues at a point of the resume function; directly behind here where a `case` may stand. */
  goto(point: number, flat: boolean): boolean {
    if (flat && !this.#done.has(point)) {
      this.point(point);
      return true;
    }
    this.line(`L = ${point}; continue;`);
    return false;
  }

  /**
   * A block from an instruction on. With `check`, the reduction check is still to come. `flat` says that the
   * code stands directly in the resume function's `switch`.
   */
  block(block: Block, index: number, check: boolean, flat = false): void {
    let depth = 0;
    const open = (text: string) => {
      this.line(text);
      this.#depth++;
      depth++;
    };
    for (;;) {
      if (check && !needsCheck(block)) check = false;
      for (; index < block.instrs.length; index++) {
        const instr = block.instrs[index];
        if (instr.line !== 0) this.#line = instr.line;
        if (check && (instr.op === "call" || instr.e.effect === EFFECT)) {
          this.check();
          check = false;
        }
        if (instr.op === "do") this.line(`${this.js(instr.e)};`);
        else if (instr.op === "let") this.line(`${instr.v.name} = ${this.js(instr.e)};`);
        else {
          this.line(`${instr.v.name} = ${this.js(instr.e)};`);
          this.line(`if (${instr.v.name} === U) return ${this.save(instr)};`);
          if (this.resuming && !this.goto(instr.point, flat)) {
            this.close(depth);
            return;
          }
        }
      }
      index = 0;
      const { end } = block;
      if (end !== null && "line" in end && end.line !== 0) this.#line = Math.abs(end.line);
      if (end === null) throw new Error(`a block of ${this.unit.function}/${this.unit.arity} has no end`);
      if (
        check &&
        !(end.op === "if" && end.c.effect !== EFFECT) &&
        end.op !== "switch" &&
        end.op !== "join"
      ) {
        this.check();
        check = false;
      }
      switch (end.op) {
        case "return":
          this.line(`return ${this.js(end.e)};`);
          if (end.line < 0) this.#leave();
          this.close(depth);
          return;
        case "tail":
          if (end.self !== null && !this.resuming) {
            this.assign(this.unit.params, end.self);
            this.line("continue;");
          } else {
            const self = end.self === null ? null : `${this.unit.name}(${end.self.map(operand).join(", ")})`;
            this.line(`return ${self ?? this.js(end.e)};`);
            // The host keeps the frame of what it has called last; Elixir does not. What was lifted out may go on in its owner.
            if (this.unit.leaves) this.#leave();
          }
          this.close(depth);
          return;
        case "jump": {
          const target = this.#joins.get(end.label);
          this.assign(target?.join.params ?? this.#params.get(end.label) ?? [], end.args);
          if (target !== undefined) {
            this.#pending.push(target.join);
            this.line(`L = ${target.point}; continue;`);
          } else this.line(`break ${end.label.name};`);
          this.close(depth);
          return;
        }
        case "if": {
          // The shorter side goes inside, so that long chains do not nest.
          const swap = size(end.a) > size(end.b);
          const inside = swap ? end.b : end.a;
          open(swap ? `if (!(${this.js(end.c)})) {` : `if (${this.js(end.c)}) {`);
          this.block(inside, 0, check);
          this.#depth--;
          depth--;
          this.line("}");
          block = swap ? end.a : end.b;
          break;
        }
        case "switch":
          open(`switch (${operand(end.on)}) {`);
          for (const { keys, block: inside } of end.cases) {
            this.line(`${keys.map((key) => `case ${key}:`).join(" ")} {`);
            this.#depth++;
            this.block(inside, 0, check);
            this.#depth--;
            this.line("}");
          }
          this.#depth--;
          depth--;
          this.line("}");
          block = end.otherwise;
          break;
        case "join":
          if (this.resuming && this.#joins.has(end.label)) block = end.body;
          else {
            this.#params.set(end.label, end.params);
            open(`${end.label.name}: {`);
            this.block(end.body, 0, check);
            this.#depth--;
            depth--;
            this.line("}");
            // Every jump here has passed a check if one was needed.
            check = false;
            block = end.rest;
          }
          break;
        case "try": {
          const { v, raised, point } = end;
          this.line(`try { ${v.name} = ${this.js(end.e)}; } catch (e) { ${v.name} = $.caught(e); }`);
          open(`if (${v.name} === U) {`);
          const live = end.live.map(({ name }) => name).join(", ");
          const locals = live === "" ? "null" : `[${live}]`;
          this.line(`if (S.raised === null) return saveCatch(${this.unit.name}$r, ${point}, ${locals});`);
          this.line(`${raised.name} = takeRaised();`);
          if (this.resuming) this.line(`L = ${point + 1}; continue;`);
          else this.block(end.fail, 0, false);
          this.#depth--;
          depth--;
          this.line("}");
          if (this.resuming && !this.goto(point, flat)) {
            this.close(depth);
            return;
          }
          block = end.ok;
          break;
        }
        case "receive": {
          const { before, cursor, message } = end;
          const from = `receiveFrom(${["S.p", ...end.pinned.map(operand)].join(", ")})`;
          this.line(`${before.name} = ${end.pinned.length === 0 ? "S.p.saved" : from};`);
          const next = `${cursor.name} = ${before.name} === null ? S.p.head : ${before.name}.next;`;
          this.line(next);
          open("for (;;) {");
          open(`if (${cursor.name} === null) {`);
          if (end.after !== null) {
            open(`if (receiveTimeout(S.p, ${operand(end.timeout as Operand)})) {`);
            this.block(end.after, 0, false);
            this.#depth--;
            depth--;
            this.line("}");
          }
          this.line(this.wait(before, end.after === null ? null : next));
          this.#depth--;
          depth--;
          this.line("}");
          this.line(`${message.name} = ${cursor.name}.term;`);
          open(`${end.next.name}: {`);
          this.block(end.match, 0, false);
          this.#depth--;
          depth--;
          this.line("}");
          this.line(`${before.name} = ${cursor.name};`);
          this.line(`${cursor.name} = ${cursor.name}.next;`);
          this.#depth--;
          depth--;
          this.line("}");
          this.close(depth);
          return;
        }
      }
    }
  }

  readonly #params = new Map<Label, readonly Var[]>();

  close(depth: number): void {
    if (depth !== 0) throw new Error("unbalanced emission");
  }

  /** What a receive does that has found no message, and then, where it has a timeout and may wait in place. */
  wait(before: Var, next: string | null): string {
    const names = this.unit.params.map((v) => v.name);
    const [suffix, args] = names.length <= 4 ? [names.length, names] : ["", [`[${names.join(", ")}]`]];
    const call = `wait${suffix}(${["S.p", before.name, this.unit.name, ...args].join(", ")})`;
    return next === null ? `return ${call};` : `if (!$.waited(${call})) return U; ${next} continue;`;
  }

  /** Assigns all at once, in an order in which no value is lost; cycles go through the scratch variable. */
  assign(targets: readonly Var[], sources: readonly Operand[]): void {
    let left = targets
      .map((v, i) => ({ v, from: sources[i] }))
      .filter(({ v, from }) => from !== undefined && v !== from);
    while (left.length > 0) {
      const free = left.find(({ v }) => !left.some((other) => other.from === v));
      if (free !== undefined) {
        this.line(`${free.v.name} = ${operand(free.from)};`);
        left = left.filter((move) => move !== free);
        continue;
      }
      const [{ v }] = left;
      this.#scratch = true;
      const saved = new Var(left.some(({ from }) => from instanceof Var && from.name === "t") ? "t2" : "t");
      this.line(`${saved.name} = ${v.name};`);
      left = left.map((move) => (move.from === v ? { ...move, from: saved } : move));
    }
  }
}

function operand(x: Operand): string {
  return x instanceof Var ? x.name : x.js;
}

/** A rough measure of a block, cut off where it no longer matters. */
function size(block: Block): number {
  let total = 0;
  const stack: Block[] = [block];
  while (stack.length > 0 && total < 200) {
    const { instrs, end } = stack.pop() as Block;
    total += instrs.length + 1;
    if (end !== null) stack.push(...successors(end));
  }
  return total;
}
