/**
 * `:crypto`: keys of elliptic curves and RSA, with the host's own implementation: making them, agreeing on secrets, signing,
 * encrypting. Hosts take keys in containers, Erlang has bare numbers and points; this is the way between them.
 */
import type { KeyObject } from "node:crypto";
import {
  Atom,
  atom,
  Bitstring,
  binary,
  bool,
  errorIn,
  list,
  listToArray,
  type Term,
  Tuple2,
  tuple,
} from "../term/index.ts";
import { bytesOr, failure, hostCryptography, inCrypto } from "./crypto-host.ts";

/** Curves whose keys the host exchanges by number and point, with the host's names. */
const CURVES: Readonly<Record<string, string>> = {
  secp256k1: "secp256k1",
  secp256r1: "prime256v1",
  prime256v1: "prime256v1",
  secp384r1: "secp384r1",
  secp521r1: "secp521r1",
};
const JWK_CURVES: Readonly<Record<string, string>> = {
  secp256k1: "secp256k1",
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521",
};
/** Curves whose keys are bytes. */
const OCTET_CURVES: Readonly<Record<string, string>> = {
  x25519: "X25519",
  x448: "X448",
  ed25519: "Ed25519",
  ed448: "Ed448",
};
/** What stands before the bytes of a private key in its container. */
const OCTET_PREFIXES: Readonly<Record<string, string>> = {
  x25519: "302e020100300506032b656e04220420",
  x448: "3046020100300506032b656f043a0438",
  ed25519: "302e020100300506032b657004220420",
  ed448: "3047020100300506032b6571043b0439",
};

export const curveNames = (): string[] => [...Object.keys(CURVES), ...Object.keys(OCTET_CURVES)];

const text64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
const from64 = (text: string | undefined): Bitstring =>
  binary(Uint8Array.from(Buffer.from(text ?? "", "base64url")));

function curveOf(term: Term): string {
  const name = term instanceof Atom ? term.name : "";
  if (Object.hasOwn(CURVES, name) || Object.hasOwn(OCTET_CURVES, name)) return name;
  throw failure("badarg", "ec", 355, "Couldn't get Curve definition");
}

