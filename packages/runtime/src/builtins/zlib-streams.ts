/**
 * `:zlib`, streams: data that comes piece by piece. A stream keeps what has come, so what is inflated is found anew from the
 * start with each piece; what is deflated comes out at the end, or at a flush in blocks that are not compressed.
 */
import { deflate, EndsEarly, inflate } from "../etf/index.ts";
import {
  Atom,
  atom,
  badarg,
  binary,
  EMPTY,
  error,
  errorIn,
  iodataToBinary,
  list,
  makeReference,
  OK,
  Reference,
  type Term,
  tuple,
} from "../term/index.ts";
import { adler32, crc32 } from "./checksum.ts";
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
    this.sum = this.frame === "zlib" ? 1 : 0;
    this.total = 0;
  }

  deflate(data: Uint8Array, flush: string): Uint8Array {
    this.total += data.length;
    this.sum = this.frame === "zlib" ? adler32(data, this.sum) : crc32(data, this.sum);
    this.pending = joined(this.pending, data);
    const parts: Uint8Array[] = this.begun ? [] : [this.header()];
    this.begun = true;
    if (flush !== "none") {
      const all = this.pending;
      this.pending = new Uint8Array(0);
      parts.push(
        flush !== "finish" ? flushed(all) : this.level === 0 ? stored(all, 1) : deflate(all, this.level),
      );
    }
    if (flush === "finish") {
      this.ended = true;
      parts.push(this.trailer());
    }
    return parts.reduce(joined, new Uint8Array(0));
  }

  private header(): Uint8Array {
    if (this.frame === "raw") return new Uint8Array(0);
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

  inflate(data: Uint8Array): Uint8Array {
    if (this.ended) return new Uint8Array(0);
    this.pending = joined(this.pending, data);
    const all = this.inflated();
    const result = all.slice(this.given);
    this.given = all.length;
    return result;
  }

  private inflated(): Uint8Array {
    try {
      const { data, used } = inflate(this.pending, this.frame);
      const view = new DataView(this.pending.buffer, this.pending.byteOffset, used);
      const isWrong =
        (this.frame === "zlib" && view.getUint32(used - 4) !== adler32(data)) ||
        (this.frame === "gzip" && view.getUint32(used - 8, true) !== crc32(data));
      if (isWrong) throw new Error("checksum");
      this.ended = true;
      return data;
    } catch (thrown) {
      if (thrown instanceof EndsEarly) return thrown.data;
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

const chunk = (bytes: Uint8Array): Term => (bytes.length === 0 ? EMPTY : list([binary(bytes)]));

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
    "inflate/2": (term, data) => chunk(stream(term, "inflate").inflate(bytesOf(data))),
    "inflate/3": (term, data, _options) => chunk(stream(term, "inflate").inflate(bytesOf(data))),
    "safeInflate/2": (term, data) => {
      const open = stream(term, "inflate");
      const result = chunk(open.inflate(bytesOf(data)));
      return tuple(atom(open.ended ? "finished" : "continue"), result);
    },
    "inflateReset/1": (term) => restart(term, "inflate"),
    "inflateEnd/1": (term) => finish(term, "inflate"),
    "set_controlling_process/2": () => OK,
  },
};
