/**
 * A pattern's tree as instructions of the matcher (`machine.ts`): numbers in one array, each an operation and its operands, with
 * tables of what is no number. Repetitions of one character have instructions of their own; other ones loop over their
 * body, with a counter only where it is needed.
 */
import { CharSet, setSource } from "./char-set.ts";
import { Op, type Program } from "./instructions.ts";
import { type Bodies, canBeEmpty, fixedLength } from "./shape.ts";
import { firstSources, requiredChar, startsAtStart } from "./starts.ts";
import { contains, type Look, type Node, type Pattern, type Repeat } from "./tree.ts";

export function compileProgram(pattern: Pattern): Program {
  return new Compiler(pattern).run();
}

class Compiler {
  private readonly pattern: Pattern;
  private readonly code: number[] = [];
  private readonly sets: CharSet[] = [];
  private readonly expressions: RegExp[] = [];
  private readonly groupLists: (readonly number[])[] = [];
  private readonly names: string[] = [];
  private readonly addresses = new Map<number, number>();
  private readonly calls: { readonly at: number; readonly group: number }[] = [];
  private readonly called = new Set<number>();
  private readonly bodies: Bodies = new Map();
  private registers: number;
  private readonly keep: number;
  /** The groups around, and where (*ACCEPT) goes. */
  private openGroups: number[] = [];
  private accepts: number[] = [];
  private thenChoice = -1;
  private choices = 0;
  private readonly hasVerbs: boolean;

  constructor(pattern: Pattern) {
    this.pattern = pattern;
    const groups = pattern.captures + 1;
    this.keep = groups * 3;
    this.registers = this.keep + 1;
    this.hasVerbs = contains(pattern.root, ({ type }) => type === "verb");
    this.bodies.set(0, pattern.root);
    contains(pattern.root, (node) => {
      if (node.type === "capture" && !this.bodies.has(node.number)) this.bodies.set(node.number, node);
      if (node.type === "call") this.called.add(node.group);
      return false;
    });
  }

  run(): Program {
    const { pattern } = this;
    this.addresses.set(0, 0);
    this.node(pattern.root);
    for (const at of this.accepts) this.code[at] = this.code.length;
    this.emit(Op.END);
    for (const { at, group } of this.calls) this.code[at] = this.addresses.get(group) as number;
    const plain = !this.hasVerbs;
    const isAnchored = plain && startsAtStart(pattern.root);
    return {
      code: Int32Array.from(this.code),
      sets: this.sets,
      expressions: this.expressions,
      groupLists: this.groupLists,
      names: this.names,
      captures: pattern.captures,
      registers: this.registers,
      keep: this.keep,
      matchLimit: pattern.matchLimit,
      isAnchored,
      first: isAnchored ? null : this.firstSet(),
      required: plain && pattern.flags === "v" ? requiredChar(pattern.root) : null,
    };
  }

  private firstSet(): RegExp | null {
    const { root } = this.pattern;
    const sources = canBeEmpty(root, this.bodies) ? null : firstSources(root, this.bodies);
    if (sources === null || sources.length === 0) return null;
    // With verbs, where the search starts can be seen; PCRE looks for a single character only.
    if (this.hasVerbs && (sources.length > 1 || !/^\[(?:[^\\^]|\\u\{[0-9a-f]+\})\]$/.test(sources[0])))
      return null;
    return new RegExp(`[${sources.join("")}]`, `g${this.pattern.flags}`);
  }

  // -- Writing

  private emit(...words: number[]): number {
    const at = this.code.length;
    this.code.push(...words);
    return at;
  }

  /** The last word of an instruction is an address that is not known yet. */
  private emitJump(...words: number[]): () => void {
    const at = this.emit(...words, 0) + words.length;
    return () => {
      this.code[at] = this.code.length;
    };
  }

  private set(source: string): number {
    this.sets.push(CharSet.of(source, this.pattern.flags));
    return this.sets.length - 1;
  }

  private expression(source: string): number {
    this.expressions.push(new RegExp(source, `y${this.pattern.flags}`));
    return this.expressions.length - 1;
  }

  private groupList(groups: readonly number[]): number {
    return this.groupLists.push(groups) - 1;
  }

  private register(): number {
    return this.registers++;
  }

  private openRegister(group: number): number {
    return (this.pattern.captures + 1) * 2 + group;
  }

