/**
 * `:crypto`: ciphers, with the host's own implementation. Padding is ours, as OTP has kinds of it that hosts lack; so the
 * host only ever gets whole blocks. The positions in errors are OTP's, where its C code refuses the argument.
 */
import type { CipherGCM, CipherGCMTypes, Cipheriv, DecipherGCM, Decipheriv } from "node:crypto";
import {
  Atom,
  atom,
  badarg,
  binary,
  bool,
  charlist,
  FALSE,
  listToArray,
  makeReference,
  mapFrom,
  Reference,
  type Term,
  TRUE,
  Tuple2,
  tagged,
} from "../term/index.ts";
import { bytesOr, failure, hostCryptography, inCrypto } from "./crypto-host.ts";

interface Kind {
  /** The host's name. */
  readonly name: string;
  readonly key: number;
  readonly iv: number;
  readonly block: number;
  readonly mode: string;
  /** OpenSSL's number, where OTP tells it. */
  readonly type: number | null;
}

const AES_MODES: readonly [mode: string, host: string, iv: number, block: number, type: number | null][] = [
  ["cbc", "cbc", 16, 16, 419],
  ["cfb128", "cfb", 16, 1, 421],
  ["cfb8", "cfb8", 16, 1, 421],
  ["ctr", "ctr", 16, 1, null],
  ["ecb", "ecb", 0, 16, 418],
  ["ofb", "ofb", 16, 1, 420],
  ["gcm", "gcm", 12, 1, 895],
  ["ccm", "ccm", 12, 1, 896],
];

/** How far the numbers of the longer keys are from that of 128 bits. */
const LONGER_KEY = { gcm: 3, ccm: 3, other: 4 };

function kinds(): Map<string, Kind> {
  const all = new Map<string, Kind>();
  for (const [mode, host, iv, block, type] of AES_MODES) {
    const step = mode === "gcm" || mode === "ccm" ? LONGER_KEY[mode] : LONGER_KEY.other;
    [128, 192, 256].forEach((bits, i) => {
      const number = type === null ? null : type + i * step;
      const name = `${mode.slice(0, 3)}_mode`;
      all.set(`aes_${bits}_${mode}`, {
        name: `aes-${bits}-${host}`,
        key: bits / 8,
        iv,
        block,
        mode: name,
        type: number,
      });
    });
  }
  const stream = { key: 32, block: 1, mode: "stream_cipher", type: null };
  all.set("chacha20", { ...stream, name: "chacha20", iv: 16 });
  all.set("chacha20_poly1305", { ...stream, name: "chacha20-poly1305", iv: 12 });
  const triple = { key: 24, iv: 8, block: 8, mode: "cbc_mode", type: 44 };
  all.set("des_ede3_cbc", { ...triple, name: "des-ede3-cbc" });
  all.set("des_ede3_cfb", { ...triple, name: "des-ede3-cfb", block: 1, mode: "cfb_mode", type: 30 });
  return all;
}

const KINDS = kinds();
/** Names without the length of the key, which it then tells. */
const ALIASES = ["cbc", "ccm", "cfb128", "cfb8", "ctr", "ecb", "gcm"].map((mode) => `aes_${mode}`);

export const cipherNames = (): string[] => [...KINDS.keys(), ...ALIASES];

const isAead = (kind: Kind): boolean =>
  kind.mode === "gcm_mode" || kind.mode === "ccm_mode" || kind.name === "chacha20-poly1305";

function kindOf(name: string, keyLength: number): Kind | undefined {
  if (!ALIASES.includes(name)) return KINDS.get(name);
  return KINDS.get(name.replace("aes", `aes_${keyLength * 8}`)) ?? KINDS.get(name.replace("aes", "aes_128"));
}

type Padding = "undefined" | "none" | "zero" | "random" | "pkcs_padding";
const PADDINGS: readonly string[] = ["none", "zero", "random", "pkcs_padding", "undefined"];

interface Options {
  readonly encrypt: boolean;
  readonly padding: Padding;
}

function optionsOf(term: Term): Options {
  if (term === TRUE || term === FALSE) return { encrypt: term === TRUE, padding: "undefined" };
  const list = listToArray(term);
  if (list === null) throw failure("badarg", "api_ng", 120, "Options are not a boolean or a proper list");
  let encrypt = true;
  let padding: Padding = "undefined";
  for (const option of list) {
    const [tag, value] = option instanceof Tuple2 ? [option.a, option.b] : [null, null];
    if (!(tag instanceof Atom)) throw failure("badarg", "api_ng", 137, "Bad option format");
    if (tag === atom("encrypt")) {
      if (value !== TRUE && value !== FALSE)
        throw failure("badarg", "api_ng", 146, "Bad 'encrypt' option value");
      encrypt = value === TRUE;
    } else if (tag === atom("padding")) {
      if (!(value instanceof Atom) || !PADDINGS.includes(value.name))
        throw failure("badarg", "api_ng", 168, "Bad 'padding' option value");
      padding = value.name as Padding;
    } else throw failure("badarg", "api_ng", 174, `Bad tag in option: ${tag.name}`);
  }
  return { encrypt, padding };
}

