import { CANCELLED } from '../../../../shared/contract/job-client';
import type { FitOptions } from '../../../../shared/contract/jobs';
import type { LabelledPoints } from '../../../../shared/geometry/occupancy';
import { createRandom } from '../../../../shared/random';
import { fail, ok, type Problem, type Result } from '../../../../shared/result';
import { REFERENCE_SHARPNESS } from '../../../../shared/shape/parameters';
import type { ConvexShape } from '../../../../shared/shape/types';
import type { ConvexFieldKernel } from '../../../compute/kernels/types';
import { partContains } from '../../../../shared/shape/explicit';
import type { Bounds } from './bounds';
import { createPool, refreshPool, type SamplePool } from './batches';
import { createBreath, type Breath } from './breath';
import { continueFrom } from './continue';
import { weighPoints, type WeightedPoints } from './coverage';
import { finishShape, previewShape, FINISHED_SMOOTHNESS } from './finish';
import { initialise } from './initialise';
import { copyParameters, type FitParameters } from './parameters';
import { polishOffsets } from './polish';
import { restructure, withoutIdleParts, type Restructured } from './restructure';
import { freshRounds, refiningRounds, settingsAt, type Round } from './schedule';
import { createStepper, type Stepper } from './stepper';
import { cutToBox } from './within-box';

export interface FitSamples {
  /** Uniform in the learning box. */
  readonly box: LabelledPoints;
  /** Within some hundredths of the surface; may be empty. */
  readonly nearSurface: LabelledPoints;
}

/**
 * How many samples a fit of a mesh should be given, and from where: learning units, standard deviation `band`. Fewer
 * near-surface ones are learned by heart; more uniform ones add little.
 */
export const FIT_SAMPLING = { box: 40_000, nearSurface: 80_000, halfSize: 0.55, band: 0.02 } as const;

export interface FitProgress {
  readonly step: number;
  /** Upper bound of `step`; a fit that converges ends before. */
  readonly steps: number;
  readonly loss: number;
  /** IoU of the explicit polytopes on the samples, at the last round's end. */
  readonly iou: number;
  readonly parts: number;
  readonly stage: string;
}

export interface FitRequest {
  readonly samples: FitSamples;
  readonly options: FitOptions;
  /**
   * Continue from this shape: its parts keep their names and places, what is locked stays bit-identical. The count of
   * the options is the whole result's: surplus parts go, unless they are locked, and missing ones are made.
   */
  readonly initial?: ConvexShape;
  /** The source's bounding box, which no part may leave; locked parts may. */
  readonly within?: Bounds;
  readonly kernel: ConvexFieldKernel;
  readonly signal: AbortSignal;
  onProgress(progress: FitProgress): void;
  /** The argument makes the newest preview when it is called. */
  onPreview(shape: () => ConvexShape): void;
}

export interface FitOutcome {
  readonly shape: ConvexShape;
  readonly steps: number;
  readonly stopped: 'converged' | 'step limit';
  /** Of the explicit polytopes on the uniform samples. */
  readonly iou: number;
}

/** Weight of a near-surface sample beside a uniform one where the explicit shape is judged. */
const NEAR_SURFACE_WEIGHT = 0.5;
/** A round that can be expected to win less IoU than this is not run. */
const LEAST_ROUND_GAIN = 0.001;
const STEPS_PER_PREVIEW = 10;
const POLISH_SWEEPS = 2;

/**
 * Fits a union of convex parts to labelled samples by the five losses of CvxNet (Deng et al. 2020), optimised
 * directly over planes and translations with rising sharpness, in rounds: between rounds parts that earn nothing move
 * to where the error is; at the end planes are placed exactly for the explicit polytopes. The same request gives the
 * same shape, bit for bit. Problems: 'cancelled', 'no-interior'.
 */