  private node(node: Node): void {
    switch (node.type) {
      case "char":
        if (node.other === null && this.pattern.flags === "v" && node.char.length === 1) {
          this.emit(Op.CHAR, node.char.charCodeAt(0));
          return;
        }
        this.emit(Op.SET, this.set(setSource(node) as string));
        return;
      case "set":
        this.emit(Op.SET, this.set(node.source));
        return;
      case "unit":
        this.emit(Op.UNIT, this.expression(node.source));
        return;
      case "place":
        this.emit(Op.PLACE, this.expression(node.source), { circumflex: 0, dollar: 1, other: 2 }[node.kind]);
        return;
      case "start":
        this.emit(Op.START);
        return;
      case "back":
        this.emit(Op.BACK, node.length);
        return;
      case "keep":
        this.emit(Op.HERE, this.keep);
        return;
      case "sequence":
        node.items.forEach((item, i) => {
          this.node(this.keepsAll(item, node.items[i + 1]) ? { ...item, mode: "possessive" } : item);
        });
        return;
      case "choice":
        this.choice(node.alternatives);
        return;
      case "capture":
        this.capture(node.number, node.body);
        return;
      case "atomic":
        this.atomic(() => this.node(node.body));
        return;
      case "repeat":
        this.repeat(node);
        return;
      case "look":
        this.look(node);
        return;
      case "reference":
        this.emit(Op.REFERENCE, this.groupList(node.groups), node.caseless ? 1 : 0);
        return;
      case "call":
        this.calls.push({ at: this.emit(Op.CALL, node.group, 0) + 2, group: node.group });
        return;
      case "condition":
        this.condition(node);
        return;
      case "verb":
        this.verb(node);
    }
  }

  private capture(group: number, body: Node): void {
    if (!this.addresses.has(group)) this.addresses.set(group, this.code.length);
    this.emit(Op.HERE, this.openRegister(group));
    this.openGroups.push(group);
    this.node(body);
    this.openGroups.pop();
    this.emit(Op.CLOSE, group);
    if (this.called.has(group)) this.emit(Op.RETURN, group);
  }

  private choice(alternatives: readonly Node[]): void {
    const outer = this.thenChoice;
    const id = this.choices++;
    const hasThen =
      this.hasVerbs &&
      alternatives.some((one) => contains(one, (node) => node.type === "verb" && node.verb === "THEN"));
    this.thenChoice = id;
    if (hasThen) this.emit(Op.BEGIN_THEN, id);
    const ends: (() => void)[] = [];
    alternatives.forEach((alternative, i) => {
      if (i === alternatives.length - 1) this.node(alternative);
      else {
        const next = hasThen ? this.emitJump(Op.SPLIT_THEN, id) : this.emitJump(Op.SPLIT);
        this.node(alternative);
        ends.push(this.emitJump(Op.JUMP));
        next();
      }
    });
    for (const end of ends) end();
    this.thenChoice = outer;
  }

  private atomic(body: () => void): void {
    const mark = this.register();
    this.emit(Op.MARK, mark);
    body();
    this.emit(Op.CUT, mark);
  }

  // -- Repetitions

  private repeat(node: Repeat): void {
    const { body, min, max, mode } = node;
    const most = max === Number.POSITIVE_INFINITY ? -1 : max;
    if (max === 0) {
      // Not matched here, though it may be called.
      const end = this.emitJump(Op.JUMP);
      this.node(body);
      end();
      return;
    }
    const source = setSource(body);
    if (source !== null) {
      const run = { greedy: Op.RUN_GREEDY, lazy: Op.RUN_LAZY, possessive: Op.RUN_POSSESSIVE }[mode];
      this.emit(run, this.set(source), min, most);
    } else if (mode === "possessive") this.atomic(() => this.loop({ ...node, mode: "greedy" }, most));
    else this.loop(node, most);
  }

  /** Whether a repetition of one character would give nothing back that what follows could use. */
  private keepsAll(item: Node, next: Node | undefined): item is Repeat {
    if (item.type !== "repeat" || item.mode !== "greedy" || next === undefined) return false;
    const follows = setSource(next.type === "repeat" && next.min > 0 ? next.body : next);
    const repeated = setSource(item.body);
    if (follows === null || repeated === null) return false;
    const { flags } = this.pattern;
    return !CharSet.of(repeated, flags).overlaps(CharSet.of(follows, flags));
  }

