/**
 * A device of the host as a process: Erlang's I/O protocol in front of a function that writes and one that reads. The
 * standard input and output of a program, and the output of a block, are such processes.
 */

import type { Process } from "../process/process.ts";
import { U } from "../process/stack.ts";
import { spawnNative } from "../scheduler/native-process.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { type Atom, atom, ERROR, NIL, OK, TRUE } from "../term/atom.ts";
import { Bitstring, text } from "../term/bitstring.ts";
import { chardataText, iodataToBinary } from "../term/chardata.ts";
import { Pid } from "../term/identifier.ts";
import { list, listToArray } from "../term/list.ts";
import type { Term } from "../term/term.ts";
import { Tuple, tuple } from "../term/tuple.ts";
import { exportCell } from "./code-server.ts";

export interface DeviceOptions {
  readonly name?: string;
  /** Prints what a process asked for. */
  write(text: string, from: Pid): void;
  /** The next line with its newline, `null` at the end of the input. Without it, reading gives `:eof`. */
  readLine?(): Promise<string | null>;
}

interface Output {
  write(text: string): void;
}

const IO_REQUEST = atom("io_request");
const IO_REPLY = atom("io_reply");
const EOF = atom("eof");
const ENOTSUP = atom("enotsup");
const REQUEST = atom("request");
const LATIN1 = atom("latin1");

/** Starts a device process. */
export function startDevice(scheduler: Scheduler, options: DeviceOptions): Process {
  const input = new InputBuffer(options.readLine);
  return spawnNative(
    scheduler,
    (message) => {
      if (!(message instanceof Tuple) || message.size !== 4 || message.at(0) !== IO_REQUEST) return;
      const from = message.at(1);
      if (!(from instanceof Pid)) return;
      const reply = (result: Term) => scheduler.send(from, tuple(IO_REPLY, message.at(2), result));
      const result = handle(message.at(3), { write: (text) => options.write(text, from) }, input);
      if (result instanceof Promise) return result.then((value) => scheduler.enter(() => reply(value)));
      reply(result);
    },
    options.name === undefined ? {} : { name: atom(options.name) },
  );
}

function handle(request: Term, options: Output, input: InputBuffer): Term | Promise<Term> {
  if (request === atom("getopts"))
    return list([tuple(atom("binary"), TRUE), tuple(atom("encoding"), atom("unicode"))]);
  if (!(request instanceof Tuple) || request.size === 0) return tuple(ERROR, REQUEST);
  const parts = request.toArray();
  switch ((parts[0] as Atom).name) {
    case "put_chars":
      return putChars(parts, options);
    case "requests": {
      let result: Term | Promise<Term> = OK;
      for (const item of listToArray(parts[1]) ?? []) result = handle(item, options, input);
      return result;
    }
    case "setopts":
      return OK;
    case "get_geometry":
      return tuple(ERROR, ENOTSUP);
    case "get_line":
      prompt(parts.length === 3 ? parts[2] : parts[1], options);
      return input.line();
    case "get_chars":
      prompt(parts.length === 4 ? parts[2] : parts[1], options);
      return input.characters(parts.at(-1) as number);
    case "get_until":
      return EOF;
    default:
      return tuple(ERROR, REQUEST);
  }
}

function prompt(value: Term, options: Output): void {
  if (value !== NIL)
    options.write(value instanceof Bitstring ? (value.text ?? "") : (chardataText(value) ?? ""));
}

function putChars(parts: Term[], options: Output): Term {
  // `{put_chars, Chars}` and `{put_chars, M, F, A}` are the old forms without an encoding, Latin-1.
  const old = parts.length === 2 || parts.length === 4;
  const encoding = old ? LATIN1 : parts[1];
  const rest = old ? parts.slice(1) : parts.slice(2);
  const chars = rest.length === 3 ? formatted(rest) : rest[0];
  const written = chars === null ? null : encoding === LATIN1 ? latin1Text(chars) : chardataText(chars);
  if (written === null) return tuple(ERROR, tuple(atom("no_translation"), encoding, atom("unicode")));
  options.write(written);
  return OK;
}

/** `io_lib:format(…)`, which the sender leaves to the device; `null` when it does not answer at once. */
function formatted([module, name, args]: Term[]): Term | null {
  const items = listToArray(args);
  if (items === null) return null;
  const value = exportCell(module as Atom, name as Atom, items.length).code(...items);
  return value === U ? null : value;
}

function latin1Text(chars: Term): string | null {
  const bytes = iodataToBinary(chars)?.bytes;
  if (bytes === undefined) return chardataText(chars);
  let result = "";
  for (const byte of bytes) result += String.fromCharCode(byte);
  return result;
}

/** Lines read ahead, from which characters are taken. */
class InputBuffer {
  readonly #read: (() => Promise<string | null>) | undefined;
  #rest = "";
  #ended = false;

  constructor(read: (() => Promise<string | null>) | undefined) {
    this.#read = read;
  }

  async line(): Promise<Term> {
    if (!this.#rest.includes("\n")) await this.#fill();
    if (this.#rest === "") return EOF;
    const end = this.#rest.indexOf("\n") + 1 || this.#rest.length;
    return this.#take(end);
  }

  async characters(count: number): Promise<Term> {
    while (this.#rest.length < count && !this.#ended) await this.#fill();
    return this.#rest === "" ? EOF : this.#take(count);
  }

  #take(length: number): Term {
    const taken = this.#rest.slice(0, length);
    this.#rest = this.#rest.slice(length);
    return text(taken.toWellFormed());
  }

  async #fill(): Promise<void> {
    const line = this.#ended ? null : ((await this.#read?.()) ?? null);
    if (line === null) this.#ended = true;
    else this.#rest += line;
  }
}
