/** The surface of the compiler. */
export { type CellSource, compileCell } from "./cell.ts";
export { type CodeHost, createRuntime, type ExportCell, type Runtime } from "./interface.ts";
export { namesAt, type Place, placeOf, placesOf } from "./trace.ts";
