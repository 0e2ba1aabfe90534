/** Links that carry the code of a block, the seed and the clock, compressed, behind the `#`: no server sees them. */
export type Clock = "real" | "fast" | "virtual";

export interface Shared {
  readonly block: string;
  readonly code: string;
  readonly clock: Clock;
  readonly seed: number | null;
}

const SIGN = "#share=";
/** A link with more is not worth unpacking: no browser would have made it. */
const MAX_CODE = 100_000;

export async function linkTo(shared: Shared): Promise<string> {
  return `${location.origin}${location.pathname}${SIGN}${await packed(shared)}`;
}

/** What the link of this page carries; `null` without, and for what cannot be read. */
export async function fromLink(hash = location.hash): Promise<Shared | null> {
  const given = await unpacked(hash, SIGN);
  if (given === null) return null;
  const { block, code, clock, seed } = given;
  if (typeof block !== "string" || typeof code !== "string") return null;
  return {
    block,
    code,
    clock: clock === "virtual" || clock === "fast" ? clock : "real",
    seed: Number.isSafeInteger(seed) && (seed as number) >= 0 ? (seed as number) : null,
  };
}

/** Data as text for a link. */
export async function packed(data: object): Promise<string> {
  const bytes = await piped(
    new TextEncoder().encode(JSON.stringify(data)),
    new CompressionStream("deflate-raw"),
  );
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** What stands behind the sign in the hash of a link: an object of unknown content, or `null`. */
export async function unpacked(hash: string, sign: string): Promise<Record<string, unknown> | null> {
  if (!hash.startsWith(sign)) return null;
  try {
    const text = atob(hash.slice(sign.length).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const data = JSON.parse(
      new TextDecoder().decode(await piped(bytes, new DecompressionStream("deflate-raw"))),
    );
    return typeof data === "object" ? data : null;
  } catch {
    return null;
  }
}

async function piped(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader();
  const parts: number[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Uint8Array.from(parts);
    if (parts.length + value.length > MAX_CODE) throw new RangeError(`more than ${MAX_CODE} bytes of code`);
    for (const byte of value) parts.push(byte);
  }
}
