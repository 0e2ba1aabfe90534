/**
 * Tuples. Sizes up to eight have a class each, as `instanceof` is the cheapest test of a shape that
 * V8 offers and fields are cheaper than elements; larger ones hold an array.
 */
import type { Term } from "./term.ts";

export abstract class Tuple {
  abstract readonly size: number;
  /** The element at a zero-based index that the caller has checked. */
  abstract at(index: number): Term;
  abstract toArray(): Term[];
}

export class Tuple0 extends Tuple {
  get size(): number {
    return 0;
  }
  at(): never {
    throw new RangeError("the empty tuple has no elements");
  }
  toArray(): Term[] {
    return [];
  }
}

export class Tuple1 extends Tuple {
  readonly a: Term;
  constructor(a: Term) {
    super();
    this.a = a;
  }
  get size(): number {
    return 1;
  }
  at(): Term {
    return this.a;
  }
  toArray(): Term[] {
    return [this.a];
  }
}

export class Tuple2 extends Tuple {
  readonly a: Term;
  readonly b: Term;
  constructor(a: Term, b: Term) {
    super();
    this.a = a;
    this.b = b;
  }
  get size(): number {
    return 2;
  }
  at(index: number): Term {
    return index === 0 ? this.a : this.b;
  }
  toArray(): Term[] {
    return [this.a, this.b];
  }
}

export class Tuple3 extends Tuple {
  readonly a: Term;
  readonly b: Term;
  readonly c: Term;
  constructor(a: Term, b: Term, c: Term) {
    super();
    this.a = a;
    this.b = b;
    this.c = c;
  }
  get size(): number {
    return 3;
  }
  at(index: number): Term {
    return index === 0 ? this.a : index === 1 ? this.b : this.c;
  }
  toArray(): Term[] {
    return [this.a, this.b, this.c];
  }
}

export class Tuple4 extends Tuple {
  readonly a: Term;
  readonly b: Term;
  readonly c: Term;
  readonly d: Term;
  constructor(a: Term, b: Term, c: Term, d: Term) {
    super();
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }
  get size(): number {
    return 4;
  }
  at(index: number): Term {
    switch (index) {
      case 0:
        return this.a;
      case 1:
        return this.b;
      case 2:
        return this.c;
      default:
        return this.d;
    }
  }
  toArray(): Term[] {
    return [this.a, this.b, this.c, this.d];
  }
}

export class Tuple5 extends Tuple {
  readonly a: Term;
  readonly b: Term;
  readonly c: Term;
  readonly d: Term;
  readonly e: Term;
  constructor(a: Term, b: Term, c: Term, d: Term, e: Term) {
    super();
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    this.e = e;
  }
  get size(): number {
    return 5;
  }
  at(index: number): Term {
    switch (index) {
      case 0:
        return this.a;
      case 1:
        return this.b;
      case 2:
        return this.c;
      case 3:
        return this.d;
      default:
        return this.e;
    }
  }
  toArray(): Term[] {
    return [this.a, this.b, this.c, this.d, this.e];
  }
}

export class Tuple6 extends Tuple {
  readonly a: Term;
  readonly b: Term;
  readonly c: Term;
  readonly d: Term;
  readonly e: Term;
  readonly f: Term;
  constructor(a: Term, b: Term, c: Term, d: Term, e: Term, f: Term) {
    super();
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    this.e = e;
    this.f = f;
  }
  get size(): number {
    return 6;
  }
  at(index: number): Term {
    switch (index) {
      case 0:
        return this.a;
      case 1:
        return this.b;
      case 2:
        return this.c;
      case 3:
        return this.d;
      case 4:
        return this.e;
      default:
        return this.f;
    }
  }
  toArray(): Term[] {
    return [this.a, this.b, this.c, this.d, this.e, this.f];
  }
}

export class Tuple7 extends Tuple {
  readonly a: Term;
  readonly b: Term;
  readonly c: Term;
  readonly d: Term;
  readonly e: Term;
  readonly f: Term;
  readonly g: Term;
  constructor(a: Term, b: Term, c: Term, d: Term, e: Term, f: Term, g: Term) {
    super();
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    this.e = e;
    this.f = f;
    this.g = g;
  }
  get size(): number {
    return 7;
  }
  at(index: number): Term {
    switch (index) {
      case 0:
        return this.a;
      case 1:
        return this.b;
      case 2:
        return this.c;
      case 3:
        return this.d;
      case 4:
        return this.e;
      case 5:
        return this.f;
      default:
        return this.g;
    }
  }
  toArray(): Term[] {
    return [this.a, this.b, this.c, this.d, this.e, this.f, this.g];
  }
}

export class Tuple8 extends Tuple {
  readonly a: Term;
  readonly b: Term;
  readonly c: Term;
  readonly d: Term;
  readonly e: Term;
  readonly f: Term;
  readonly g: Term;
  readonly h: Term;
  constructor(a: Term, b: Term, c: Term, d: Term, e: Term, f: Term, g: Term, h: Term) {
    super();
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
    this.e = e;
    this.f = f;
    this.g = g;
    this.h = h;
  }
  get size(): number {
    return 8;
  }
  at(index: number): Term {
    switch (index) {
      case 0:
        return this.a;
      case 1:
        return this.b;
      case 2:
        return this.c;
      case 3:
        return this.d;
      case 4:
        return this.e;
      case 5:
        return this.f;
      case 6:
        return this.g;
      default:
        return this.h;
    }
  }
  toArray(): Term[] {
    return [this.a, this.b, this.c, this.d, this.e, this.f, this.g, this.h];
  }
}

/** Nine elements and more. */
export class TupleN extends Tuple {
  readonly items: readonly Term[];

  constructor(items: readonly Term[]) {
    super();
    this.items = items;
  }
  get size(): number {
    return this.items.length;
  }
  at(index: number): Term {
    return this.items[index];
  }
  toArray(): Term[] {
    return this.items.slice();
  }
}

/** The tuple `{}`. */
export const EMPTY_TUPLE = new Tuple0();

/** The tuple of the items; `TupleN` keeps the array, so the caller gives it away. */
export function tupleOf(items: readonly Term[]): Tuple {
  const i = items;
  switch (i.length) {
    case 0:
      return EMPTY_TUPLE;
    case 1:
      return new Tuple1(i[0]);
    case 2:
      return new Tuple2(i[0], i[1]);
    case 3:
      return new Tuple3(i[0], i[1], i[2]);
    case 4:
      return new Tuple4(i[0], i[1], i[2], i[3]);
    case 5:
      return new Tuple5(i[0], i[1], i[2], i[3], i[4]);
    case 6:
      return new Tuple6(i[0], i[1], i[2], i[3], i[4], i[5]);
    case 7:
      return new Tuple7(i[0], i[1], i[2], i[3], i[4], i[5], i[6]);
    case 8:
      return new Tuple8(i[0], i[1], i[2], i[3], i[4], i[5], i[6], i[7]);
    default:
      return new TupleN(i);
  }
}

export function tuple(...items: Term[]): Tuple {
  return tupleOf(items);
}
