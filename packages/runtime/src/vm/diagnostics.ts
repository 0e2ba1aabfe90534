/**
 * Warnings and errors of the compiler: collected where a program asks for them (`Code.with_diagnostics/2` leaves a list
 * in the process dictionary), else printed to `:standard_error` as Elixir does. A program may have put a device of its own
 * there; the text is sent without waiting for the reply, as the compiler reports from where it cannot wait.
 */
import { relativeToWorkingDirectory as relative, sourceLine } from "../builtins/files.ts";
import { putKey, valueOf } from "../builtins/process-dict.ts";
import { renderMessage } from "../diagnostic/index.ts";
import { inspectAtom } from "../expand/errors.ts";
import type { Diagnostic } from "../expand/host.ts";
import type { Process } from "../process/process.ts";
import { S } from "../process/stack.ts";
import { atom, NIL, TRUE } from "../term/atom.ts";
import { text } from "../term/bitstring.ts";
import { charlist } from "../term/chardata.ts";
import { Cons, EMPTY, list } from "../term/list.ts";
import { mapFrom } from "../term/map.ts";
import type { Term } from "../term/term.ts";
import { Tuple2, tuple } from "../term/tuple.ts";

const COLLECTED = atom("elixir_code_diagnostics");
const COMPILER_FILE = atom("elixir_compiler_file");
const STANDARD_ERROR = atom("standard_error");
const MODULE_BODY = "__MODULE__";
const LINE = atom("line");
const COLUMN = atom("column");

/** Who reads and writes what the host prints, so that a program's own device can be told from it. */
let hostDevice: Process | null = null;

export function useHostDevice(device: Process): void {
  hostDevice = device;
}

export function reportDiagnostic(diagnostic: Diagnostic, print: (diagnostic: Diagnostic) => void): void {
  const collected = valueOf(S.p, COLLECTED);
  if (collected instanceof Tuple2) {
    const places = [diagnostic, ...(diagnostic.more ?? []).map((place) => ({ ...diagnostic, ...place }))];
    const all = places.reduce((rest: Term, one) => new Cons(diagnosticTerm(one), rest), collected.a);
    putKey(COLLECTED, new Tuple2(all, collected.b));
    if (collected.b !== TRUE) return;
  }
  printDiagnostic(diagnostic, print);
}

export function printDiagnostic(diagnostic: Diagnostic, print: (diagnostic: Diagnostic) => void): void {
  const device = S.p === null ? undefined : S.system.names.get(STANDARD_ERROR);
  if (device === undefined || device === hostDevice || hostDevice === null) return print(diagnostic);
  const request = tuple(
    atom("put_chars"),
    atom("unicode"),
    text(`${renderDiagnostic(diagnostic)}\n\n`.toWellFormed()),
  );
  S.system.send(device, tuple(atom("io_request"), hostDevice, device, request));
}

function diagnosticTerm(diagnostic: Diagnostic): Term {
  const { severity, message, file, source, line, column, span, inside, stacktrace } = diagnostic;
  const place = line === 0 ? 0 : column === null ? line : tuple(line, column);
  const path = file === null ? NIL : text(file);
  const compiled = valueOf(S.p, COMPILER_FILE);
  const entries =
    stacktrace ??
    (inside === null
      ? EMPTY
      : list([
          tuple(
            inside.module,
            inside.name,
            inside.arity,
            list([
              tuple(atom("file"), charlist(relative(file ?? "nofile"))),
              ...(column === null ? [] : [tuple(COLUMN, column)]),
              tuple(LINE, line),
            ]),
          ),
        ]));
  return mapFrom([
    [atom("severity"), atom(severity)],
    [atom("message"), text(message.toWellFormed())],
    [atom("file"), path],
    [atom("source"), source === undefined ? (compiled ?? path) : text(source)],
    [atom("position"), place],
    [atom("span"), span === null ? NIL : tuple(span[0], span[1])],
    [atom("stacktrace"), entries],
  ]);
}

/** As Elixir prints it, with the line of the source where there is a file to read it from. */
export function renderDiagnostic(diagnostic: Diagnostic): string {
  const { severity, message, file, line, column, span, inside, location, trail } = diagnostic;
  const indent = " ".repeat(Math.max(4, String(line).length + 2));
  const snippet = diagnostic.snippet === false || file === null ? null : sourceLine(file, line);
  const length = column === null || span === null ? 1 : span[0] === line ? span[1] - column : 1;
  const where = location ?? placeText({ file, line, column, inside });
  const told = snippet === null ? message : message + (diagnostic.lead ?? "");
  const shown = renderMessage(severity, { file, line, column, length, text: where }, told, snippet);
  const others = (diagnostic.more ?? []).map(
    (place) => `\n${snippet === null ? "" : indent}└─ ${placeText(place)}`,
  );
  return [shown, ...others, ...(trail ?? []).map((entry) => `\n  ${entry}`)].join("");
}

/** The line of `wanted` that a diagnostic is about: of one that only has a stack, that of its innermost frame there. */
export function lineIn(wanted: string, { file, line, trail }: Diagnostic): number | null {
  if (file !== null) return file === wanted && line > 0 ? line : null;
  const frame = trail?.find((entry) => entry.startsWith(`${wanted}:`));
  return frame === undefined ? null : Number.parseInt(frame.slice(wanted.length + 1), 10);
}

function placeText({
  file,
  line,
  column,
  inside,
}: Pick<Diagnostic, "file" | "line" | "column" | "inside">): string {
  const numbers = [...(line > 0 ? [line] : []), ...(column === null ? [] : [column])];
  const at = [...(file === null ? [] : [relative(file)]), ...numbers].join(":");
  return `${at}${inside === null ? "" : `: ${scope(inside)}`}`;
}

const LAMBDA = /^-(.*)\/(\d+)-fun-\d+-$/s;

function scope({ module, name, arity }: NonNullable<Diagnostic["inside"]>): string {
  if (name.name === MODULE_BODY) return `${inspectAtom(module)} (module)`;
  if (name.name === "__FILE__") return "(file)";
  const lambda = LAMBDA.exec(name.name);
  if (lambda !== null) return `anonymous fn/${arity} in ${inspectAtom(module)}.${lambda[1]}/${lambda[2]}`;
  const shown = inspectAtom(name);
  const function_ = shown.startsWith(":") ? shown.slice(1) : `"${name.name}"`;
  return `${inspectAtom(module)}.${function_}/${arity}`;
}
