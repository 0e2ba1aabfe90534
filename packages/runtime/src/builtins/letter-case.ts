/**
 * Upper, lower and title case as Elixir maps them: the host's full mappings, without those that depend on
 * context (the final sigma) or language unless a mode asks for them.
 */

export type CaseMode = "default" | "ascii" | "greek" | "turkic";

export function upcase(text: string, mode: CaseMode): string {
  if (mode === "ascii") return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
  if (mode === "turkic") text = text.replaceAll("i", "İ");
  return text.toUpperCase();
}

// A sigma ends a word after a letter, which Elixir looks for beyond ASCII only, unless a letter follows;
// marks and signs that have no case do not count.
const finalSigma =
  /(?<=(?!\p{ASCII})[\p{Lu}\p{Ll}\p{Lt}](?:(?!\p{ASCII})[\p{Mn}\p{Me}\p{Cf}\p{Lm}\p{Sk}])*)Σ(?!['.:·\p{Mn}\p{Me}\p{Cf}\p{Lm}\p{Sk}]*[\p{Lu}\p{Ll}\p{Lt}])/gu;

export function downcase(text: string, mode: CaseMode): string {
  if (mode === "ascii") return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  if (mode === "turkic") text = text.replaceAll("I\u0307", "i").replaceAll("İ", "i").replaceAll("I", "ı");
  if (text.includes("Σ")) {
    if (mode === "greek") text = text.replace(finalSigma, "ς");
    text = text.replaceAll("Σ", "σ");
  }
  return text.toLowerCase();
}

const digraphs: Record<string, string> = {
  Ǆ: "ǅ",
  ǅ: "ǅ",
  ǆ: "ǅ",
  Ǉ: "ǈ",
  ǈ: "ǈ",
  ǉ: "ǈ",
  Ǌ: "ǋ",
  ǋ: "ǋ",
  ǌ: "ǋ",
  Ǳ: "ǲ",
  ǲ: "ǲ",
  ǳ: "ǲ",
  ŉ: "ʼN",
};

/** The title case of one character. */
function titlecase(char: string): string {
  const digraph = digraphs[char];
  if (digraph !== undefined) return digraph;
  const point = char.codePointAt(0) as number;
  if (point >= 0x10d0 && point <= 0x10ff) return char;
  if (point >= 0x1f80 && point <= 0x1faf) return String.fromCodePoint(point | 8);
  if (point === 0x1fb3 || point === 0x1fc3 || point === 0x1ff3) return String.fromCodePoint(point + 9);
  if (point === 0x1fbc || point === 0x1fcc || point === 0x1ffc) return char;
  const [first, ...rest] = char.toUpperCase();
  if (rest.length === 0) return first;
  // Where upper case is several letters, only the first stays so; an iota becomes one below again.
  return first + rest.join("").replaceAll("Ι", "\u0345").toLowerCase();
}

export function capitalize(text: string, mode: CaseMode): string {
  if (text === "") return text;
  const first = String.fromCodePoint(text.codePointAt(0) as number);
  const rest = text.slice(first.length);
  if (mode === "ascii") return upcase(first, mode) + downcase(rest, mode);
  if (first === "i") return (mode === "turkic" ? "İ" : "I") + downcase(rest, mode);
  // The rest of the first grapheme has no case of its own, so characters may stand for graphemes.
  return titlecase(first) + downcase(rest, mode);
}
