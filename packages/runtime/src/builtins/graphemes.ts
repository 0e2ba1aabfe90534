/**
 * Grapheme clusters as OTP's `unicode_util` finds them (Unicode 14, extended clusters).
 *
 * The host's `Intl.Segmenter` follows newer versions, which join more, and is missing in some browsers; so the
 * rules are here, on properties that every regular expression engine has. Most text never reaches them:
 * a code unit that nothing can join is a cluster of its own.
 */

const OTHER = 0;
const CONTROL = 1;
const EXTEND = 2;
const ZWJ = 3;
const REGIONAL = 4;
const PREPEND = 5;
const SPACING = 6;
const L = 7;
const V = 8;
const T = 9;
const LV = 10;
const LVT = 11;
const PICTOGRAPH = 12;

const isExtend = /^[\p{Grapheme_Extend}\p{Emoji_Modifier}]$/u;
const isSpacing = /^[\p{Mc}\u0e33\u0eb3]$/u;
// Spacing marks that the standard excepts, all of Myanmar, Tai Tham and Ahom.
const notSpacing =
  /^[\u102b\u102c\u1038\u1062-\u1064\u1067-\u106d\u1083\u1087-\u108c\u108f\u109a-\u109c\u1a61\u1a63\u1a64\uaa7b\uaa7d\u{11720}\u{11721}]$/u;
const isPrepend =
  /^[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\u{110bd}\u{110cd}\u{111c2}\u{111c3}\u{1193f}\u{11941}\u{11a3a}\u{11a84}-\u{11a89}\u{11d46}]$/u;
const isControl = /^[\p{Cc}\p{Zl}\p{Zp}\p{Cf}\p{Cs}]$/u;
const isRegional = /^\p{Regional_Indicator}$/u;
const isPictograph = /^\p{Extended_Pictographic}$/u;

const classes = new Map<number, number>();

function classify(point: number): number {
  if (point >= 0xac00 && point <= 0xd7a3) return (point - 0xac00) % 28 === 0 ? LV : LVT;
  if ((point >= 0x1100 && point <= 0x115f) || (point >= 0xa960 && point <= 0xa97c)) return L;
  if ((point >= 0x1160 && point <= 0x11a7) || (point >= 0xd7b0 && point <= 0xd7c6)) return V;
  if ((point >= 0x11a8 && point <= 0x11ff) || (point >= 0xd7cb && point <= 0xd7fb)) return T;
  if (point === 0x200d) return ZWJ;
  const char = String.fromCodePoint(point);
  if (isExtend.test(char)) return EXTEND;
  if (isPrepend.test(char)) return PREPEND;
  if (isControl.test(char)) return CONTROL;
  if (isSpacing.test(char) && !notSpacing.test(char)) return SPACING;
  if (isRegional.test(char)) return REGIONAL;
  return isPictograph.test(char) ? PICTOGRAPH : OTHER;
}

function classOf(point: number): number {
  let found = classes.get(point);
  if (found === undefined) {
    found = classify(point);
    classes.set(point, found);
  }
  return found;
}

/** Whether nothing joins a code unit to one of its kind: scripts without marks, CJK, syllables. */
function isPlain(unit: number): boolean {
  return (
    unit < 0x300 ||
    (unit >= 0x370 && unit < 0x483) ||
    (unit >= 0x1e00 && unit < 0x2000) ||
    (unit >= 0x3041 && unit < 0x3097) ||
    (unit >= 0x30a0 && unit < 0x3100) ||
    (unit >= 0x3400 && unit < 0xa000) ||
    (unit >= 0xac00 && unit < 0xd7a4)
  );
}

/** The index after the cluster that starts at `index`, which is before the end of the text. */
export function clusterEnd(text: string, index: number): number {
  const first = text.charCodeAt(index);
  const second = text.charCodeAt(index + 1);
  if (isPlain(first) && !(second >= 0x300 && !isPlain(second))) {
    return first === 13 && second === 10 ? index + 2 : index + 1;
  }
  let point = text.codePointAt(index) as number;
  let before = classOf(point);
  let end = index + (point > 0xffff ? 2 : 1);
  let regionals = before === REGIONAL ? 1 : 0;
  let pictograph = before === PICTOGRAPH;
  while (end < text.length) {
    point = text.codePointAt(end) as number;
    const next = classOf(point);
    if (!joins(before, next, regionals, pictograph)) return end;
    if (next === REGIONAL) regionals++;
    // A pictograph counts as the left side of a joiner through the marks that follow it.
    if (next === PICTOGRAPH) pictograph = true;
    else if (next !== EXTEND && next !== ZWJ) pictograph = false;
    before = next;
    end += point > 0xffff ? 2 : 1;
  }
  return end;
}

function joins(before: number, next: number, regionals: number, pictograph: boolean): boolean {
  if (before === CONTROL || next === CONTROL) return false;
  if (next === EXTEND || next === ZWJ || next === SPACING || before === PREPEND) return true;
  switch (before) {
    case L:
      return next === L || next === V || next === LV || next === LVT;
    case V:
    case LV:
      return next === V || next === T;
    case T:
    case LVT:
      return next === T;
    case ZWJ:
      return pictograph && next === PICTOGRAPH;
    case REGIONAL:
      return next === REGIONAL && regionals % 2 === 1;
    default:
      return false;
  }
}

/** The clusters of a text. */
export function clusters(text: string): string[] {
  const found: string[] = [];
  for (let index = 0; index < text.length; ) {
    const end = clusterEnd(text, index);
    found.push(text.slice(index, end));
    index = end;
  }
  return found;
}

/** The number of clusters of a text. */
export function clusterCount(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; count++) index = clusterEnd(text, index);
  return count;
}

/** The index at which cluster number `count` starts; the length of the text if it has fewer. */
export function clusterStart(text: string, count: number): number {
  let index = 0;
  for (; count > 0 && index < text.length; count--) index = clusterEnd(text, index);
  return index;
}
