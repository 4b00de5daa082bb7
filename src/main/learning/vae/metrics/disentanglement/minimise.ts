import type { Pace } from './codes';

/** Writes the gradient and returns the value. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number;

const MEMORY = 10;
const MOST_ITERATIONS = 500;
const GRADIENT_SHARE = 1e-7;
const SUFFICIENT_DECREASE = 1e-4;
const MOST_HALVINGS = 40;

/**
 * L-BFGS (Nocedal and Wright, algorithm 7.5) with halving of the step, for smooth convex functions. Ends where the
 * greatest entry of the gradient is 1e-7 of the first one's, where no step lowers the value, or after 500 iterations.
 */
export async function minimise(objective: Objective, start: Float64Array, pace: Pace): Promise<Float64Array> {
  let at = start;
  let gradient = new Float64Array(at.length);
  let value = objective(at, gradient);
  const enough = largest(gradient) * GRADIENT_SHARE;
  const pairs: { step: Float64Array; change: Float64Array; inner: number }[] = [];
  for (let iteration = 0; iteration < MOST_ITERATIONS && largest(gradient) > enough; iteration++) {
    await pace(iteration / MOST_ITERATIONS);
    const direction = gradient.map((entry) => -entry);
    const factors = pairs.map(() => 0);
    for (let i = pairs.length - 1; i >= 0; i--) {
      factors[i] = dot(pairs[i].step, direction) / pairs[i].inner;
      add(direction, pairs[i].change, -factors[i]);
    }
    const last = pairs.at(-1);
    const scale = last ? last.inner / dot(last.change, last.change) : 1 / Math.sqrt(dot(gradient, gradient));
    for (let i = 0; i < direction.length; i++) direction[i] *= scale;
    pairs.forEach(({ step, change, inner }, i) => {
      add(direction, step, factors[i] - dot(change, direction) / inner);
    });

    const slope = dot(gradient, direction);
    const next = new Float64Array(at.length);
    const nextGradient = new Float64Array(at.length);
    let nextValue = Number.POSITIVE_INFINITY;
    let length = 1;
    for (let halving = 0; halving < MOST_HALVINGS; halving++, length /= 2) {
      next.set(at);
      add(next, direction, length);
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + SUFFICIENT_DECREASE * length * slope) break;
    }
    if (!(nextValue < value)) break;
    const step = next.map((entry, i) => entry - at[i]);
    const change = nextGradient.map((entry, i) => entry - gradient[i]);
    const inner = dot(step, change);
    if (inner > 0) pairs.push({ step, change, inner });
    if (pairs.length > MEMORY) pairs.shift();
    [at, gradient, value] = [next, nextGradient, nextValue];
  }
  return at;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function add(to: Float64Array, what: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i] += factor * what[i];
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}
