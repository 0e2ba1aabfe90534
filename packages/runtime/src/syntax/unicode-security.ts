/**
 * Data of Unicode's security annex (UTS 39) that no property of a regular expression gives: characters of common
 * scripts that identifiers may not have, and characters that look like ASCII ones. Of the latter only
 * Latin, Cyrillic, Greek and Armenian letters and punctuation are here, which people paste by mistake.
 */

/** Characters and ranges whose Identifier_Type is neither Recommended nor Inclusion. */
const RESTRICTED =
  "180-18e 190-19f 1a2-1ae 1b1-1c3 1dd 1e4-1e5 1f6-1f7 21c-21d 220-225 234-258 25a-2af 2b9-2ba 2bd-2c1 " +
  "2c6-2d1 2ee 305 30d-30e 312 315-31a 31c-322 329-32c 32f 332-334 336-337 33a-33f 346-373 376-377 37f " +
  "3cf 3d7-3e1 3f3 3f7-3f8 3fa-3fb 460-481 483-487 500-50f 52a-52d 560 588 591-5b3 5b5-5bd 5bf 5c1-5c2 " +
  "5c4-5c5 5c7 610-61a 640 656-65f 66e-66f 673 68e 6a1 6d6-6dc 6df-6e4 6e7-6e8 6ea-6ed 88f 897-89f " +
  "8ad-8b1 8b3-8b4 8ca-8e1 8e3-900 94e 951-955 978 980 9fc a51 a75 af9 b44 b62-b63 c00 c34 c58-c5a c5c " +
  "c62-c63 c81 cdc cde d01 d04 d3b-d3c d44 d5f d62-d63 d81 d8f-d90 da6 ddf de6-def df3 f18-f19 f39 " +
  "10a0-10c5 10f1-10f6 1100-11ff 1369-1371 17a3-17a4 17a8 17b4-17b5 17ce-17cf 17d1 17d3 17dd 1ab0-1abd " +
  "1abf-1add 1ae0-1aeb 1c80-1c8a 1cd0-1cd2 1cd4-1cfa 1d00-1d2b 1d2f 1d3b 1d4e 1d6b-1d77 1d79-1d9a " +
  "1dc0-1dff 1e9c-1e9d 1e9f 1efa-1eff 200c-200d 203f-2040 2054 20d0-20dc 20e1 20e5-20f0 2118 212e 2132 " +
  "214e 2180-2188 2c60-2c7b 2c7e-2c7f 2d00-2d25 2de0-2dff 3021-302f 3031-3035 303b-303c 312e 31f0-31ff " +
  "a640-a66f a674-a67d a680-a69b a69e-a69f a722-a76f a771-a787 a78b-a78c a78e-a791 a794-a7a9 a7ab-a7bf " +
  "a7cb-a7cf a7d2 a7d4 a7da-a7dc a7f5-a7f7 a7fa-a7ff a8e0-a8f7 a8fb a8fd-a8ff a960-a97c a9cf a9e0-a9e6 " +
  "ab30-ab5a ab60-ab65 ab68 d7b0-d7c6 d7cb-d7fb fb1e fe00-fe0f fe20-fe2f fe73 10140-10174 101fd 102e0 " +
  "10780 10ec2-10ec7 10efa-10eff 116d0-116e3 16fe3 16ff2-16ff6 1aff0-1aff3 1aff5-1affb 1affd-1affe " +
  "1b000-1b11e 1cf00-1cf2d 1cf30-1cf46 1d165-1d169 1d16d-1d172 1d17b-1d182 1d185-1d18b 1d1aa-1d1ad " +
  "1d242-1d244";