/** A cipher under way; a reference to the program. */
class Running extends Reference {
  readonly kind: Kind;
  readonly options: Options;
  private readonly host: Cipheriv | Decipheriv;
  /** What does not fill a block yet; of what is decrypted with padding, the last block too. */
  private rest: Uint8Array = new Uint8Array(0);
  size = 0;
  padded: number | null = null;
  private ended = false;

  constructor(kind: Kind, options: Options, key: Uint8Array, iv: Uint8Array | null) {
    const { node, id } = makeReference();
    super(node, id);
    this.kind = kind;
    this.options = options;
    const host = hostCryptography();
    const vector = kind.iv === 0 ? null : iv;
    this.host = options.encrypt
      ? host.createCipheriv(kind.name, key, vector)
      : host.createDecipheriv(kind.name, key, vector);
    this.host.setAutoPadding(false);
  }

  private get holdsBack(): boolean {
    const { encrypt, padding } = this.options;
    return !encrypt && padding === "pkcs_padding" && this.kind.block > 1;
  }

  update(data: Uint8Array): Uint8Array {
    if (this.ended) return new Uint8Array(0);
    this.size += data.length;
    const all = joined(this.rest, data);
    let whole = all.length - (all.length % this.kind.block);
    if (this.holdsBack && whole === all.length && whole > 0) whole -= this.kind.block;
    this.rest = all.slice(whole);
    return this.host.update(all.subarray(0, whole));
  }

  final(): Uint8Array {
    if (this.ended) return new Uint8Array(0);
    this.ended = true;
    const { block } = this.kind;
    const { encrypt, padding } = this.options;
    if (block === 1) return new Uint8Array(0);
    if (!encrypt) return this.unpadded(padding);
    if (padding === "none" && this.rest.length > 0)
      throw failure("error", "api_ng", 611, "Padding 'none' but unfilled last block");
    if (padding === "none" || padding === "undefined") return new Uint8Array(0);
    const isFull = this.rest.length === 0 && padding !== "pkcs_padding";
    const missing = isFull ? 0 : block - this.rest.length;
    this.padded = missing;
    const filling = new Uint8Array(missing);
    if (padding === "pkcs_padding") filling.fill(missing);
    if (padding === "random") globalThis.crypto.getRandomValues(filling);
    return this.host.update(joined(this.rest, filling));
  }

  private unpadded(padding: Padding): Uint8Array {
    if (padding !== "pkcs_padding") {
      if (padding === "none" && this.rest.length > 0)
        throw failure("error", "api_ng", 653, "Padding 'none' but unfilled last block");
      return new Uint8Array(0);
    }
    const last = this.rest.length === this.kind.block ? this.host.update(this.rest) : new Uint8Array(0);
    const count = last.at(-1) ?? 0;
    if (count < 1 || count > last.length || last.subarray(last.length - count).some((byte) => byte !== count))
      throw failure("error", "api_ng", 643, "Can't finalize");
    this.padded = count;
    return last.subarray(0, last.length - count);
  }

