/**
 * Warnings and errors of the compiler: collected where a program asks for them (`Code.with_diagnostics/2` leaves a list
 * in the process dictionary), else printed to the standard error as Elixir does.
 */
import type { Diagnostic } from "../expand/host.ts";
import { S } from "../process/stack.ts";
import { atom, NIL, TRUE } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import { Cons, EMPTY } from "../term/list.ts";
import { mapFrom } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, tuple } from "../term/tuple.ts";
import { show } from "./show.ts";

const COLLECTED = atom("elixir_code_diagnostics");

export function reportDiagnostic(diagnostic: Diagnostic, print: (diagnostic: Diagnostic) => void): void {
  const keys = S.p?.extra?.atomKeys;
  const collected = keys?.get(COLLECTED);
  if (collected instanceof Tuple2) {
    keys!.set(COLLECTED, new Tuple2(new Cons(diagnosticTerm(diagnostic), collected.a), collected.b));
    if (collected.b !== TRUE) return;
  }
  print(diagnostic);
}

function diagnosticTerm({ severity, message, file, line, column, span }: Diagnostic): Term {
  const place = line === 0 ? 0 : column === null ? line : tuple(line, column);
  const path = text(file);
  return mapFrom([
    [atom("severity"), atom(severity)],
    [atom("message"), text(message.toWellFormed())],
    [atom("file"), path],
    [atom("source"), path],
    [atom("position"), place],
    [atom("span"), span === null ? NIL : tuple(span[0], span[1])],
    [atom("stacktrace"), EMPTY],
    [atom("details"), NIL],
  ]);
}

const MODULE_BODY = atom("__MODULE__");

/** As Elixir prints it where it does not have the file of the source. */
export function renderDiagnostic({ severity, message, file, line, column, inside }: Diagnostic): string {
  const place = [file, ...(line > 0 ? [line] : []), ...(column === null ? [] : [column])].join(":");
  return `${severity}: ${message}\n└─ ${place}${inside === null ? "" : `: ${scope(inside)}`}`;
}

function scope({ module, name, arity }: NonNullable<Diagnostic["inside"]>): string {
  return name === MODULE_BODY ? `${show(module)} (module)` : `${show(module)}.${name.name}/${arity}`;
}
