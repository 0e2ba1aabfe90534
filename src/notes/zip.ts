/** A zip archive whose files are stored as they are: the big one among them is compressed already. */
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Names are UTF-8. */
const UTF8 = 0x0800;
/** 1980-01-01, the first day that the format knows: the same files make the same archive. */
const DATE = 0x21;

export function zip(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = new TextEncoder().encode(path);
    const data = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const about = [UTF8, 0, 0, DATE] as const;
    const sizes = [crc32(data), data.length, data.length] as const;
    const local = record([LOCAL], [20, ...about], sizes, [name.length, 0]);
    directory.push(
      record([CENTRAL], [20, 20, ...about], sizes, [name.length, 0, 0, 0, 0], [0, offset]),
      name,
    );
    parts.push(local, name, data);
    offset += local.length + name.length + data.length;
  }
  const count = Object.keys(files).length;
  const length = directory.reduce((sum, part) => sum + part.length, 0);
  const end = record([END], [0, 0, count, count], [length, offset], [0]);
  return joined([...parts, ...directory, end]);
}

/** Numbers in little endian: groups of 4 bytes, then of 2, and so on in turn. */
function record(...groups: readonly (readonly number[])[]): Uint8Array {
  const bytes: number[] = [];
  groups.forEach((group, index) => {
    for (const value of group)
      for (let byte = 0; byte < (index % 2 === 0 ? 4 : 2); byte++) bytes.push((value >>> (8 * byte)) & 255);
  });
  return Uint8Array.from(bytes);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function crc32(data: Uint8Array): number {
  let crc = -1;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ -1) >>> 0;
}