  state(): Term {
    const { encrypt, padding } = this.options;
    return mapFrom([
      [atom("encrypt"), bool(encrypt)],
      [atom("padding_size"), this.padded ?? atom("undefined")],
      [atom("padding_type"), atom(padding)],
      [atom("size"), this.size],
    ]);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const result = new Uint8Array(a.length + b.length);
  result.set(a);
  result.set(b, a.length);
  return result;
}

function start(name: Term, key: Term, iv: Term | null, options: Term): Running {
  const settings = optionsOf(options);
  if (!(name instanceof Atom)) throw failure("badarg", "api_ng", 235, "Cipher id is not an atom");
  const keyBytes = bytesOr(key, "api_ng", 228, "Bad key");
  const kind = kindOf(name.name, keyBytes.length);
  if (kind === undefined) throw failure("badarg", "api_ng", 242, "Unknown cipher");
  if (isAead(kind)) throw failure("badarg", "api_ng", 250, "Missing arguments for this cipher");
  if (keyBytes.length !== kind.key) throw failure("badarg", "api_ng", 244, "Bad key size");
  const ivBytes = iv === null ? new Uint8Array(0) : bytesOr(iv, "api_ng", 304, "Bad iv type");
  if (kind.iv > 0 && ivBytes.length !== kind.iv) throw failure("badarg", "api_ng", 310, "Bad iv size");
  return new Running(kind, settings, keyBytes, ivBytes);
}

function oneTime(name: Term, key: Term, iv: Term | null, data: Term, options: Term): Term {
  const running = start(name, key, iv, options);
  const bytes = bytesOr(data, "api_ng", 966, "expected binary as data");
  return binary(joined(running.update(bytes), running.final()));
}

function running(state: Term): Running {
  if (state instanceof Running) return state;
  throw failure("badarg", "api_ng", 731, "Bad State");
}

function aead(name: Term, key: Term, iv: Term, text: Term, more: Term, tag: Term, encrypt: Term): Term {
  const isEncrypting = encrypt === TRUE;
  if (!isEncrypting && encrypt !== FALSE) throw failure("badarg", "aead", 57, "Bad encrypt flag");
  const keyBytes = bytesOr(key, "aead", 66, "non-binary key");
  const kind = name instanceof Atom ? kindOf(name.name, keyBytes.length) : undefined;
  if (kind === undefined || keyBytes.length !== kind.key)
    throw failure("badarg", "aead", 90, "Unknown cipher or invalid key size");
  if (!isAead(kind)) throw tagged("badarg", charlist("Not an AEAD cipher"));
  const ivBytes = bytesOr(iv, "aead", 68, "non-binary iv");
  const data = bytesOr(text, "aead", 70, "non-binary text");
  const extra = bytesOr(more, "aead", 72, "non-binary AAD");
  const tagBytes = isEncrypting ? null : bytesOr(tag, "aead", 81, "non-binary AuthTag");
  const tagLength = tagBytes === null ? (tag as number) : tagBytes.length;
  const isLength =
    typeof tagLength === "number" && tagLength >= (tagBytes === null ? 1 : 0) && tagLength <= 16;
  if (!isLength) throw failure("badarg", "aead", 78, "Bad AuthTag length");
  const host = hostCryptography();
  const settings = { authTagLength: tagLength };
  const type = kind.name as CipherGCMTypes;
  try {
    const running = (
      isEncrypting
        ? host.createCipheriv(type, keyBytes, ivBytes, settings)
        : host.createDecipheriv(type, keyBytes, ivBytes, settings)
    ) as CipherGCM & DecipherGCM;
    if (tagBytes !== null) running.setAuthTag(tagBytes);
    running.setAAD(extra, { plaintextLength: data.length } as never);
    const result = joined(running.update(data), running.final());
    return isEncrypting ? new Tuple2(binary(result), binary(running.getAuthTag())) : binary(result);
  } catch (thrown) {
    if (!isEncrypting) return atom("error");
    if ((thrown as { code?: unknown }).code === "ERR_CRYPTO_INVALID_IV")
      throw failure("badarg", "aead", 111, "Bad IV length");
    throw failure("error", "aead", 130, "Can't encrypt");
  }
}

const tagLength = (name: Term): number => (name instanceof Atom && name.name.endsWith("ccm") ? 12 : 16);

/** RFC 4493, of a cipher in CBC mode: what the last block becomes, mixed with a key derived from the first. */
export function cmac(name: string, key: Uint8Array): ((data: Uint8Array) => Uint8Array) | null {
  const kind = kindOf(name, key.length);
  if (kind === undefined || kind.mode !== "cbc_mode" || key.length !== kind.key) return null;
  const { block } = kind;
  const host = hostCryptography();
  const encrypted = (data: Uint8Array): Uint8Array =>
    host.createCipheriv(kind.name, key, new Uint8Array(block)).setAutoPadding(false).update(data);
  const doubled = (bytes: Uint8Array): Uint8Array => {
    const result = bytes.map((byte, i) => (byte << 1) | ((bytes[i + 1] ?? 0) >> 7));
    if (bytes[0] > 127) result[block - 1] ^= block === 16 ? 0x87 : 0x1b;
    return result;
  };
  return (data) => {
    const whole = doubled(encrypted(new Uint8Array(block)));
    const isWhole = data.length > 0 && data.length % block === 0;
    const text = isWhole
      ? Uint8Array.from(data)
      : joined(data, Uint8Array.of(0x80, ...new Uint8Array(block - 1 - (data.length % block))));
    const mask = isWhole ? whole : doubled(whole);
    for (let i = 0; i < block; i++) text[text.length - block + i] ^= mask[i];
    return encrypted(text).subarray(-block);
  };
}

export const cryptoCiphers = inCrypto({
  "crypto_one_time/4": (name, key, data, options) => oneTime(name, key, null, data, options),
  "crypto_one_time/5": (name, key, iv, data, options) => oneTime(name, key, iv, data, options),
  "crypto_one_time_aead/6": (name, key, iv, text, more, encrypt) =>
    aead(name, key, iv, text, more, tagLength(name), encrypt),
  "crypto_one_time_aead/7": aead,
  "crypto_init/3": (name, key, options) => start(name, key, null, options),
  "crypto_init/4": (name, key, iv, options) => start(name, key, iv, options),
  "crypto_update/2": (state, data) =>
    binary(running(state).update(bytesOr(data, "api_ng", 966, "expected binary as data"))),
  "crypto_final/1": (state) => binary(running(state).final()),
  "crypto_get_data/1": (state) => running(state).state(),
  "cipher_info/1": (name) => {
    const kind = name instanceof Atom ? kindOf(name.name, 16) : undefined;
    if (kind === undefined) throw badarg("crypto", "cipher_info", [name]);
    return mapFrom([
      [atom("block_size"), kind.block],
      [atom("iv_length"), kind.iv],
      [atom("key_length"), kind.key],
      [atom("mode"), atom(kind.mode)],
      [atom("prop_aead"), bool(isAead(kind))],
      [atom("type"), kind.type ?? atom("undefined")],
    ]);
  },
});
