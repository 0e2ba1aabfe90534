/** The whole surface of the external term format. */

export { DEFAULT_LEVEL, deflate, zlib } from "./compress.ts";
export * from "./decode.ts";
export { EndsEarly, inflate, MalformedData, NeedsDictionary, WITH_DICTIONARY } from "./deflate.ts";
export * from "./encode.ts";
