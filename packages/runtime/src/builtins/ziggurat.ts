/**
 * Numbers of the standard normal distribution by the ziggurat method of Marsaglia and Tsang, with the 256 layers that Erlang's
 * `:rand` has: 255 rectangles of one area under the bell, and a base with the tail.
 *
 * Erlang's numbers are repeated to the bit, so the layers are computed with fractions of 120 bits, where floats would be off
 * in their last one and, as to `Math.exp`, not the same in every engine. That takes a few milliseconds, once.
 */

const ONE = 1n << 120n;
/** Where the tail begins. */
const TAIL = fixed("3.6541528853610087963519472518");
/** The area of a layer: a rectangle of that width, with the tail below it. */
const AREA = fixed("0.0049286732339746549315909134318471488833053");
/** The draws are of so many bits. */
const BITS = 51;

/** A decimal fraction with one digit before the point. */
function fixed(digits: string): bigint {
  return (BigInt(digits.replace(".", "")) * ONE) / 10n ** BigInt(digits.length - 2);
}

function float(x: bigint): number {
  return Number(x) * 2 ** -120;
}

/** e to the power of -x, for x from 0 on: the series for a 64th of x, and its 64th power. */
function expNegative(x: bigint): bigint {
  const part = x >> 6n;
  let [term, sum] = [ONE, ONE];
  for (let n = 1n; term !== 0n; n++) {
    term = (term * part) / ONE / n;
    sum += n & 1n ? -term : term;
  }
  for (let i = 0; i < 6; i++) sum = (sum * sum) / ONE;
  return sum;
}

/** -ln(x), for x below 1: a float, and one step of Newton's to twice its digits. */
function minusLog(x: bigint): bigint {
  const near = BigInt(Math.round(-Math.log(float(x)) * 2 ** 52)) << 68n;
  const error = (x * ONE) / expNegative(near) - ONE;
  return near - error + (error * error) / ONE / 2n;
}

function squareRoot(x: bigint): bigint {
  const near = BigInt(Math.round(Math.sqrt(float(x)) * 2 ** 52)) << 68n;
  return (near + (x * ONE) / near) >> 1n;
}

const bell = (x: bigint): bigint => expNegative((x * x) / ONE / 2n);

interface Layers {
  /** Draws below it are inside of the rectangle whatever lies above. */
  readonly inside: readonly number[];
  /** What a draw is multiplied by. */
  readonly width: readonly number[];
  /** The height of the bell at the right edge. */
  readonly height: readonly number[];
}

function layersOf(): Layers {
  const inside: number[] = [];
  const width: number[] = [];
  const height: number[] = [];
  const scaled = (ratio: bigint) => Number((ratio << BigInt(BITS)) / ONE);
  const base = (AREA * ONE) / bell(TAIL);
  inside[0] = scaled((TAIL * ONE) / base);
  inside[1] = 0;
  width[0] = float(base) * 2 ** -BITS;
  height[0] = 1;
  let edge = TAIL;
  for (let layer = 255; layer >= 1; layer--) {
    width[layer] = float(edge) * 2 ** -BITS;
    height[layer] = float(bell(edge));
    if (layer === 1) break;
    const above = squareRoot(2n * minusLog((AREA * ONE) / edge + bell(edge)));
    inside[layer] = scaled((above * ONE) / edge);
    edge = above;
  }
  return { inside, width, height };
}

let layers: Layers | null = null;

/** `next` draws from 0 on with one bit for the sign above the 51; `uniform` from 0.0 up to 1.0. */
export function ziggurat(
  next: () => readonly [isNegative: boolean, draw: number],
  uniform: () => number,
): number {
  layers ??= layersOf();
  const { inside, width, height } = layers;
  const tail = float(TAIL);
  for (;;) {
    const [isNegative, draw] = next();
    const layer = draw % 256;
    const x = draw * width[layer];
    const signed = isNegative ? -x : x;
    if (draw < inside[layer]) return signed;
    if (layer > 0) {
      const low = height[layer];
      if ((height[layer - 1] - low) * uniform() + low < Math.exp(-0.5 * x * x)) return signed;
      continue;
    }
    for (;;) {
      const beyond = -(1 / tail) * Math.log(uniform());
      const y = -Math.log(uniform());
      if (y + y > beyond * beyond) return isNegative ? -tail - beyond : tail + beyond;
    }
  }
}
