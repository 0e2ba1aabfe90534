/** Errors and warnings about source text, as data, and how they read. */
export {
  locationPrefix,
  type Place,
  type Region,
  renderMessage,
  renderRegion,
  type Severity,
} from "./snippet.ts";
export {
  type RenderedSyntaxError,
  renderSyntaxError,
  SyntaxDiagnostic,
  type SyntaxErrorFields,
  type SyntaxErrorName,
} from "./syntax-diagnostic.ts";