  private loop({ body, min, mode }: Repeat, most: number): void {
    if (min === 1 && most === 1) return this.node(body);
    const isEmpty = canBeEmpty(body, this.bodies);
    const start = isEmpty ? this.register() : -1;
    const lazy = mode === "lazy";
    if (min === 0 && most === 1) {
      const exit = this.maybe(lazy);
      this.node(body);
      exit();
      return;
    }
    if (most === -1 && min <= 1) {
      const top = this.code.length;
      // One iteration comes first: it is gone back to behind the question whether to go on.
      const exits: (() => void)[] = min === 0 ? [this.maybe(lazy)] : [];
      if (isEmpty) this.emit(Op.HERE, start);
      this.node(body);
      if (isEmpty) exits.push(this.emitJump(Op.CHECK_EMPTY, start, -1, 0));
      if (min === 1) exits.push(this.maybe(lazy));
      this.emit(Op.JUMP, top);
      for (const exit of exits) exit();
      return;
    }
    const counter = this.register();
    this.emit(Op.SET_REGISTER, counter, 0);
    const top = this.code.length;
    const exits = [this.emitJump(Op.COUNT, counter, min, most, lazy ? 1 : 0)];
    if (isEmpty) this.emit(Op.HERE, start);
    this.node(body);
    if (isEmpty && most === -1) exits.push(this.emitJump(Op.CHECK_EMPTY, start, counter, min));
    this.emit(Op.JUMP, top);
    for (const exit of exits) exit();
  }

  /** Goes on here or at what the result sets, the former first unless lazy. */
  private maybe(lazy: boolean): () => void {
    if (!lazy) return this.emitJump(Op.SPLIT);
    const body = this.emitJump(Op.SPLIT);
    const exit = this.emitJump(Op.JUMP);
    body();
    return exit;
  }

  // -- Assertions and conditions

  private look(look: Look): void {
    const mark = this.register();
    const place = this.register();
    if (look.negative) {
      this.emit(Op.MARK, mark);
      const holds = this.emitJump(Op.SPLIT);
      this.assertion(look);
      this.emit(Op.UNDO, mark);
      this.emit(Op.FAIL);
      holds();
      return;
    }
    this.emit(Op.MARK, mark);
    this.emit(Op.HERE, place);
    this.assertion(look);
    this.emit(Op.CUT, mark);
    this.emit(Op.BACK_TO, place);
  }

  private assertion(look: Look): void {
    const { accepts, openGroups, thenChoice } = this;
    this.accepts = [];
    this.openGroups = [];
    // Verbs of an assertion that must hold are those of the whole pattern.
    if (look.negative) {
      this.thenChoice = -1;
      if (this.hasVerbs) this.emit(Op.BARRIER);
    }
    if (!look.behind) this.node(look.body);
    else {
      const alternatives = look.body.type === "choice" ? look.body.alternatives : [look.body];
      const stepped = alternatives.map((one): Node => {
        const length = fixedLength(one, this.bodies) as number;
        return length === 0 ? one : { type: "sequence", items: [{ type: "back", length }, one] };
      });
      this.choice(stepped);
    }
    for (const at of this.accepts) this.code[at] = this.code.length;
    this.accepts = accepts;
    this.openGroups = openGroups;
    this.thenChoice = thenChoice;
  }

  private condition({ test, yes, no }: Node & { type: "condition" }): void {
    if (test.type === "define") {
      const end = this.emitJump(Op.JUMP);
      this.node(yes);
      end();
      return;
    }
    let otherwise: () => void;
    let [then, other] = [yes, no];
    if (test.type === "look") {
      const mark = this.register();
      const place = this.register();
      // The place first: undoing what a negative assertion has done must not forget it.
      this.emit(Op.HERE, place);
      this.emit(Op.MARK, mark);
      otherwise = this.emitJump(Op.SPLIT);
      this.assertion(test);
      this.emit(test.negative ? Op.UNDO : Op.CUT, mark);
      this.emit(Op.BACK_TO, place);
      if (test.negative) [then, other] = [no, yes];
    } else
      otherwise = this.emitJump(
        test.type === "set" ? Op.IF_SET : Op.IF_RECURSION,
        this.groupList(test.groups),
      );
    this.node(then);
    const end = this.emitJump(Op.JUMP);
    otherwise();
    this.node(other);
    end();
  }

  private verb({ verb, name }: Node & { type: "verb" }): void {
    if (verb === "ACCEPT") {
      for (const group of [...this.openGroups].reverse()) this.emit(Op.CLOSE, group);
      this.accepts.push(this.emit(Op.JUMP, 0) + 1);
      return;
    }
    const id = name === null ? -1 : this.names.push(name) - 1;
    // (*PRUNE:NAME) and (*THEN:NAME) are also marks.
    if (id >= 0 && verb !== "SKIP") this.emit(Op.NAME, id);
    if (verb === "FAIL") this.emit(Op.FAIL);
    else if (verb === "COMMIT") this.emit(Op.COMMIT);
    else if (verb === "PRUNE") this.emit(Op.PRUNE);
    else if (verb === "THEN") this.emit(Op.THEN, this.thenChoice);
    else if (verb === "SKIP") {
      if (id >= 0) this.emit(Op.SKIP_TO, id);
      else this.emit(Op.SKIP);
    }
  }
}
