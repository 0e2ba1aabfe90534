/** Diagnostics that the library itself gives, as `IO.warn/2` does. */
import { renderMessage } from "../diagnostic/index.ts";
import { call, type Task } from "../process/task.ts";
import { keywordGet } from "../syntax/quoted.ts";
import { atom, FALSE, NIL, OK, TRUE } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { Cons, EMPTY, listToArray } from "../term/list.ts";
import { EMPTY_MAP, mapGet, mapHas, mapPut, type TermMap } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple, tuple } from "../term/tuple.ts";
import type { Diagnostic, Host } from "./host.ts";
import type { ExpanderModule } from "./native.ts";

const EXCEPTION = atom("Elixir.Exception");
const FORMAT_ENTRY = atom("format_stacktrace_entry");

function* diagnosticOf(
  host: Host,
  fields: {
    severity: Term;
    position: Term;
    file: Term;
    message: Term;
    stacktrace: Term;
    span: Term;
    snippet: boolean;
  },
): Task<Diagnostic> {
  const { severity, position, file, message, stacktrace, span, snippet } = fields;
  const [line, column] = position instanceof Tuple ? position.toArray() : [position, null];
  const [endLine, endColumn] = span instanceof Tuple ? span.toArray() : [null, null];
  const entries = listToArray(stacktrace) ?? [];
  const shown: string[] = [];
  for (const entry of file === NIL ? entries : entries.slice(0, 1))
    shown.push(yield* formatEntry(host, entry));
  return {
    severity: severity === atom("error") ? "error" : "warning",
    message: chars(message),
    file: file === NIL ? null : chars(file),
    line: typeof line === "number" ? line : 0,
    column: typeof column === "number" ? column : null,
    span: typeof endLine === "number" && typeof endColumn === "number" ? [endLine, endColumn] : null,
    inside: null,
    stacktrace,
    snippet,
    ...(file === NIL ? { trail: shown } : shown.length > 0 ? { location: shown[0] } : {}),
  };
}

function* formatEntry(host: Host, entry: Term): Task<string> {
  yield* host.ensureLoaded(EXCEPTION);
  const code = host.code(EXCEPTION, FORMAT_ENTRY, 1);
  return code === null ? "" : chars(yield* call<Term>(code, entry));
}

function chars(data: Term): string {
  if (data instanceof Bitstring) return data.text ?? "";
  if (typeof data === "number") return String.fromCodePoint(data);
  let result = "";
  while (data instanceof Cons) {
    result += chars(data.head);
    data = data.tail;
  }
  return data instanceof Bitstring ? result + chars(data) : result;
}

/** The modules `:elixir_errors` and `:elixir_config`. */
export function diagnosticNatives(host: Host): ExpanderModule[] {
  let warned = EMPTY_MAP;
  return [
    {
      module: "elixir_errors",
      functions: {
        /** A message about a place, with the line of the source unless that is `nil`. */
        "format_snippet/4": (position: Term, file: Term, message: Term, snippet: Term) => {
          const [line, column] = position instanceof Tuple ? position.toArray() : [position, null];
          const place = {
            file: chars(file),
            line: typeof line === "number" ? line : 0,
            column: typeof column === "number" ? column : null,
          };
          return text(renderMessage("error", place, chars(message), snippet === NIL ? null : chars(snippet)));
        },
      },
      tasks: {
        *"emit_diagnostic/6"(
          severity: Term,
          position: Term,
          file: Term,
          message: Term,
          stacktrace: Term,
          options: Term,
        ) {
          const snippet = keywordGet(options, atom("read_snippet")) === TRUE;
          const span = keywordGet(options, atom("span")) ?? NIL;
          host.diagnostic(
            yield* diagnosticOf(host, { severity, position, file, message, stacktrace, span, snippet }),
          );
          return OK;
        },
        /** Prints what `Code.with_diagnostics/2` has collected, or what a tool has made. */
        *"print_diagnostic/2"(diagnostic: TermMap, snippet: Term) {
          const field = (name: string) => mapGet(diagnostic, atom(name)) ?? NIL;
          const [severity, position, file] = [field("severity"), field("position"), field("file")];
          const [message, span] = [field("message"), field("span")];
          const stacktrace = field("stacktrace") === NIL ? EMPTY : field("stacktrace");
          host.print(
            yield* diagnosticOf(host, {
              severity,
              position,
              file,
              message,
              stacktrace,
              span,
              snippet: snippet !== FALSE && snippet !== NIL,
            }),
          );
          return diagnostic;
        },
      },
    },
    {
      module: "elixir_config",
      functions: {
        /** Whether this is the first warning of its kind of a caller, the top of the stack. */
        "warn/2": (key: Term, stack: Term) => {
          if (!(stack instanceof Cons)) return TRUE;
          const [module, name, arity] = (stack.head as Tuple).toArray();
          const once = tuple(key, module, name, arity);
          if (mapHas(warned, once)) return FALSE;
          warned = mapPut(warned, once, TRUE);
          return TRUE;
        },
      },
    },
  ];
}
