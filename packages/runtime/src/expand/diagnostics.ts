/** Diagnostics that the library itself gives, as `IO.warn/2` does. */
import { Atom, atom, NIL, OK, TRUE } from "../term/atom.ts";
import { Bitstring } from "../term/bitstring.ts";
import { Cons } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple } from "../term/tuple.ts";
import type { Host } from "./host.ts";
import type { ExpanderModule } from "./natives.ts";

/** Mirrors `:elixir_errors.emit_diagnostic/6`; the first entry of the stack trace says where it is. */
export function emitDiagnostic(
  host: Host,
  severity: Atom,
  position: Term,
  file: Term,
  message: Term,
  stack: Term,
): Term {
  const [line, column] = position instanceof Tuple ? position.toArray() : [position, null];
  const entry = stack instanceof Cons && stack.head instanceof Tuple ? stack.head.toArray() : [];
  const [module, name, arity] = entry;
  const isPlace =
    module instanceof Atom && module !== NIL && name instanceof Atom && typeof arity === "number";
  host.diagnostic({
    severity: severity.name === "error" ? "error" : "warning",
    message: chars(message),
    file: file === NIL ? "nofile" : chars(file),
    line: typeof line === "number" ? line : 0,
    column: typeof column === "number" ? column : null,
    span: null,
    inside: isPlace ? { module, name, arity } : null,
  });
  return OK;
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
  const warned = new Set<Term>();
  return [
    {
      module: "elixir_errors",
      functions: {
        "emit_diagnostic/6": (
          severity: Atom,
          position: Term,
          file: Term,
          message: Term,
          stack: Term,
          _options: Term,
        ) => emitDiagnostic(host, severity, position, file, message, stack),
      },
    },
    {
      module: "elixir_config",
      functions: {
        /** Whether this is the first warning of its kind. */
        "warn/2": (key: Term, _stack: Term) => {
          if (warned.has(key)) return atom("false");
          warned.add(key);
          return TRUE;
        },
      },
    },
  ];
}
