/** Lines of a stream, read when they are asked for, each with the end that it has: the last one may have none. */
import type { Readable } from "node:stream";

export class LineInput {
  readonly #stream: Readable;
  #chunks: AsyncIterator<string> | null = null;
  /** Chunks without the end of a line, and what follows the line given last. */
  #rest = "";
  #ended = false;

  constructor(stream: Readable) {
    this.#stream = stream;
  }

  /** The next line, `null` at the end of the stream. */
  async next(): Promise<string | null> {
    this.#chunks ??= this.#stream.setEncoding("utf8")[Symbol.asyncIterator]();
    let searched = 0;
    for (;;) {
      const end = this.#rest.indexOf("\n", searched) + 1;
      if (end > 0) return this.#take(end);
      if (this.#ended) return this.#rest === "" ? null : this.#take(this.#rest.length);
      searched = this.#rest.length;
      const { value, done } = await this.#chunks.next();
      if (done) this.#ended = true;
      else this.#rest += value;
    }
  }

  #take(length: number): string {
    const line = this.#rest.slice(0, length);
    this.#rest = this.#rest.slice(length);
    return line;
  }
}
