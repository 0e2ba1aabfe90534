/** The whole surface of terms. */
export * from "./atom.ts";
export * from "./bits.ts";
export * from "./bitstring.ts";
export * from "./chardata.ts";
export * from "./compare.ts";
export * from "./error.ts";
export * from "./fun.ts";
export * from "./hash.ts";
export * from "./identifier.ts";
export * from "./identifier-text.ts";
export * from "./list.ts";
export * from "./map.ts";
export * from "./node.ts";
export * from "./number.ts";
export * from "./number-text.ts";
export type * from "./term.ts";
export * from "./tuple.ts";
