/**
 * `:erlang.decode_packet/3`: the first packet of bytes that came over a line, by its length, its end, or as HTTP. What is not
 * complete gives `{:more, size}`, the size being that of the whole packet where it is known.
 */
import {
  Atom,
  atom,
  Bitstring,
  badarg,
  binary,
  charlist,
  listToArray,
  OK,
  type Term,
  Tuple2,
  tuple,
} from "../term/index.ts";
import type { NativeModule } from "./native.ts";

const MORE = atom("more");
const UNDEFINED = atom("undefined");
const INVALID = tuple(atom("error"), atom("invalid"));
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

const more = (size: number | null): Term => new Tuple2(MORE, size ?? UNDEFINED);
const found = (packet: Term, rest: Uint8Array): Term => tuple(OK, packet, binary(rest));

interface Limits {
  /** 0 is no limit. */
  readonly packet: number;
  readonly line: number;
  readonly delimiter: number;
}

function limitsOf(options: Term): Limits | null {
  const list = listToArray(options);
  if (list === null) return null;
  const limits = { packet: 0, line: 0, delimiter: LINE_FEED };
  for (const option of list) {
    if (!(option instanceof Tuple2) || !(option.a instanceof Atom) || typeof option.b !== "number")
      return null;
    if (option.a.name === "packet_size") limits.packet = option.b;
    else if (option.a.name === "line_length") limits.line = option.b;
    else if (option.a.name === "line_delimiter") limits.delimiter = option.b;
    else return null;
  }
  return limits;
}

function counted(bytes: Uint8Array, header: number, limits: Limits): Term {
  if (bytes.length < header) return more(null);
  const size = bytes.subarray(0, header).reduce((sum, byte) => sum * 256 + byte, 0);
  if (limits.packet > 0 && size > limits.packet) return INVALID;
  const end = header + size;
  return bytes.length < end ? more(end) : found(binary(bytes.slice(header, end)), bytes.slice(end));
}

function line(bytes: Uint8Array, limits: Limits): Term {
  const at = bytes.indexOf(limits.delimiter);
  const end = at < 0 ? bytes.length : at + 1;
  // A line that is too long comes in parts.
  if (limits.line > 0 && end > limits.line)
    return found(binary(bytes.slice(0, limits.line)), bytes.slice(limits.line));
  if (at < 0) return more(null);
  if (limits.packet > 0 && end > limits.packet) return INVALID;
  return found(binary(bytes.slice(0, end)), bytes.slice(end));
}

const METHODS = ["OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE"];

/** The fields that Erlang knows, in the order of its numbers from 1 on. */
const HEADERS = (
  "Cache-Control Connection Date Pragma Transfer-Encoding Upgrade Via Accept Accept-Charset Accept-Encoding " +
  "Accept-Language Authorization From Host If-Modified-Since If-Match If-None-Match If-Range If-Unmodified-Since " +
  "Max-Forwards Proxy-Authorization Range Referer User-Agent Age Location Proxy-Authenticate Public Retry-After " +
  "Server Vary Warning Www-Authenticate Allow Content-Base Content-Encoding Content-Language Content-Length " +
  "Content-Location Content-Md5 Content-Range Content-Type Etag Expires Last-Modified Accept-Ranges Set-Cookie " +
  "Set-Cookie2 X-Forwarded-For Cookie Keep-Alive Proxy-Connection"
).split(" ");
/** Longer names of fields are left as they are written. */
const LONGEST_NAME = 20;

type Text = (value: string) => Term;

/** Bytes as characters of the same numbers, whose texts are made again below. */
const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
const bytesOf = (value: string): Uint8Array => Uint8Array.from(value, (char) => char.charCodeAt(0));

function address(uri: string, make: Text): Term {
  if (uri === "*") return atom("*");
  if (uri.startsWith("/")) return tuple(atom("abs_path"), make(uri));
  const absolute = /^(https?):\/\/([^/:]*|\[[^\]]*\])(?::(\d+))?(\/.*)?$/i.exec(uri);
  if (absolute !== null) {
    const [, scheme, host, port, path] = absolute;
    const number = port === undefined ? UNDEFINED : Number(port);
    return tuple(atom("absoluteURI"), atom(scheme.toLowerCase()), make(host), number, make(path ?? "/"));
  }
  const scheme = /^([^:]*):(.*)$/.exec(uri);
  return scheme === null ? make(uri) : tuple(atom("scheme"), make(scheme[1]), make(scheme[2]));
}

