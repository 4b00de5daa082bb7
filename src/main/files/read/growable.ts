type TypedArray = Float64Array | Uint32Array;

/** An array that grows by doubling while a text file of unknown length is read. */
export interface Growable<T extends TypedArray> {
  push(value: number): void;
  length(): number;
  at(index: number): number;
  /** A copy of what was pushed. */
  finish(): T;
}

export function growFloat64(): Growable<Float64Array> {
  return grow((size) => new Float64Array(size));
}

export function growUint32(): Growable<Uint32Array> {
  return grow((size) => new Uint32Array(size));
}

function grow<T extends TypedArray>(create: (size: number) => T): Growable<T> {
  let buffer = create(1024);
  let used = 0;
  return {
    push: (value) => {
      if (used === buffer.length) {
        const larger = create(buffer.length * 2);
        larger.set(buffer);
        buffer = larger;
      }
      buffer[used++] = value;
    },
    length: () => used,
    at: (index) => buffer[index],
    finish: () => buffer.slice(0, used) as T,
  };
}
