/**
 * Single changes of a program, each of one kind. A kind that finds nothing to change gives `null`. What comes out need not be a
 * program: how it fails is compared as well.
 */
import type { Random } from "../random.ts";
import { LINE_MUTATIONS } from "./lines.ts";
import {
  ATOMS,
  COLLECTIONS,
  KEYS,
  NUMBERS,
  OPERATORS,
  PATTERNS,
  PIPES,
  SIGIL_MODIFIERS,
  TEXTS,
} from "./material.ts";
import {
  closed,
  elements,
  expressions,
  isVariable,
  replaced,
  type Span,
  type Token,
  textOf,
} from "./tokens.ts";

export interface Material {
  /** The functions of modules by their arities. */
  readonly library: Readonly<Record<string, Readonly<Record<number, readonly string[]>>>>;
  /** Expressions of some other program. */
  readonly others: () => readonly string[];
}

export type Mutation = (random: Random, parts: readonly Token[], material: Material) => string | null;

/** The places of the tokens that are so. */
function places(parts: readonly Token[], are: (token: Token, i: number) => boolean): number[] {
  return parts.flatMap((token, i) => (are(token, i) ? [i] : []));
}

/** One of these tokens gets another text. */
function changing(
  are: (parts: readonly Token[], i: number) => boolean,
  text: (random: Random, parts: readonly Token[], i: number, material: Material) => string | null,
): Mutation {
  return (random, parts, material) => {
    const found = places(parts, (_, i) => are(parts, i));
    if (found.length === 0) return null;
    const i = random.pick(found);
    const other = text(random, parts, i, material);
    return other === null ? null : replaced(parts, { start: i, end: i + 1 }, other);
  };
}

const isKind = (kind: Token["kind"]) => (parts: readonly Token[], i: number) => parts[i].kind === kind;

const textsOf = (parts: readonly Token[], kind: Token["kind"]) =>
  parts.filter((token) => token.kind === kind).map(({ text }) => text);

const number: Mutation = changing(isKind("number"), (random, parts, i) =>
  random.chance(1, 4) && /^\d+$/.test(parts[i].text)
    ? String(BigInt(parts[i].text) + BigInt(random.pick([1, -1])))
    : random.pick(NUMBERS),
);

const text: Mutation = changing(isKind("text"), (random) => random.pick(TEXTS));
const atom: Mutation = changing(isKind("atom"), (random, parts) =>
  random.pick([...ATOMS, ...textsOf(parts, "atom"), ...textsOf(parts, "alias")]),
);
const key: Mutation = changing(isKind("key"), (random, parts) =>
  random.pick(random.chance(1, 2) ? KEYS : textsOf(parts, "key")),
);
const variable: Mutation = changing(
  isVariable,
  (random, parts) => random.pick(parts.filter((_, i) => isVariable(parts, i))).text,
);
const operator: Mutation = changing(
  (parts, i) => OPERATORS.some((group) => group.includes(parts[i].text)),
  (random, parts, i) => random.pick(random.pick(OPERATORS.filter((group) => group.includes(parts[i].text)))),
);
const sigil: Mutation = changing(isKind("sigil"), (random, parts, i) =>
  parts[i].text.replace(/[a-zA-Z]*$/, random.pick(SIGIL_MODIFIERS)),
);

/** How many arguments the function that is named at `i` is given there; none where it is not called. */
function arity(parts: readonly Token[], i: number): number | null {
  const reference = textOf(parts, { start: i + 1, end: i + 3 }).match(/^\/(\d+)$/);
  if (reference !== null) return Number(reference[1]);
  if (parts[i + 1]?.text !== "(" || closed(parts, i + 1) < 0) return null;
  const before = textOf(parts, { start: Math.max(0, i - 2), end: i }).trimEnd();
  return elements(parts, i + 1).length + (before.endsWith("|>") ? 1 : 0);
}

function sibling(random: Random, parts: readonly Token[], i: number, name: string, { library }: Material) {
  const functions = library[name];
  if (functions === undefined) return null;
  const count = arity(parts, i);
  const same = count === null ? undefined : functions[count];
  return random.pick(same !== undefined && random.chance(7, 8) ? same : Object.values(functions).flat());
}

const remoteFunction: Mutation = changing(isKind("remote"), (random, parts, i, material) => {
  const [, module] = parts[i].text.match(/^(.*)\.[^.]*$/)!;
  const other = sibling(random, parts, i, module, material);
  return other === null ? null : `${module}.${other}`;
});