export async function fitShape(request: FitRequest): Promise<Result<FitOutcome>> {
  const { samples, options, signal } = request;
  const interior = [samples.box, samples.nearSurface].some((set) => set.inside.includes(1));
  if (!interior) return fail(noInterior(samples));
  const random = createRandom(options.seed);
  const breath = createBreath(signal);
  const judged = judgedSamples(samples);
  const sharpness = request.initial?.sharpness ?? REFERENCE_SHARPNESS;
  const pools = {
    box: createPool(samples.box.points, samples.box.inside),
    nearSurface: createPool(samples.nearSurface.points, samples.nearSurface.inside),
  };
  const progress = { step: 0, steps: options.steps, loss: 0, iou: 0, parts: 0, stage: 'initialise' };
  request.onProgress(progress);
  let parameters =
    request.initial === undefined
      ? await initialise(judged, options.parts, options.planes, sharpness, random, breath)
      : await continueFrom(request.initial, judged, options, random, breath);
  if (parameters === null) return fail(CANCELLED);
  let polished = await polishOffsets(parameters, judged, 0, breath);
  if (polished === null) return fail(CANCELLED);
  let best = { parameters: copyParameters(parameters), iou: polished.iou };
  let merging = true;
  let lastGain = 0;
  let step = 0;
  let stopped: FitOutcome['stopped'] = 'step limit';
  // Only parts that the fit makes may move to where they earn more.
  const makes = parameters.origins.includes(null);
  const rounds = makes ? freshRounds(options.steps) : refiningRounds(options.steps);
  for (const [index, round] of rounds.entries()) {
    if (index > 0 && makes) {
      const change: Restructured | null = await restructure(
        parameters,
        judged,
        polished,
        merging,
        random,
        breath,
      );
      if (change === null) return fail(CANCELLED);
      merging = change.merged > 0;
    }
    const ended = await runRound(request, parameters, pools, round, breath, random, (loss) => {
      step++;
      if (step % STEPS_PER_PREVIEW !== 0) return;
      const current = parameters as FitParameters;
      request.onProgress({
        ...progress,
        step,
        loss,
        iou: best.iou,
        parts: current.shape.parts,
        stage: 'optimise',
      });
      request.onPreview(() => previewShape(current, sharpness));
    });
    if (!ended) return fail(CANCELLED);
    polished = await polishOffsets(parameters, judged, 1, breath);
    if (polished === null) return fail(CANCELLED);
    const gain = polished.iou - best.iou;
    // Gains fall about geometrically: what the next round would win, by the last two.
    const expected = index > 1 && gain < lastGain ? (gain * gain) / lastGain : gain;
    lastGain = gain;
    if (gain > 0) best = { parameters: copyParameters(parameters), iou: polished.iou };
    if (index > 0 && expected < LEAST_ROUND_GAIN && index < rounds.length - 1) {
      stopped = 'converged';
      break;
    }
  }
  parameters = best.parameters;
  request.onProgress({ ...progress, step, iou: best.iou, parts: parameters.shape.parts, stage: 'polish' });
  polished = await polishOffsets(parameters, judged, POLISH_SWEEPS, breath);
  if (polished === null) return fail(CANCELLED);
  if (makes) parameters = withoutIdleParts(parameters, judged, polished);
  for (const [k, origin] of parameters.origins.entries()) {
    if (origin?.locked !== true) parameters.shape.smoothness[k] = FINISHED_SMOOTHNESS;
  }
  const finished = finishShape(parameters, sharpness);
  const shape = request.within ? cutToBox(finished, request.within, options.planes) : finished;
  return ok({ shape, steps: step, stopped, iou: explicitIou(shape, samples.box) });
}

function noInterior(samples: FitSamples): Problem {
  const count = samples.box.inside.length + samples.nearSurface.inside.length;
  return {
    code: 'no-interior',
    message: `None of the ${count} samples lies inside the shape, so there is nothing to fit.`,
    hint: 'Check that the surface is closed and encloses a volume, or sample more points.',
  };
}

/** All steps of one round; false when cancelled. */
async function runRound(
  { options, kernel, initial }: FitRequest,
  parameters: FitParameters,
  pools: { readonly box: SamplePool; readonly nearSurface: SamplePool },
  round: Round,
  breath: Breath,
  random: ReturnType<typeof createRandom>,
  onStep: (loss: number) => void,
): Promise<boolean> {
  let stepper: Stepper | null = null;
  for (let i = 0; i < round.steps; i++) {
    if (i % round.refresh === 0 && (round.index > 0 || i > 0 || initial !== undefined)) {
      for (const pool of [pools.box, pools.nearSurface])
        refreshPool(pool, parameters.shape, kernel, round.band);
    }
    stepper ??= createStepper(parameters, pools, options.pointsPerStep, kernel, random);
    onStep(stepper.step(settingsAt(round, i)));
    if (await breath.take()) return false;
  }
  return true;
}

function judgedSamples({ box, nearSurface }: FitSamples): WeightedPoints {
  const count = box.inside.length + nearSurface.inside.length;
  const points = new Float32Array(count * 3);
  points.set(box.points);
  points.set(nearSurface.points, box.points.length);
  const inside = new Uint8Array(count);
  inside.set(box.inside);
  inside.set(nearSurface.inside, box.inside.length);
  const weights = new Float32Array(count).fill(NEAR_SURFACE_WEIGHT).fill(1, 0, box.inside.length);
  return weighPoints(points, inside, weights);
}

function explicitIou({ parts }: ConvexShape, { points, inside }: LabelledPoints): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < inside.length; i++) {
    const [x, y, z] = points.subarray(3 * i, 3 * i + 3);
    const covered = parts.some((part) => partContains(part, x, y, z));
    if (covered && inside[i]) both++;
    if (covered || inside[i]) either++;
  }
  return either > 0 ? both / either : 0;
}
