import type { TrainingConfig } from '../../../shared/contract/training';

/** Learning rate of a step, counted from 0: a linear rise, then constant or half a cosine down to the final rate. */
export function rateAt(
  { optimiser, steps }: Pick<TrainingConfig, 'optimiser' | 'steps'>,
  step: number,
): number {
  const { rate, warmup, schedule, finalRate } = optimiser;
  if (step < warmup) return (rate * (step + 1)) / warmup;
  if (schedule === 'constant') return rate;
  const done = Math.min(1, (step - warmup) / Math.max(1, steps - warmup));
  return finalRate + (rate - finalRate) * 0.5 * (1 + Math.cos(Math.PI * done));
}

/** Sharpness of a step: geometrically from the start to the network's own. */
export function sharpnessAt(config: Pick<TrainingConfig, 'sharpness' | 'network'>, step: number): number {
  const end = config.network.sharpness;
  if (config.sharpness === null || step >= config.sharpness.steps) return end;
  const { from, steps } = config.sharpness;
  return from * (end / from) ** (step / steps);
}

/** Decay of the moving average at a step: young averages forget faster, or the start would weigh for long. */
export function averageDecay(decay: number, step: number): number {
  return Math.min(decay, (1 + step) / (10 + step));
}
