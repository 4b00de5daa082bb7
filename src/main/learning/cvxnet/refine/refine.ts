import type { ObservedError } from '../../../../shared/contract/learning';
import { createRandom } from '../../../../shared/random';
import { ok, type Result } from '../../../../shared/result';
import type { ConvexShape } from '../../../../shared/shape/types';
import { fitShape } from '../fit';
import type { ConvexFieldKernel } from '../../kernels/types';
import { bodyOf, type Body } from './body';
import type { ShapePose } from './pose';
import { observedSamples, outlineLabel, refineSamples, wrongShare, type ObservedLabel } from './samples';
import { outlineError, outlineOf } from './silhouette';
import type { SeenObject } from './seen';

/** Points on the guess's surface about which labels are drawn. */
const SURFACE_POINTS = 4000;
const COUNTS = { box: 16_000, near: 24_000 } as const;
const JUDGED = { box: 8000, near: 8000 } as const;
const STEPS = 300;
/** Judging draws by a seed of its own, so that what is judged was not learned. */
const JUDGE_SEED = 7_140_911;
/** Parts stay what the network made of them: this many planes at most, and no new parts. */
const OPTIONS = { parts: 128, planes: 64, steps: STEPS, pointsPerStep: 2048 } as const;

export interface RefineRequest {
  readonly guess: ConvexShape;
  readonly kernel: ConvexFieldKernel;
  readonly seed: number;
  readonly signal: AbortSignal;
  onProgress(fraction: number): void;
  onPreview(shape: () => ConvexShape): void;
}

export interface Refined {
  /** The guess itself when the refinement was not accepted. */
  readonly shape: ConvexShape;
  readonly observed: ObservedError;
  readonly accepted: boolean;
}

/** What decides: smaller is better. */
interface Judge {
  readonly unit: string;
  error(body: Body | null): number;
}

/**
 * Continues from a guess on what a depth image showed: free space in front, the band behind the surface inside, the
 * guess's own occupancy where nothing was seen. It is taken only when fewer observed points, drawn anew, lie on the
 * wrong side. Problems: cancelled.
 * @param observed [N, 3] measured points in learning space
 */
export function refineByDepth(
  request: RefineRequest,
  label: ObservedLabel,
  observed: Float64Array,
): Promise<Result<Refined>> {
  const judged = observedSamples(label, observed, JUDGED, createRandom(JUDGE_SEED));
  const judge: Judge = {
    unit: '% of the observed places on the wrong side',
    error: (body) => (body ? wrongShare(body, judged) : 100),
  };
  return refine(request, () => label, observed, judge);
}

/**
 * Continues from a guess on an outline seen from a pose: nothing beside it, something behind every pixel of it. It is
 * taken only when the outlines agree better. Problems: cancelled.
 */
export async function refineByOutline(
  request: RefineRequest,
  seen: SeenObject,
  pose: ShapePose,
): Promise<Result<Refined>> {
  const outline = outlineOf(seen);
  const judge: Judge = {
    unit: '1 - IoU of the outlines',
    error: (body) => (body && outline ? outlineError(body, outline, pose) : 1),
  };
  const label = (body: Body): ObservedLabel => (outline ? outlineLabel(body, outline, pose) : () => null);
  return refine(request, label, new Float64Array(0), judge);
}

async function refine(
  { guess, kernel, seed, signal, onProgress, onPreview }: RefineRequest,
  labelOf: (body: Body) => ObservedLabel,
  observed: Float64Array,
  judge: Judge,
): Promise<Result<Refined>> {
  const body = bodyOf(guess, SURFACE_POINTS);
  const before = judge.error(body);
  const unchanged = { shape: guess, observed: { before, after: before, unit: judge.unit }, accepted: false };
  if (!body || body.surface.length === 0) return ok(unchanged);
  const samples = refineSamples(body, labelOf(body), observed, COUNTS, createRandom(seed));
  const fitted = await fitShape({
    samples,
    options: { ...OPTIONS, seed },
    initial: guess,
    kernel,
    signal,
    onProgress: ({ step, steps }) => onProgress(step / steps),
    onPreview,
  });
  if (!fitted.ok) return fitted.error.code === 'no-interior' ? ok(unchanged) : fitted;
  const { shape } = fitted.value;
  const after = judge.error(bodyOf(shape, 1));
  return ok(
    after < before ? { shape, observed: { before, after, unit: judge.unit }, accepted: true } : unchanged,
  );
}
