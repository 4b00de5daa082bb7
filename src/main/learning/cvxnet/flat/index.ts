import { CANCELLED } from '../../../../shared/contract/job-client';
import type { FlatOptions } from '../../../../shared/contract/flat';
import { unpackFlat } from '../../../../shared/flat/pack';
import type { FlatShape } from '../../../../shared/flat/types';
import { createRandom, type Random } from '../../../../shared/random';
import { fail, ok, type Result } from '../../../../shared/result';
import type { ConvexFieldKernel } from '../../../compute/kernels/types';
import type { FitSamples } from '../fit';
import { createPool, refreshPool } from '../fit/batches';
import { createBreath } from '../fit/breath';
import { gatherPoints, kMeans } from '../fit/clusters';
import { cutAround } from '../fit/cutting-planes';
import {
  copyParameters,
  parametersOfParts,
  withoutParts,
  writePart,
  type FitParameters,
} from '../fit/parameters';
import { freshRounds, settingsAt, type Round } from '../fit/schedule';
import { createStepper, type Stepper } from '../fit/stepper';
import { coverIou, coverOf, judge, type JudgedSamples } from './cover';
import { bestMerge } from './merge';
import { exteriorOf, idleParts, rearrange } from './rearrange';

export { FLAT_SAMPLING, labelsOf, sampleMask } from './samples';

export interface FlatFitProgress {
  readonly step: number;
  /** Loss before this step. */
  readonly loss: number;
  /** IoU on the samples at the last round's end. */
  readonly iou: number;
}

export interface FlatFitRequest {
  /** Of the plane: points are [N, 2]. */
  readonly samples: FitSamples;
  readonly options: FlatOptions;
  readonly kernel: ConvexFieldKernel;
  readonly signal: AbortSignal;
  onProgress(progress: FlatFitProgress): void;
  /** The argument makes the newest preview when it is called. */
  onPreview(shape: () => FlatShape): void;
}

export interface FlatFitOutcome {
  readonly shape: FlatShape;
  readonly steps: number;
  readonly stopped: 'converged' | 'step limit';
}

const POINTS_PER_STEP = 1024;
/** A round that wins less IoU than this, with no part moved before it, is the last. */
const LEAST_ROUND_GAIN = 0.001;
/** IoU that all merges of parts together may cost. */
const MERGE_LOSS = 0.005;
const MOST_CLUSTERED = 4000;

/**
 * Fits convex polygons to labelled points of the plane: the losses, field, optimiser and schedule of the fit in space
 * with D = 2 (CvxNet, Deng et al. 2020). It starts from k-means clusters; between rounds parts that earn nothing move to
 * interior that no part holds, and at the end pairs that one part can replace are merged. The same request gives the
 * same shape, bit for bit. Problems: 'cancelled', 'no-interior'.
 */
export async function fitFlat(request: FlatFitRequest): Promise<Result<FlatFitOutcome>> {
  const { samples, options, kernel, signal } = request;
  const random = createRandom(options.seed);
  const breath = createBreath(signal);
  const judged = judge(samples);
  if (!judged.inside.includes(1)) {
    return fail({
      code: 'no-interior',
      message: `None of the ${judged.inside.length} samples lies inside the mask, so there is nothing to fit.`,
      hint: 'Draw a larger shape.',
    });
  }
  const pools = {
    box: createPool(samples.box.points, samples.box.inside, 2),
    nearSurface: createPool(samples.nearSurface.points, samples.nearSurface.inside, 2),
  };
  const parameters = startingParts(judged, options, random);
  const measured = ({ shape }: FitParameters): number => {
    shape.smoothness.fill(options.smoothness);
    return coverIou(coverOf(shape, judged, kernel), judged);
  };
  let best = { parameters: copyParameters(parameters), iou: measured(parameters) };
  let step = 0;
  /** All steps of one round on `current`; false when cancelled. */
  const runRound = async (current: FitParameters, round: Round): Promise<boolean> => {
    let stepper: Stepper | null = null;
    for (let i = 0; i < round.steps; i++) {
      if (i % round.refresh === 0 && step > 0) {
        for (const pool of [pools.box, pools.nearSurface])
          refreshPool(pool, current.shape, kernel, round.band);
      }
      stepper ??= createStepper(current, pools, POINTS_PER_STEP, kernel, random);
      const loss = stepper.step(settingsAt(round, i));
      request.onProgress({ step: ++step, loss, iou: best.iou });
      request.onPreview(() => finished(current, options));
      if (await breath.take()) return false;
    }
    return true;
  };

  request.onPreview(() => finished(parameters, options));
  let stopped: FlatFitOutcome['stopped'] = 'step limit';
  const rounds = freshRounds(options.steps).map((round) => endingAt(round, options));
  let iou = best.iou;
  for (const [index, round] of rounds.entries()) {
    const moved = index === 0 ? 0 : rearrange(parameters.shape, judged, iou, kernel, random);
    if (!(await runRound(parameters, round))) return fail(CANCELLED);
    iou = measured(parameters);
    const gain = iou - best.iou;
    if (gain > 0) best = { parameters: copyParameters(parameters), iou };
    if (index > 0 && moved === 0 && gain < LEAST_ROUND_GAIN && index < rounds.length - 1) {
      stopped = 'converged';
      break;
    }
  }

  // Fewer parts that say the same are better, as far as steps are left.
  const enough = best.iou - MERGE_LOSS;
  const idle = idleParts(best.parameters.shape, judged, best.iou, kernel);
  best = { ...best, parameters: withoutParts(best.parameters, idle) };
  for (const round of rounds.slice(1)) {
    if (step + round.steps > options.steps) break;
    const merge = bestMerge(best.parameters.shape, judged, best.iou, kernel);
    if (merge === null) break;
    const merged = copyParameters(best.parameters);
    writePart(merged.shape, merge.keep, merge.start);
    const fewer = withoutParts(merged, [merge.drop]);
    if (!(await runRound(fewer, round))) return fail(CANCELLED);
    const after = measured(fewer);
    if (after < enough) break;
    best = { parameters: fewer, iou: after };
  }
  return ok({ shape: finished(best.parameters, options), steps: step, stopped });
}

function startingParts(judged: JudgedSamples, options: FlatOptions, random: Random): FitParameters {
  const all = [...judged.inside.keys()].filter((i) => judged.inside[i] === 1);
  const stride = Math.ceil(all.length / MOST_CLUSTERED);
  const interior = gatherPoints(
    judged.points,
    all.filter((_, i) => i % stride === 0),
    2,
  );
  const exterior = exteriorOf(judged);
  const starts = kMeans(interior, options.parts, random, 2).map((cluster) =>
    cutAround(gatherPoints(interior, cluster, 2), exterior, options.planes, 2),
  );
  const parameters = parametersOfParts(starts, options.planes, options.sharpness, 2);
  parameters.shape.smoothness.fill(options.smoothness);
  return parameters;
}

/** The round with the smoothness and sharpness that were asked for at its end. */
function endingAt(round: Round, { smoothness, sharpness }: FlatOptions): Round {
  return {
    ...round,
    smoothness: [Math.min(round.smoothness[0], smoothness), smoothness],
    sharpness: [Math.min(round.sharpness[0], sharpness), sharpness],
  };
}

function finished({ shape }: FitParameters, { sharpness, smoothness }: FlatOptions): FlatShape {
  const flat = unpackFlat({ ...shape, sharpness });
  return { ...flat, parts: flat.parts.map((part) => ({ ...part, smoothness })) };
}
