/** Links that carry the code of a block, compressed, behind the `#`: no server sees it. */
export interface Shared {
  readonly block: string;
  readonly code: string;
  readonly clock: "real" | "virtual";
}

const SIGN = "#share=";
/** A link with more is not worth unpacking: no browser would have made it. */
const MAX_CODE = 100_000;

export async function linkTo(shared: Shared): Promise<string> {
  const bytes = await piped(
    new TextEncoder().encode(JSON.stringify(shared)),
    new CompressionStream("deflate-raw"),
  );
  const text = btoa(String.fromCharCode(...bytes));
  return `${location.origin}${location.pathname}${SIGN}${text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** What the link of this page carries; `null` without, and for what cannot be read. */
export async function fromLink(hash = location.hash): Promise<Shared | null> {
  if (!hash.startsWith(SIGN)) return null;
  try {
    const text = atob(hash.slice(SIGN.length).replaceAll("-", "+").replaceAll("_", "/"));
    const packed = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const bytes = await piped(packed, new DecompressionStream("deflate-raw"));
    const { block, code, clock } = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof block !== "string" || typeof code !== "string") return null;
    return { block, code, clock: clock === "virtual" ? "virtual" : "real" };
  } catch {
    return null;
  }
}

async function piped(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader();
  const parts: number[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Uint8Array.from(parts);
    if (parts.length + value.length > MAX_CODE) throw new RangeError(`more than ${MAX_CODE} bytes of code`);
    for (const byte of value) parts.push(byte);
  }
}
