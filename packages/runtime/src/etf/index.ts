/** The whole surface of the external term format. */
export * from "./decode.ts";
export { deflate, inflate, MalformedData, zlib } from "./deflate.ts";
export * from "./encode.ts";
