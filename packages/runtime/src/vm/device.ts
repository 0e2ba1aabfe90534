/**
 * A device of the host as a process: Erlang's I/O protocol in front of a function that writes and one that reads. The
 * standard input and output of a program, and the output of a block, are such processes.
 */

import type { Process } from "../process/process.ts";
import { U } from "../process/stack.ts";
import { spawnNative } from "../scheduler/native-process.ts";
import type { Scheduler } from "../scheduler/scheduler.ts";
import { Atom, atom, ERROR, NIL, OK, TRUE } from "../term/atom.ts";
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
  /**
   * The next line with its newline, `null` at the end of the input, shown behind the prompt. Without it, reading gives
   * `:eof`.
   */
  readLine?(prompt: string, from: Pid): Promise<string | null>;
  /** Columns and rows, when it is a terminal. */
  size?(): readonly [columns: number, rows: number] | null;
  /** Told of the options that a process sets, a keyword list. */
  onOptions?(options: Term, from: Pid): void;
}

interface Output {
  readonly from: Pid;
  readonly options: DeviceOptions;
}

const IO_REQUEST = atom("io_request");
const IO_REPLY = atom("io_reply");
const EOF = atom("eof");
const ENOTSUP = atom("enotsup");
const REQUEST = atom("request");
const LATIN1 = atom("latin1");

/**
 * Starts a device process. What waits for input is a process of its own behind it, so that others can write meanwhile.
 */
export function startDevice(scheduler: Scheduler, options: DeviceOptions): Process {
  const input = new InputBuffer(options);
  let reader: Process | null = null;
  const startReader = () => {
    const started = spawnNative(scheduler, (message) => {
      const request = requestOf(message);
      if (request === null) return;
      const result = read(request, input);
      return result.then((value) =>
        scheduler.enter(() => scheduler.send(request.from, request.reply(value))),
      );
    });
    // No process of the program, which may list and count them.
    scheduler.processes.delete(started.id);
    return started;
  };
  return spawnNative(
    scheduler,
    (message) => {
      const request = requestOf(message);
      if (request === null) return;
      if (READS.has(request.name)) {
        reader ??= startReader();
        scheduler.send(reader, message);
        return;
      }
      const { from } = request;
      const result = handle(request, { from, options });
      scheduler.send(from, request.reply(result));
    },
    options.name === undefined ? {} : { name: atom(options.name) },
  );
}

/** `{:io_request, from, ref, request}`, whose request is an atom or a tuple that begins with one. */
interface Request {
  readonly from: Pid;
  readonly name: string;
  readonly parts: readonly Term[];
  reply(result: Term): Term;
}

function requestOf(message: Term): Request | null {
  if (!(message instanceof Tuple) || message.size !== 4 || message.at(0) !== IO_REQUEST) return null;
  const [, from, ref, request] = message.toArray();
  if (!(from instanceof Pid)) return null;
  const parts = request instanceof Tuple ? request.toArray() : [request];
  const name = parts[0] instanceof Atom ? parts[0].name : "";
  return { from, name, parts, reply: (result) => tuple(IO_REPLY, ref, result) };
}

/** `unread` is ours: what a scanner in `:io` has read too far. */
const READS = new Set(["get_line", "get_chars", "unread"]);

async function read({ name, parts, from }: Request, input: InputBuffer): Promise<Term> {
  if (name === "get_line") return input.line(promptText(parts.length === 3 ? parts[2] : parts[1]), from);
  if (name === "get_chars")
    return input.characters(
      promptText(parts.length === 4 ? parts[2] : parts[1]),
      parts.at(-1) as number,
      from,
    );
  return input.unread(promptText(parts[1]));
}

function handle({ name, parts }: Pick<Request, "name" | "parts">, output: Output): Term {
  switch (name) {
    case "getopts":
      return list([tuple(atom("binary"), TRUE), tuple(atom("encoding"), atom("unicode"))]);
    case "put_chars":
      return putChars(parts, output);
    case "requests": {
      let result: Term = OK;
      for (const item of listToArray(parts[1]) ?? []) {
        const inner = item instanceof Tuple ? item.toArray() : [item];
        result = handle({ name: inner[0] instanceof Atom ? inner[0].name : "", parts: inner }, output);
      }
      return result;
    }
    case "setopts":
      output.options.onOptions?.(parts[1], output.from);
      return OK;
    case "get_geometry": {
      const size = output.options.size?.() ?? null;
      if (size === null) return tuple(ERROR, ENOTSUP);
      return parts[1] === atom("rows") ? size[1] : size[0];
    }
    default:
      return tuple(ERROR, REQUEST);
  }
}

function promptText(value: Term): string {
  if (value instanceof Atom) return value === NIL ? "" : value.name;
  return value instanceof Bitstring ? (value.text ?? "") : (chardataText(value) ?? "");
}

function putChars(parts: readonly Term[], output: Output): Term {
  // `{put_chars, Chars}` and `{put_chars, M, F, A}` are the old forms without an encoding, Latin-1.
  const old = parts.length === 2 || parts.length === 4;
  const encoding = old ? LATIN1 : parts[1];
  const rest = old ? parts.slice(1) : parts.slice(2);
  const chars = rest.length === 3 ? formatted(rest) : rest[0];
  const written = chars === null ? null : encoding === LATIN1 ? latin1Text(chars) : chardataText(chars);
  if (written === null) return tuple(ERROR, atom("put_chars"));
  output.options.write(written, output.from);
  return OK;
}

/** `io_lib:format(…)`, which the sender leaves to the device; `null` when it does not answer at once. */
function formatted([module, name, args]: readonly Term[]): Term | null {
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
  readonly #options: DeviceOptions;
  #rest = "";
  #ended = false;

  constructor(options: DeviceOptions) {
    this.#options = options;
  }

  async line(prompt: string, from: Pid): Promise<Term> {
    const isWhole = this.#rest === "";
    if (!this.#rest.includes("\n")) await this.#fill(prompt, from);
    if (this.#rest === "") return EOF;
    // The lines of an expression that was typed into a shell are one.
    if (isWhole) return this.#take(this.#rest.length);
    const end = this.#rest.indexOf("\n") + 1 || this.#rest.length;
    return this.#take(end);
  }

  async characters(prompt: string, count: number, from: Pid): Promise<Term> {
    // What one character is to a reader may be two units of a string.
    while ([...this.#rest].length < count && !this.#ended) await this.#fill(prompt, from);
    return this.#rest === "" ? EOF : this.#take([...this.#rest].slice(0, count).join("").length);
  }

  unread(read: string): Term {
    this.#rest = read + this.#rest;
    return OK;
  }

  #take(length: number): Term {
    const taken = this.#rest.slice(0, length);
    this.#rest = this.#rest.slice(length);
    return text(taken.toWellFormed());
  }

  async #fill(prompt: string, from: Pid): Promise<void> {
    const line = this.#ended ? null : ((await this.#options.readLine?.(prompt, from)) ?? null);
    if (line === null) this.#ended = true;
    else this.#rest += line;
  }
}
