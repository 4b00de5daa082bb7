import { pictureStep, type CvxNetTraining } from './training';

/**
 * Learning rate of a step, counted from 0: within each stage a linear rise, then constant or half a cosine down to the
 * final rate.
 */
export function rateAt(
  config: Pick<CvxNetTraining, 'optimiser' | 'steps' | 'teacher'>,
  step: number,
): number {
  const { optimiser, steps, teacher } = config;
  const own = pictureStep(config, step);
  if (own >= 0 || teacher === null) return stageRate(optimiser, optimiser.rate, steps, own);
  return stageRate(optimiser, teacher.rate, teacher.steps, step);
}

function stageRate(
  { warmup, schedule, finalRate }: CvxNetTraining['optimiser'],
  rate: number,
  steps: number,
  step: number,
): number {
  if (step < warmup) return (rate * (step + 1)) / warmup;
  if (schedule === 'constant') return rate;
  const done = Math.min(1, (step - warmup) / Math.max(1, steps - warmup));
  return finalRate + (rate - finalRate) * fall(done);
}

/** Sharpness of a step, over both stages: geometrically from the start to the network's own. */
export function sharpnessAt(config: Pick<CvxNetTraining, 'sharpness' | 'network'>, step: number): number {
  const end = config.network.sharpness;
  if (config.sharpness === null || step >= config.sharpness.steps) return end;
  const { from, steps } = config.sharpness;
  return from * (end / from) ** (step / steps);
}

/** How strongly the picture's code is drawn to the grid's at a step. */
export function teacherWeightAt(config: Pick<CvxNetTraining, 'steps' | 'teacher'>, step: number): number {
  if (config.teacher === null) return 0;
  return config.teacher.weight * fall(Math.min(1, pictureStep(config, step) / config.steps));
}

/**
 * How far a step of the optimiser moves the decoder, 0 to 1: what the first stage taught it is kept while the codes of
 * pictures are still noise, and given free as the pull to the grids' codes fades.
 */
export function decoderShareAt(config: Pick<CvxNetTraining, 'steps' | 'teacher'>, step: number): number {
  const own = pictureStep(config, step);
  return config.teacher === null || own < 0 ? 1 : 1 - fall(Math.min(1, own / config.steps));
}

/** Half a cosine from 1 to 0. */
function fall(done: number): number {
  return 0.5 * (1 + Math.cos(Math.PI * done));
}

/**
 * Decay of the moving average at a step: young averages forget faster, or a stage's start would weigh for long. Each
 * stage trains weights that are new to it, so its average begins anew.
 */
export function averageDecay(decay: number, config: Pick<CvxNetTraining, 'teacher'>, step: number): number {
  const own = pictureStep(config, step);
  const age = own >= 0 ? own : step;
  return Math.min(decay, (1 + age) / (10 + age));
}
