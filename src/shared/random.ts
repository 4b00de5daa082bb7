/** An explicit seeded generator; nothing in the product draws from a hidden one. */
export interface Random {
  /** Uniform in [0, 1), 32 random bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Integer uniform in [0, count). */
  integer(count: number): number;
  /** The state, for checkpoints; `createRandom(state)` continues the sequence. */
  state(): RandomState;
}

export type RandomState = readonly [number, number, number, number];

/**
 * sfc32 (Doty-Humphrey's Small Fast Counter, 128-bit state), seeded by 12 rounds from one number or resumed from a
 * state. Same seed, same sequence on every machine: integer arithmetic only.
 */
export function createRandom(seed: number | RandomState): Random {
  let a = 0;
  let b = 0;
  let c = 0;
  let counter = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  if (typeof seed === 'number') {
    a = 0x9e3779b9;
    b = Math.floor(seed) | 0;
    c = Math.floor(seed / 4294967296) | 0;
    for (let round = 0; round < 12; round++) next();
  } else {
    [a, b, c, counter] = seed;
  }
  const uniform = (): number => next() / 4294967296;
  return {
    uniform,
    // Box-Muller without a spare, so that the state alone determines what follows.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    integer: (count) => Math.floor(uniform() * count),
    state: () => [a, b, c, counter],
  };
}
