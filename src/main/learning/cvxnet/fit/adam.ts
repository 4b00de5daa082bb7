/** First and second moments of one parameter buffer. */
export interface AdamState {
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Powers of the decay rates, for the bias correction. */
  firstPower: number;
  secondPower: number;
}

const FIRST_DECAY = 0.9;
const SECOND_DECAY = 0.99;
const EPSILON = 1e-8;

export function createAdam(length: number): AdamState {
  return {
    first: new Float32Array(length),
    second: new Float32Array(length),
    firstPower: 1,
    secondPower: 1,
  };
}

/**
 * One Adam step (Kingma and Ba 2015, algorithm 1) on `values` in place. Entries with frozen = 1 are left bit-identical.
 * The second moment decays faster than usual: a fit has some hundred steps, and sharpness changes along them.
 */
export function adamStep(
  state: AdamState,
  values: Float32Array,
  gradient: Float32Array,
  frozen: Uint8Array,
  learningRate: number,
): void {
  state.firstPower *= FIRST_DECAY;
  state.secondPower *= SECOND_DECAY;
  const { first, second } = state;
  const rate = learningRate / (1 - state.firstPower);
  const scale = 1 / (1 - state.secondPower);
  for (let i = 0; i < values.length; i++) {
    if (frozen[i] === 1) continue;
    const g = gradient[i];
    first[i] = FIRST_DECAY * first[i] + (1 - FIRST_DECAY) * g;
    second[i] = SECOND_DECAY * second[i] + (1 - SECOND_DECAY) * g * g;
    values[i] -= (rate * first[i]) / (Math.sqrt(second[i] * scale) + EPSILON);
  }
}