/** By the ASCII text that they resemble. */
const LOOKALIKES: Record<string, string> = {
  " ": "a0 2000 2001 2002 2003 2004 2005 2006 2007 2008 2009 200a 2028 2029 202f 205f",
  "!": "1c3 ff01",
  "!!": "203c",
  "!?": "2049",
  "&": "a778",
  "'": "b4 2f4 2018 2019 201b 2032 2035 a78c ff07 ff40",
  "''": "2dd 2f6 201c 201d 201f 2033 2036 3003 ff02",
  "'''": "2034 2037",
  "''''": "2057",
  "'B": "181",
  "'D": "18a",
  "'P": "1a4",
  "'T": "1ac",
  "'Y": "1b3",
  "(": "2768 2772 3014 ff3b",
  "((": "2e28",
  "(a)": "249c",
  "(b)": "249d",
  "(c)": "249e",
  "(d)": "249f",
  "(e)": "24a0",
  "(f)": "24a1",
  "(g)": "24a2",
  "(h)": "24a3",
  "(i)": "24a4",
  "(j)": "24a5",
  "(k)": "24a6",
  "(l)": "24a7",
  "(n)": "24a9",
  "(o)": "24aa",
  "(p)": "24ab",
  "(q)": "24ac",
  "(r)": "24ad",
  "(rn)": "24a8",
  "(s)": "24ae",
  "(t)": "24af",
  "(u)": "24b0",
  "(v)": "24b1",
  "(w)": "24b2",
  "(x)": "24b3",
  "(y)": "24b4",
  "(z)": "24b5",
  ")": "2769 2773 3015 ff3d",
  "))": "2e29",
  "*": "204e 2217",
  "+": "2795",
  ",": "b8 201a",
  "-": "2d7 2010 2011 2012 2013 2043 2212 2796",
  ".": "2024",
  "..": "2025",
  "...": "2026",
  "/": "2041 2044 2215 2571 27cb 29f8",
  "//": "2afd",
  "///": "2afb",
  "2": "1a7 a644 a75a",
  "3": "1b7 21c 417 4e0 a76a a7ab",
  "5": "1bc",
  "6": "431",
  "8": "222 223",
  "9": "a76e",
  ":": "2f8 205a 2236 ff1a",
  "::=": "2a74",
  "<": "2c2 2039 276e",
  "<<": "226a",
  "<<<": "22d8",
  "=": "2e40",
  "==": "2a75",
  "===": "2a76",
  ">": "2c3 203a 276f",
  "><": "2aa5",
  ">>": "226b 2a20",
  ">>>": "22d9",
  "?": "241 294",
  "?!": "2048",
  "??": "2047",
  A: "391 410",
  AA: "a732",
  AE: "c6 4d4",
  AO: "a734",
  AU: "a736",
  AV: "a738 a73a",
  AY: "a73c",
  B: "392 412 a7b4",
  C: "421",
  "C'": "187",
  E: "395 415 22ff",
  F: "3dc a798",
  FAX: "213b",
  G: "50c",
  "G'": "193",
  H: "397 41d",
  J: "37f 408 a7b2",
  K: "39a 41a",
  "K'": "198",
  M: "39c 3fa 41c",
  N: "39d",
  No: "2116",
  O: "39f 41e 555",
  "O'": "1a0",
  OE: "152",
  OO: "a698 a74e",
  P: "3a1 420",
  R: "1a6",
  Rs: "20a8",
  S: "405 54f",
  T: "3a4 422 22a4 27d9",
  T3: "a728",
  TEL: "2121",
  U: "54d 222a 22c3",
  V: "474",
  W: "51c",
  X: "3a7 425 2573 a7b3",
  Y: "3a5 423 4ae",
  Z: "396",
  "\\": "2216 27cd 29f5 29f9 ff3c",
  "\\\\": "244a 2cf9",
  "^": "2c4",
  a: "251 3b1 430 237a",
  "a/c": "2100",
  "a/s": "2101",
  aa: "a733",
  ae: "e6 4d5",
  ao: "a735",
  au: "a737",
  av: "a739 a73b",
  ay: "a73d",
  b: "184 42c",
  bl: "42b",
  c: "441 1d04",
  "c/o": "2105",
  "c/u": "2106",
  d: "501",
  dz: "2a3",
  e: "435 4bd 212e ab32",
  f: "584 1e9d a799 ab35",
  g: "18d 261 581 1d83",
  h: "4bb 570",
  i: "131 269 26a 2db 3b9 456 4cf 2373 a647",
  j: "3f3 458",
  l: "196 1c0 399 406 4c0 2223 23fd ffe8",
  lO: "42e",
  ll: "1c1 2016 2225",
  ls: "2aa",
  lt: "20b6",
  lz: "2ab",
  n: "578 57c",
  o: "3bf 3c3 43e 585 1d0f 1d11 ab3d",
  "o'": "1a1",
  oe: "153",
  oo: "221e a699 a74f",
  p: "3c1 440 2374",
  q: "51b 563 566",
  r: "433 1d26 ab47 ab48",
  "r'": "491",
  s: "1bd 455 a731",
  tf: "a777",
  ts: "2a6",
  u: "28b 3c5 57d 1d1c a79f ab4e ab52",
  ue: "1d6b",
  uo: "ab63",
  v: "3bd 475 1d20 2228 22c1",
  w: "26f 461 51d 561 1d21",
  x: "d7 445 292b 292c 2a2f",
  y: "263 28f 3b3 443 4af 1d8c 1eff ab5a",
  z: "1d22",
  "{": "2774",
  "}": "2775",
  "~": "2dc 2053 223c",
};

let restricted: Set<number> | null = null;
let prototypes: Map<number, string> | null = null;

/** Whether identifiers may not have the character although its script is common. */
export function isRestricted(code: number): boolean {
  if (restricted === null) {
    restricted = new Set();
    for (const range of RESTRICTED.split(" ")) {
      const [first, last = first] = range.split("-").map((hex) => Number.parseInt(hex, 16));
      for (let char = first; char <= last; char++) restricted.add(char);
    }
  }
  return restricted.has(code);
}

/** The text with every character replaced by what it looks like. Mirrors the skeleton of UTS 39. */
export function skeleton(text: string): string {
  if (prototypes === null) {
    prototypes = new Map();
    for (const [ascii, codes] of Object.entries(LOOKALIKES)) {
      for (const hex of codes.split(" ")) prototypes.set(Number.parseInt(hex, 16), ascii);
    }
  }
  const table = prototypes;
  const like = (char: string) => table.get(char.codePointAt(0) as number);
  // Of letters in other typefaces the plain ones are in the table.
  const replaced = [...text.normalize("NFD")].map(
    (char) => like(char) ?? like(char.normalize("NFKC")) ?? char,
  );
  return replaced.join("").normalize("NFD");
}