const version = (major: string, minor: string): Term => new Tuple2(Number(major), Number(minor));

function firstLine(content: string, whole: string, make: Text): Term {
  const response = /^HTTP\/(\d+)\.(\d+)[ \t]+(\d+)(?:[ \t]+(.*))?$/.exec(content);
  if (response !== null) {
    const [, major, minor, status, phrase] = response;
    return tuple(atom("http_response"), version(major, minor), Number(status), make(phrase ?? ""));
  }
  const request = /^([^\s()<>@,;:\\"/[\]?={}]+)[ \t]+(\S+)[ \t]+HTTP\/(\d+)\.(\d+)[ \t]*$/.exec(content);
  if (request === null) return tuple(atom("http_error"), make(whole));
  const [, method, uri, major, minor] = request;
  const name = METHODS.includes(method) ? atom(method) : make(method);
  return tuple(atom("http_request"), name, address(uri, make), version(major, minor));
}

/** `x-foo-bar` as `X-Foo-Bar`. */
function capitalized(name: string): string {
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

function header(content: string, whole: string, make: Text): Term {
  const field = /^([^\s()<>@,;:\\"/[\]?={}]+)[ \t]*:[ \t]*([\s\S]*)$/.exec(content);
  if (field === null) return tuple(atom("http_error"), make(whole));
  const [, given, value] = field;
  const name = given.length <= LONGEST_NAME ? capitalized(given) : given;
  const number = HEADERS.indexOf(name) + 1;
  return tuple(atom("http_header"), number, number > 0 ? atom(name) : make(name), make(given), make(value));
}

function http(bytes: Uint8Array, kind: "first" | "header", make: Text, limits: Limits): Term {
  let at = bytes.indexOf(LINE_FEED);
  if (kind === "header") {
    // A line that begins with a blank goes on with the field before; so the next one has to be seen.
    const isEmpty = at === 0 || (at === 1 && bytes[0] === CARRIAGE_RETURN);
    if (isEmpty) return found(atom("http_eoh"), bytes.slice(at + 1));
    while (at >= 0) {
      if (at + 1 >= bytes.length) return more(null);
      if (bytes[at + 1] !== 32 && bytes[at + 1] !== 9) break;
      at = bytes.indexOf(LINE_FEED, at + 1);
    }
  }
  if (at < 0) return more(null);
  const end = at + 1;
  const longest = limits.packet || limits.line;
  if (longest > 0 && end > longest) return INVALID;
  const whole = latin1(bytes.subarray(0, end));
  const content = whole.replace(/\r?\n$/, "");
  return found(
    kind === "first" ? firstLine(content, whole, make) : header(content, whole, make),
    bytes.slice(end),
  );
}

const asBinary: Text = (value) => binary(bytesOf(value));
const asList: Text = (value) => charlist(value);

function decode(type: Term, data: Term, options: Term): Term {
  const limits = limitsOf(options);
  if (!(data instanceof Bitstring) || limits === null)
    throw badarg("erlang", "decode_packet", [type, data, options]);
  const { bytes } = data;
  switch (type instanceof Atom ? type.name : type) {
    case "raw":
    case 0:
      return bytes.length === 0 ? more(null) : found(data, bytes.slice(bytes.length));
    case 1:
    case 2:
    case 4:
      return counted(bytes, type as number, limits);
    case "line":
      return line(bytes, limits);
    case "http":
      return http(bytes, "first", asList, limits);
    case "http_bin":
      return http(bytes, "first", asBinary, limits);
    case "httph":
      return http(bytes, "header", asList, limits);
    case "httph_bin":
      return http(bytes, "header", asBinary, limits);
  }
  throw badarg("erlang", "decode_packet", [type, data, options]);
}

export const erlangPacket: NativeModule = {
  module: "erlang",
  functions: { "decode_packet/3": decode },
};
