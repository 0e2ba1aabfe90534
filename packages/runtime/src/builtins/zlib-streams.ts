/**
 * `:zlib`, streams: data that comes piece by piece. A stream keeps what has come, so what is inflated is found anew from the
 * start with each piece; what is deflated comes out at the end, or at a flush in blocks that are not compressed.
 */
import { deflate, EndsEarly, inflate, NeedsDictionary, WITH_DICTIONARY } from "../etf/index.ts";
import {
  Atom,
  atom,
  badarg,
  binary,
  EMPTY,
  error,
  errorIn,
  FALSE,
  iodataToBinary,
  list,
  listToArray,
  makeReference,
  OK,
  Reference,
  type Term,
  Tuple2,
  tuple,
} from "../term/index.ts";
import { adler32, adler32Combined, crc32, crc32Combined } from "./checksum.ts";
import type { NativeModule } from "./native.ts";

type Frame = "raw" | "zlib" | "gzip";
type Way = "deflate" | "inflate";

const NAMED_LEVELS: Readonly<Record<string, number>> = {
  default: 6,
  none: 0,
  best_speed: 1,
  best_compression: 9,
};
/** What zlib's header says of the level, with its check. */
const LEVEL_MARKS = [0x01, 0x01, 0x5e, 0x5e, 0x5e, 0x5e, 0x9c, 0xda, 0xda, 0xda];
const GZIP_HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
const LARGEST_STORED = 0xffff;
const STRATEGIES = ["default", "filtered", "huffman_only", "rle"];
/** How much `inflateChunk` gives at once, unless it is told, and how much `safeInflate` does. */
const CHUNK = 4000;
const SAFE_CHUNK = 16384;
/** How far back data may refer. */
const WINDOW = 32768;

class Stream extends Reference {
  way: Way | null = null;
  frame: Frame = "zlib";
  level = 6;
  /** Of deflating, what has not come out; of inflating, all that has come in. */
  pending: Uint8Array = new Uint8Array(0);
  /** Bytes that have come out. */
  given = 0;
  begun = false;
  ended = false;
  chunk = CHUNK;
  /** What the data may refer to before its start. */
  dictionary: Uint8Array | null = null;
  /** The CRC-32 of what was deflated, or has been inflated. */
  crc = 0;
  private sum = 0;
  private total = 0;

  constructor() {
    const { node, id } = makeReference();
    super(node, id);
  }

  start(way: Way, frame: Frame, level = 6): void {
    Object.assign(this, { way, frame, level });
    this.reset();
  }

  reset(): void {
    this.pending = new Uint8Array(0);
    this.given = 0;
    this.begun = false;
    this.ended = false;
    this.dictionary = null;
    this.crc = 0;
    this.sum = this.frame === "zlib" ? 1 : 0;
    this.total = 0;
  }

  deflate(data: Uint8Array, flush: string): Uint8Array {
    this.total += data.length;
    this.sum = this.frame === "zlib" ? adler32(data, this.sum) : crc32(data, this.sum);
    this.crc = crc32(data, this.crc);
    this.pending = joined(this.pending, data);
    const parts: Uint8Array[] = this.begun ? [] : [this.header()];
    this.begun = true;
    if (flush !== "none") {
      const all = this.pending;
      this.pending = new Uint8Array(0);
      parts.push(
        flush !== "finish" ? flushed(all) : this.level === 0 ? stored(all, 1) : this.compressed(all),
      );
    }
    if (flush === "finish") {
      this.ended = true;
      parts.push(this.trailer());
    }
    return parts.reduce(joined, new Uint8Array(0));
  }

  private compressed(all: Uint8Array): Uint8Array {
    const known = this.dictionary ?? new Uint8Array(0);
    return deflate(joined(known, all), this.level, known.length);
  }

  private header(): Uint8Array {
    if (this.frame === "raw") return new Uint8Array(0);
    if (this.dictionary !== null) {
      const header = 0x7800 | (LEVEL_MARKS[this.level] & 0xc0) | WITH_DICTIONARY;
      const view = new DataView(new ArrayBuffer(6));
      view.setUint16(0, header + 31 - (header % 31));
      view.setUint32(2, adler32(this.dictionary));
      return new Uint8Array(view.buffer);
    }
    return Uint8Array.from(this.frame === "gzip" ? GZIP_HEADER : [0x78, LEVEL_MARKS[this.level]]);
  }

  private trailer(): Uint8Array {
    const view = new DataView(new ArrayBuffer(this.frame === "raw" ? 0 : this.frame === "zlib" ? 4 : 8));
    if (this.frame === "zlib") view.setUint32(0, this.sum);
    if (this.frame === "gzip") {
      view.setUint32(0, this.sum, true);
      view.setUint32(4, this.total, true);
    }
    return new Uint8Array(view.buffer);
  }

