/**
 * How the workers of a data-parallel training share numbers: each holds an equal share of the batch, and what depends
 * on the whole batch is averaged over them. Every worker calls in the same order.
 */
export interface Exchange {
  readonly rank: number;
  readonly count: number;
  /** Replaces `values` by their mean over the workers: the same bits in each. */
  average(values: Float32Array): void;
}

/** One worker with the whole batch. */
export const ALONE: Exchange = { rank: 0, count: 1, average: () => undefined };

const ARRIVED = 0;
const ROUND = 1;
const CLOSED = 2;
const HEADER_BYTES = 16;
/** Values a worker can put down at a time; longer arrays go in pieces. */
const SLOT_VALUES = 1 << 18;
const WAIT_MS = 1000;

/** The memory through which `count` workers exchange; all get the same. */
export function createExchangeMemory(count: number): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER_BYTES + count * SLOT_VALUES * Float32Array.BYTES_PER_ELEMENT);
}

/** Lets workers that wait for one that is gone throw instead of waiting forever. */
export function closeExchange(memory: SharedArrayBuffer): void {
  const words = new Int32Array(memory, 0, HEADER_BYTES / 4);
  Atomics.store(words, CLOSED, 1);
  Atomics.notify(words, ROUND);
}

/** The end of worker `rank` of `count`. `average` blocks until all have called it; it throws once it was closed. */
export function joinExchange(memory: SharedArrayBuffer, rank: number, count: number): Exchange {
  const words = new Int32Array(memory, 0, HEADER_BYTES / 4);
  const slots = Array.from(
    { length: count },
    (_, i) => new Float32Array(memory, HEADER_BYTES + i * SLOT_VALUES * 4, SLOT_VALUES),
  );

  const meet = (): void => {
    const round = Atomics.load(words, ROUND);
    if (Atomics.add(words, ARRIVED, 1) === count - 1) {
      Atomics.store(words, ARRIVED, 0);
      Atomics.add(words, ROUND, 1);
      Atomics.notify(words, ROUND);
      return;
    }
    while (Atomics.load(words, ROUND) === round) {
      if (Atomics.load(words, CLOSED) === 1) throw new Error('Another worker of the training has ended.');
      Atomics.wait(words, ROUND, round, WAIT_MS);
    }
  };

  return {
    rank,
    count,
    average: (values) => {
      for (let from = 0; from < values.length; from += SLOT_VALUES) {
        const piece = values.subarray(from, from + SLOT_VALUES);
        slots[rank].set(piece);
        meet();
        // In the order of ranks, so that every worker rounds alike.
        for (let i = 0; i < piece.length; i++) {
          let sum = 0;
          for (let r = 0; r < count; r++) sum += slots[r][i];
          piece[i] = sum / count;
        }
        // Nobody may put down the next piece while another still reads this one.
        meet();
      }
    },
  };
}
