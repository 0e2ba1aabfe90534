/** Sets of characters in patterns: types such as `\w`, POSIX classes, properties, line ends. Texts are for within `[…]`. */
export type Newline = "lf" | "cr" | "crlf" | "any" | "anycrlf";

export const NEWLINES: Record<Newline, { sequence: string; chars: string }> = {
  lf: { sequence: "\\n", chars: "\\n" },
  cr: { sequence: "\\r", chars: "\\r" },
  crlf: { sequence: "\\r\\n", chars: "\\n" },
  anycrlf: { sequence: "(?:\\r\\n|\\n|\\r)", chars: "\\n\\r" },
  any: { sequence: "(?:\\r\\n|[\\n\\v\\f\\r\\x85\\u2028\\u2029])", chars: "\\n\\v\\f\\r\\x85\\u2028\\u2029" },
};

const HORIZONTAL = "\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000";
export const VERTICAL = "\\n\\v\\f\\r\\x85\\u2028\\u2029";
/** `\X`: a character with what extends it, by the rules and without the emoji of PCRE's Unicode 7. */
export const GRAPHEME = (() => {
  // To the Unicode of PCRE the zero width joiner extends a cluster and joins nothing.
  const extended = "[\\p{Grapheme_Extend}\\p{Mc}\\u200d\\u0e33\\u0eb3]*";
  const [l, v, t] = [
    "[\\u1100-\\u115f\\ua960-\\ua97c]",
    "[\\u1160-\\u11a7\\ud7b0-\\ud7c6]",
    "[\\u11a8-\\u11ff\\ud7cb-\\ud7fb]",
  ];
  const hangul = `(?:${l}*(?:[\\uac00-\\ud7a3]${v}*|${v}+)${t}*|${l}+|${t}+)`;
  return `\\r\\n|[\\p{Cc}\\p{Zl}\\p{Zp}\\u00ad]|(?:${hangul}|\\p{Regional_Indicator}+|[^])${extended}`;
})();
const LATIN1_LETTERS = "\\xaa\\xb5\\xba\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\xff";

/** What a class such as `\w` holds: of Unicode with `ucp`, else of Latin-1, as OTP builds its tables. */
export function typeSet(letter: string, ucp: boolean): string {
  switch (letter) {
    case "d":
      return ucp ? "\\p{Nd}" : "0-9";
    case "w":
      return ucp ? "\\p{L}\\p{N}_" : `a-zA-Z0-9_${LATIN1_LETTERS}`;
    case "s":
      return ucp ? `\\p{Z}${HORIZONTAL}${VERTICAL}` : "\\t\\n\\v\\f\\r ";
    case "h":
      return HORIZONTAL;
    default:
      return VERTICAL;
  }
}

export const POSIX: Record<string, [plain: string, ucp: string]> = {
  alpha: [`a-zA-Z${LATIN1_LETTERS}`, "\\p{L}"],
  digit: ["0-9", "\\p{Nd}"],
  alnum: [`a-zA-Z0-9${LATIN1_LETTERS}`, "\\p{L}\\p{N}"],
  upper: ["A-Z\\xc0-\\xd6\\xd8-\\xde", "\\p{Lu}"],
  lower: ["a-z\\xaa\\xb5\\xba\\xdf-\\xf6\\xf8-\\xff", "\\p{Ll}"],
  space: ["\\t\\n\\v\\f\\r ", `\\p{Z}${HORIZONTAL}${VERTICAL}`],
  blank: ["\\t ", HORIZONTAL],
  punct: ["!-\\/:-@\\[-`\\{-~\\xa0-\\xa9\\xab-\\xb4\\xb6-\\xb9\\xbb-\\xbf\\xd7\\xf7", "\\p{P}$+<=>^`\\|~"],
  cntrl: ["\\x00-\\x1f\\x7f-\\x9f", "\\p{Cc}"],
  graph: ["!-~\\xa0-\\xff", "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}"],
  print: [" -~\\xa0-\\xff", "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}\\p{Zs}"],
  xdigit: ["0-9a-fA-F", "0-9a-fA-F"],
  word: [`a-zA-Z0-9_${LATIN1_LETTERS}`, "\\p{L}\\p{N}_"],
  ascii: ["\\x00-\\x7f", "\\x00-\\x7f"],
};

export const SPECIAL_PROPERTIES: Record<string, string> = {
  "L&": "\\p{Lu}\\p{Ll}\\p{Lt}",
  Any: "\\u{0}-\\u{10ffff}",
  Xan: "\\p{L}\\p{N}",
  Xwd: "\\p{L}\\p{N}_",
  Xsp: `\\p{Z}${VERTICAL}\\t`,
  Xps: `\\p{Z}${VERTICAL}\\t`,
  Xuc: "$@`\\xa0-\\u{d7ff}\\u{e000}-\\u{10ffff}",
};

/** A character that stands for itself. */
export function quote(char: string): string {
  return /^[A-Za-z0-9_ ]$/.test(char) ? char : `\\u{${(char.codePointAt(0) as number).toString(16)}}`;
}