  /** At most so many bytes of what comes out; whether there may be more, as zlib does not tell when it has filled what it was given. */
  inflate(data: Uint8Array, most = Number.POSITIVE_INFINITY): { data: Uint8Array; more: boolean } {
    this.pending = joined(this.pending, data);
    const all = this.inflated();
    const result = all.slice(this.given, this.given + most);
    this.given += result.length;
    this.crc = crc32(result, this.crc);
    return { data: result, more: result.length === most };
  }

  /** What a stream can refer to now. */
  window(): Uint8Array {
    const known = this.dictionary ?? new Uint8Array(0);
    if (this.ended || this.pending.length === 0) return known;
    return joined(known, this.inflated().subarray(0, this.given)).slice(-WINDOW);
  }

  private inflated(): Uint8Array {
    try {
      const { data, used } = inflate(this.pending, this.frame, this.dictionary);
      const view = new DataView(this.pending.buffer, this.pending.byteOffset, used);
      const isWrong =
        (this.frame === "zlib" && view.getUint32(used - 4) !== adler32(data)) ||
        (this.frame === "gzip" && view.getUint32(used - 8, true) !== crc32(data));
      if (isWrong) throw new Error("checksum");
      this.ended = true;
      return data;
    } catch (thrown) {
      if (thrown instanceof EndsEarly) return thrown.data;
      if (thrown instanceof NeedsDictionary) throw thrown;
      throw error("data_error");
    }
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(a.length + b.length);
  result.set(a);
  result.set(b, a.length);
  return result;
}

/** Blocks without compression; `last` marks the end of the data. */
function stored(data: Uint8Array, last: 0 | 1): Uint8Array {
  let result = new Uint8Array(0);
  let at = 0;
  do {
    const part = data.subarray(at, at + LARGEST_STORED);
    const { length } = part;
    at += length;
    const mark = at === data.length ? last : 0;
    const head = Uint8Array.of(mark, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255);
    result = joined(result, joined(head, part));
  } while (at < data.length);
  return result;
}

/** An empty block ends a flush. */
function flushed(data: Uint8Array): Uint8Array {
  const blocks = data.length > 0 ? stored(data, 0) : new Uint8Array(0);
  return joined(blocks, stored(new Uint8Array(0), 0));
}

function stream(term: Term, way: Way | null): Stream {
  if (!(term instanceof Stream)) throw badarg("zlib", "stream", [term]);
  if (way !== null && term.way !== way) throw error("not_initialized");
  return term;
}

/** 15 is zlib's frame, 16 more gzip's, a negative number none. */
function frameOf(windowBits: number): Frame {
  const isKnown = (windowBits >= 8 && windowBits < 48) || (windowBits >= -15 && windowBits <= -8);
  if (!isKnown) throw error("bad_windowbits");
  return windowBits < 0 ? "raw" : windowBits > 15 ? "gzip" : "zlib";
}

function levelOf(level: Term): number {
  const number = level instanceof Atom ? NAMED_LEVELS[level.name] : level;
  if (typeof number !== "number" || number < 0 || number > 9)
    throw errorIn("bad_compression_level", "zlib", "deflateInit", [level]);
  return number;
}

function bytesOf(data: Term): Uint8Array {
  const found = iodataToBinary(data);
  if (found === null) throw badarg("zlib", "enqueue_input", [data]);
  return found.bytes;
}

function bytesIn(name: string, args: readonly Term[]): Uint8Array {
  const found = iodataToBinary(args[args.length - 1]);
  if (found === null) throw badarg("erlang", name, args.slice(1));
  return found.bytes;
}

/** Runs what inflates; a dictionary that is missing is an error, or told of. */
function inflating(give: () => Term, isError: boolean): Term {
  try {
    return give();
  } catch (thrown) {
    if (!(thrown instanceof NeedsDictionary)) throw thrown;
    const needed = atom("need_dictionary");
    if (isError) throw error(tuple(needed, thrown.checksum));
    return tuple(needed, thrown.checksum, EMPTY);
  }
}

function inflateAll(term: Term, data: Term, options: Term): Term {
  const open = stream(term, "inflate");
  const bytes = bytesOf(data);
  const isTold = (listToArray(options) ?? []).some(
    (option) => option instanceof Tuple2 && option.a === atom("exception_on_need_dict") && option.b === FALSE,
  );
  return inflating(() => chunk(open.inflate(bytes).data), !isTold);
}

function inflateChunk(term: Term, data: Uint8Array): Term {
  const open = stream(term, "inflate");
  return inflating(() => {
    const { data: result, more } = open.inflate(data, open.chunk);
    return more ? tuple(atom("more"), chunk(result)) : chunk(result);
  }, false);
}

function setDictionary(term: Term, way: Way, data: Term): Term {
  const open = stream(term, way);
  const bytes = bytesOf(data);
  const wanted = way === "inflate" && open.frame === "zlib" ? open.pending : null;
  if (wanted !== null && (wanted.length < 6 || adler32(bytes) !== new DataView(wanted.buffer).getUint32(2)))
    throw error(wanted.length < 6 ? "stream_error" : "data_error");
  open.dictionary = bytes;
  return way === "inflate" ? OK : adler32(bytes);
}

const chunk = (bytes: Uint8Array): Term => (bytes.length === 0 ? EMPTY : list([binary(bytes)]));

function sum(name: string, args: readonly Term[], of: (bytes: Uint8Array) => number): Term {
  const isStarted = args.length === 2 || typeof args[1] === "number";
  if (!(args[0] instanceof Stream && isStarted)) throw badarg("zlib", name, args);
  return of(bytesIn(name, args));
}

function combine(name: "crc32_combine" | "adler32_combine", args: readonly Term[]): Term {
  const [open, first, second, size] = args;
  const isRight = typeof first === "number" && typeof second === "number" && typeof size === "number";
  if (!(open instanceof Stream && isRight)) throw badarg("zlib", name, args);
  return (name === "crc32_combine" ? crc32Combined : adler32Combined)(first, second, size);
}

function begin(term: Term, way: Way, windowBits: number, level?: Term): Term {
  stream(term, null).start(way, frameOf(windowBits), level === undefined ? undefined : levelOf(level));
  return OK;
}

/** `data_error` when data is missing, as in zlib. */
function finish(term: Term, way: Way): Term {
  const open = stream(term, way);
  open.way = null;
  if (!open.ended && (way === "inflate" || open.begun)) throw error("data_error");
  return OK;
}

function restart(term: Term, way: Way): Term {
  stream(term, way).reset();
  return OK;
}

export const zlibStreams: NativeModule = {
  module: "zlib",
  functions: {
    "open/0": () => new Stream(),
    "close/1": (term) => {
      const open = stream(term, null);
      if (open.level < 0) throw error("not_initialized");
      open.way = null;
      open.level = -1;
      return OK;
    },
    "deflateInit/1": (term) => begin(term, "deflate", 15),
    "deflateInit/2": (term, level) => begin(term, "deflate", 15, level),
    "deflateInit/6": (term, level, _method, windowBits) => begin(term, "deflate", windowBits, level),
    "deflate/2": (term, data) => chunk(stream(term, "deflate").deflate(bytesOf(data), "none")),
    "deflate/3": (term, data, flush) =>
      chunk(stream(term, "deflate").deflate(bytesOf(data), (flush as Atom).name)),
    "deflateReset/1": (term) => restart(term, "deflate"),
    "deflateEnd/1": (term) => finish(term, "deflate"),
    "inflateInit/1": (term) => begin(term, "inflate", 15),
    "inflateInit/2": (term, windowBits) => begin(term, "inflate", windowBits),
    "inflateInit/3": (term, windowBits, _atEnd) => begin(term, "inflate", windowBits),
    "deflateParams/3": (term, level, strategy) => {
      const open = stream(term, "deflate");
      const number = levelOf(level);
      if (!(strategy instanceof Atom && STRATEGIES.includes(strategy.name)))
        throw error("bad_compression_strategy");
      open.level = number;
      return OK;
    },
    "deflateSetDictionary/2": (term, data) => setDictionary(term, "deflate", data),
    "inflate/2": (term, data) => inflateAll(term, data, EMPTY),
    "inflate/3": inflateAll,
    "inflateChunk/1": (term) => inflateChunk(term, new Uint8Array(0)),
    "inflateChunk/2": (term, data) => inflateChunk(term, bytesOf(data)),
    "inflateSetDictionary/2": (term, data) => setDictionary(term, "inflate", data),
    "inflateGetDictionary/1": (term) => binary(stream(term, "inflate").window()),
    "safeInflate/2": (term, data) => {
      const open = stream(term, "inflate");
      const bytes = bytesOf(data);
      return inflating(() => {
        const { data: result, more } = open.inflate(bytes, SAFE_CHUNK);
        return tuple(atom(open.ended && !more ? "finished" : "continue"), chunk(result));
      }, false);
    },
    "getBufSize/1": (term) => stream(term, null).chunk,
    "setBufSize/2": (term, size) => {
      const open = stream(term, null);
      if (typeof size !== "number" || size <= 0) throw badarg("zlib", "setBufSize", [term, size]);
      open.chunk = size;
      return OK;
    },
    "crc32/1": (term) => stream(term, null).crc,
    "crc32/2": (term, data) => sum("crc32", [term, data], (bytes) => crc32(bytes)),
    "crc32/3": (term, start, data) =>
      sum("crc32", [term, start, data], (bytes) => crc32(bytes, start as number)),
    "adler32/2": (term, data) => sum("adler32", [term, data], (bytes) => adler32(bytes)),
    "adler32/3": (term, start, data) =>
      sum("adler32", [term, start, data], (bytes) => adler32(bytes, start as number)),
    "crc32_combine/4": (term, first, second, size) => combine("crc32_combine", [term, first, second, size]),
    "adler32_combine/4": (term, first, second, size) =>
      combine("adler32_combine", [term, first, second, size]),
    "inflateReset/1": (term) => restart(term, "inflate"),
    "inflateEnd/1": (term) => finish(term, "inflate"),
    "set_controlling_process/2": () => OK,
  },
};
