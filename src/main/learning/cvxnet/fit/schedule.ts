import type { StepSettings } from './stepper';

/** A stretch of steps with its own warm-up, falling rate and rising sharpness. */
export interface Round {
  readonly index: number;
  readonly steps: number;
  /** Steps between two looks at which samples still inform the fit. */
  readonly refresh: number;
  readonly learningRate: number;
  /** Samples farther than this from the surface and on the right side inform no step. Learning units. */
  readonly band: number;
  readonly sharpness: readonly [from: number, to: number];
  readonly smoothness: readonly [from: number, to: number];
}

const FIRST_ROUND = 150;
const LATER_ROUND = 100;
const WARM_UP = 0.05;
/** The rate falls to this share of its top. */
const LAST_RATE = 0.005;

/** Rounds of a fit from scratch that fill at most `steps`. */
export function freshRounds(steps: number): Round[] {
  const rounds: Round[] = [];
  for (let left = steps; left > 0;) {
    const index = rounds.length;
    const length = index === 0 ? FIRST_ROUND : LATER_ROUND;
    // A stub of a round would end before its sharpness has risen.
    const own = left - length < LATER_ROUND / 2 ? left : length;
    rounds.push({
      index,
      steps: own,
      refresh: 50,
      learningRate: index === 0 ? 0.004 : 0.003,
      band: index === 0 ? 0.03 : 0.015,
      sharpness: index === 0 ? [50, 300] : [100, 500],
      smoothness: index === 0 ? [80, 600] : [150, 1200],
    });
    left -= own;
  }
  return rounds;
}

/** Rounds that continue from a shape somebody made: sharp and slow from the start. */
export function refiningRounds(steps: number): Round[] {
  return freshRounds(steps).map((round) => ({
    ...round,
    learningRate: 0.0015,
    sharpness: [150, 500],
    smoothness: [300, 1200],
  }));
}

/** Settings of step `i` of a round: geometric rise of the sharpnesses, warm-up and cosine fall of the rate. */
export function settingsAt(round: Round, i: number): StepSettings {
  const t = i / round.steps;
  const rise = ([from, to]: readonly [number, number]): number => from * (to / from) ** t;
  const fall =
    t < WARM_UP
      ? (i + 1) / (WARM_UP * round.steps + 1)
      : LAST_RATE + (1 - LAST_RATE) * 0.5 * (1 + Math.cos((Math.PI * (t - WARM_UP)) / (1 - WARM_UP)));
  return {
    sharpness: rise(round.sharpness),
    smoothness: rise(round.smoothness),
    learningRate: round.learningRate * fall,
  };
}