const localFunction: Mutation = changing(
  (parts, i) => parts[i].kind === "word" && parts[i + 1]?.text === "(" && parts[i - 1]?.text !== ".",
  (random, parts, i, material) => {
    const own = [...textOf(parts).matchAll(/\bdefp? ([a-z_]\w*)/g)].map(([, name]) => name);
    return own.length > 0 && random.chance(1, 2)
      ? random.pick(own)
      : sibling(random, parts, i, "Kernel", material);
  },
);

const collection: Mutation = (random, parts) => {
  const found = expressions(parts).filter(({ start }) => ["[", "{", "%", "<<"].includes(parts[start].text));
  return found.length === 0 ? null : replaced(parts, random.pick(found), random.pick(COLLECTIONS));
};

const subexpression: Mutation = (random, parts, { others }) => {
  const found = expressions(parts);
  if (found.length === 0) return null;
  const own = found.map((span) => textOf(parts, span));
  const other = random.pick(random.chance(1, 2) ? own : [...others(), "nil"]);
  return replaced(parts, random.pick(found), other);
};

const pipe: Mutation = (random, parts) => {
  const found = expressions(parts);
  if (found.length === 0) return null;
  const span = random.pick(found);
  return replaced(parts, span, `(${textOf(parts, span)} |> ${random.pick(PIPES)})`);
};

/** An argument of a call, or an element, leaves, comes twice, or takes the place of another. */
const argument: Mutation = (random, parts) => {
  const lists = places(parts, ({ text }) => ["(", "[", "{", "<<"].includes(text))
    .filter((open) => closed(parts, open) >= 0)
    .map((open) => elements(parts, open))
    .filter((found) => found.length > 0);
  if (lists.length === 0) return null;
  const found = random.pick(lists);
  const texts = found.map((span) => textOf(parts, span));
  const [i, j] = [random.below(texts.length), random.below(texts.length)];
  switch (random.below(3)) {
    case 0:
      texts.splice(i, 1);
      break;
    case 1:
      texts.splice(i, 0, texts[i]);
      break;
    default:
      [texts[i], texts[j]] = [texts[j], texts[i]];
  }
  return replaced(parts, { start: found[0].start, end: found[found.length - 1].end }, texts.join(", "));
};

/** Whether what stands there is matched with: before `=`, `->` and `<-` on its line, or what a function is given. */
function isPattern(parts: readonly Token[], { start, end }: Span): boolean {
  const after = textOf(parts, { start: end, end: parts.length }).split("\n", 1)[0];
  const before = textOf(parts, { start: 0, end: start }).split("\n").pop()!;
  return /^[^=]*(?: = |->|<-)/.test(after) || /^\s*defp? /.test(before) || /\bfn\b[^>]*$/.test(before);
}

const pattern: Mutation = (random, parts) => {
  const found = expressions(parts).filter((span) => isPattern(parts, span));
  if (found.length === 0) return null;
  const span = random.pick(found);
  const isName = span.end - span.start === 1 && isVariable(parts, span.start);
  const own = parts.filter((_, i) => isVariable(parts, i)).map((token) => `^${token.text}`);
  return replaced(
    parts,
    span,
    isName && random.chance(1, 3) ? `^${parts[span.start].text}` : random.pick([...PATTERNS, ...own]),
  );
};

/** The value of an option, or all of it. */
const option: Mutation = (random, parts) => {
  const found = expressions(parts).filter(({ start }) => parts[start - 2]?.kind === "key");
  if (found.length === 0) return null;
  const span = random.pick(found);
  if (random.chance(1, 4)) return replaced(parts, { start: span.start - 2, end: span.end }, "");
  const pool = random.pick([
    NUMBERS,
    TEXTS,
    COLLECTIONS,
    ATOMS,
    ["true", "false", "nil", ":infinity", "&(&1)"],
  ]);
  return replaced(parts, span, random.pick(pool));
};

/** Each as often as it is listed here. */
export const MUTATIONS: readonly Mutation[] = [
  ...[
    remoteFunction,
    remoteFunction,
    remoteFunction,
    localFunction,
    number,
    number,
    text,
    atom,
    key,
    variable,
    operator,
  ],
  ...[
    sigil,
    collection,
    collection,
    subexpression,
    subexpression,
    pipe,
    argument,
    argument,
    pattern,
    pattern,
    option,
  ],
  ...LINE_MUTATIONS.map(
    (mutation): Mutation =>
      (random, parts) =>
        mutation(random, textOf(parts)),
  ),
];