function octetPrivate(curve: string, bytes: Uint8Array): KeyObject {
  const der = Buffer.concat([Buffer.from(OCTET_PREFIXES[curve], "hex"), bytes]);
  return hostCryptography().createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

function octetPublic(curve: string, bytes: Uint8Array): KeyObject {
  const key = { kty: "OKP", crv: OCTET_CURVES[curve], x: text64(bytes) };
  return hostCryptography().createPublicKey({ key, format: "jwk" });
}

function pointPublic(curve: string, point: Uint8Array): KeyObject {
  const half = (point.length - 1) / 2;
  const key = {
    kty: "EC",
    crv: JWK_CURVES[CURVES[curve]],
    x: text64(point.slice(1, 1 + half)),
    y: text64(point.slice(1 + half)),
  };
  return hostCryptography().createPublicKey({ key, format: "jwk" });
}

function pointPrivate(curve: string, number: Uint8Array): KeyObject {
  const host = hostCryptography();
  const pair = host.createECDH(CURVES[curve]);
  pair.setPrivateKey(number);
  const point = pair.getPublicKey();
  const half = (point.length - 1) / 2;
  const padded = Buffer.concat([new Uint8Array(Math.max(0, half - number.length)), number]);
  const key = {
    kty: "EC",
    crv: JWK_CURVES[CURVES[curve]],
    d: text64(padded),
    x: text64(point.subarray(1, 1 + half)),
    y: text64(point.subarray(1 + half)),
  };
  return host.createPrivateKey({ key, format: "jwk" });
}

function number(term: Term): Uint8Array {
  if (term instanceof Bitstring) return term.bytes;
  const digits = BigInt(term as number).toString(16);
  return Buffer.from(digits.length % 2 === 1 ? `0${digits}` : digits, "hex");
}

const RSA_PARTS = ["e", "n", "d", "p", "q", "dp", "dq", "qi"] as const;

function rsaKey(term: Term, isPrivate: boolean): KeyObject {
  const parts = listToArray(term) ?? [];
  const enough = isPrivate ? parts.length === RSA_PARTS.length : parts.length >= 2;
  if (!enough) throw failure("badarg", "pkey", 357, "Couldn't get RSA private key");
  const key: Record<string, string> = { kty: "RSA" };
  RSA_PARTS.slice(0, isPrivate ? RSA_PARTS.length : 2).forEach((part, i) => {
    key[part] = text64(number(parts[i]));
  });
  const host = hostCryptography();
  return isPrivate
    ? host.createPrivateKey({ key, format: "jwk" })
    : host.createPublicKey({ key, format: "jwk" });
}

function generate(type: Term, parameters: Term, given: Term): Term {
  const host = hostCryptography();
  const isGiven = given !== atom("undefined");
  if (type === atom("ecdh") || type === atom("eddh") || type === atom("eddsa")) {
    const curve = curveOf(parameters);
    if (Object.hasOwn(CURVES, curve)) {
      const pair = host.createECDH(CURVES[curve]);
      if (isGiven) pair.setPrivateKey(number(given));
      else pair.generateKeys();
      return tuple(
        binary(Uint8Array.from(pair.getPublicKey())),
        isGiven ? given : binary(Uint8Array.from(pair.getPrivateKey())),
      );
    }
    const key = isGiven
      ? octetPrivate(curve, bytesOr(given, "ecx", 57, "Bad private key"))
      : host.generateKeyPairSync(curve as "x25519").privateKey;
    const { x, d } = key.export({ format: "jwk" });
    return tuple(from64(x), from64(d));
  }
  if (type === atom("rsa")) {
    const [bits, exponent] = (parameters as Tuple2).toArray() as [number, Term];
    const size = {
      modulusLength: bits,
      publicExponent: Number(typeof exponent === "number" ? exponent : 65537),
    };
    const parts = host.generateKeyPairSync("rsa", size).privateKey.export({ format: "jwk" });
    const values = RSA_PARTS.map((part) => from64(parts[part]));
    return tuple(list(values.slice(0, 2)), list(values));
  }
  throw errorIn("function_clause", "crypto", "generate_key", [type, parameters, given]);
}

function computed(type: Term, others: Term, mine: Term, parameters: Term): Term {
  if (type !== atom("ecdh") && type !== atom("eddh"))
    throw errorIn("function_clause", "crypto", "compute_key", [type, others, mine, parameters]);
  const curve = curveOf(parameters);
  const host = hostCryptography();
  const theirs = bytesOr(others, "ecdh", 67, "Bad peer public key");
  if (Object.hasOwn(CURVES, curve)) {
    const pair = host.createECDH(CURVES[curve]);
    pair.setPrivateKey(number(mine));
    return binary(Uint8Array.from(pair.computeSecret(theirs)));
  }
  const secret = host.diffieHellman({
    privateKey: octetPrivate(curve, number(mine)),
    publicKey: octetPublic(curve, theirs),
  });
  return binary(Uint8Array.from(secret));
}

/** The host's key of `[key, curve]`, or of an RSA key's parts. */
function hostKey(type: Term, key: Term, isPrivate: boolean): KeyObject {
  if (type === atom("rsa")) return rsaKey(key, isPrivate);
  const [bytes, parameters] = listToArray(key) ?? [];
  const curve = curveOf(parameters ?? atom("undefined"));
  const found = number(bytes as Term);
  if (Object.hasOwn(OCTET_CURVES, curve))
    return isPrivate ? octetPrivate(curve, found) : octetPublic(curve, found);
  return isPrivate ? pointPrivate(curve, found) : pointPublic(curve, found);
}

const HASHES: Readonly<Record<string, string>> = { sha: "sha1", none: "" };

function hashName(type: Term): string | null {
  const name = type instanceof Atom ? type.name : "";
  const found = HASHES[name] ?? name.replace("_", "-");
  return found === "" ? null : found;
}

function option(options: Term, name: string): Term | undefined {
  for (const each of listToArray(options) ?? []) {
    if (each instanceof Tuple2 && each.a === atom(name)) return each.b;
  }
  return undefined;
}

const PADDINGS: Readonly<Record<string, string>> = {
  rsa_pkcs1_padding: "RSA_PKCS1_PADDING",
  rsa_pkcs1_oaep_padding: "RSA_PKCS1_OAEP_PADDING",
  rsa_pkcs1_pss_padding: "RSA_PKCS1_PSS_PADDING",
  rsa_no_padding: "RSA_NO_PADDING",
};

function paddingOf(options: Term): number {
  const found = options instanceof Atom ? options : option(options, "rsa_padding");
  const name = PADDINGS[(found as Atom | undefined)?.name ?? "rsa_pkcs1_padding"];
  return (hostCryptography().constants as unknown as Record<string, number>)[name];
}

function signing(type: Term, key: KeyObject, options: Term) {
  if (type !== atom("rsa")) return { key };
  const saltLength = option(options, "rsa_pss_saltlen") as number | undefined;
  return { key, padding: paddingOf(options), ...(saltLength === undefined ? {} : { saltLength }) };
}

/** Of a digest that is already made, hosts cannot tell: those are refused. */
function message(data: Term): Uint8Array {
  return bytesOr(data, "pkey", 313, "Bad data or length");
}

function sign(type: Term, hash: Term, data: Term, key: Term, options: Term): Term {
  const host = hostCryptography();
  return binary(
    Uint8Array.from(
      host.sign(hashName(hash), message(data), signing(type, hostKey(type, key, true), options)),
    ),
  );
}

function verify(type: Term, hash: Term, data: Term, signature: Term, key: Term, options: Term): Term {
  const host = hostCryptography();
  const bytes = bytesOr(signature, "pkey", 1000, "Bad signature");
  return bool(
    host.verify(hashName(hash), message(data), signing(type, hostKey(type, key, false), options), bytes),
  );
}

function ciphering(name: "publicEncrypt" | "publicDecrypt" | "privateEncrypt" | "privateDecrypt") {
  return (type: Term, data: Term, key: Term, options: Term): Term => {
    const bytes = message(data);
    const hostedKey = hostKey(type, key, name.startsWith("private"));
    try {
      return binary(
        Uint8Array.from(hostCryptography()[name]({ key: hostedKey, padding: paddingOf(options) }, bytes)),
      );
    } catch {
      throw failure("error", "pkey", 1390, "Couldn't encrypt or decrypt");
    }
  };
}

const EMPTY_OPTIONS = list([]);

export const cryptoKeys = inCrypto({
  "generate_key/2": (type, parameters) => generate(type, parameters, atom("undefined")),
  "generate_key/3": generate,
  "compute_key/4": computed,
  "sign/4": (type, hash, data, key) => sign(type, hash, data, key, EMPTY_OPTIONS),
  "sign/5": sign,
  "verify/5": (type, hash, data, signature, key) => verify(type, hash, data, signature, key, EMPTY_OPTIONS),
  "verify/6": verify,
  "public_encrypt/4": ciphering("publicEncrypt"),
  "private_decrypt/4": ciphering("privateDecrypt"),
  "private_encrypt/4": ciphering("privateEncrypt"),
  "public_decrypt/4": ciphering("publicDecrypt"),
  "ec_curves/0": () => list(curveNames().map(atom)),
});
