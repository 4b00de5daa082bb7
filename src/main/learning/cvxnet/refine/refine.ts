import type { ObservedError } from '../../../../shared/contract/learning';
import { createRandom } from '../../../../shared/random';
import { CANCELLED } from '../../../../shared/contract/job-client';
import { fail, ok, type Result } from '../../../../shared/result';
import type { ConvexShape } from '../../../../shared/shape/types';
import { fitShape } from '../fit';
import { createBreath } from '../fit/breath';
import type { ConvexFieldKernel } from '../../../compute/kernels/types';
import { bodyOf, type Body } from './body';
import { CODE_STEPS, refineCode, type GuessedCode } from './code';
import type { ShapePose } from './pose';
import { observedSamples, outlineLabel, refineSamples, wrongShare, type ObservedLabel } from './samples';
import { outlineError, outlineOf } from './silhouette';
import type { SeenObject } from './seen';

/** Points on the guess's surface about which labels are drawn. */
const SURFACE_POINTS = 4000;
const COUNTS = { box: 16_000, near: 24_000 } as const;
/** What the code learns from, before what the picture knows nothing of is left out. */
const CODE_COUNTS = { box: 20_000, near: 20_000 } as const;
const JUDGED = { box: 8000, near: 8000 } as const;
const STEPS = 300;
const STEPS_PER_PREVIEW = 10;
/** Judging draws by a seed of its own, so that what is judged was not learned. */
const JUDGE_SEED = 7_140_911;
/** Share of the work that the code takes, where there is one. */
const CODE_SHARE = 0.5;
/** Parts stay what the network made of them: this many planes at most, and no new parts. */
const OPTIONS = { planes: 64, steps: STEPS, pointsPerStep: 2048 } as const;

export interface RefineRequest {
  readonly guess: ConvexShape;
  /** Absent for a shape that no network made: then its planes alone are moved. */
  readonly code?: GuessedCode;
  readonly kernel: ConvexFieldKernel;
  readonly seed: number;
  readonly signal: AbortSignal;
  onProgress(fraction: number): void;
  onPreview(shape: () => ConvexShape): void;
}

export interface Refined {
  /** The guess itself when the refinement was not accepted. */
  readonly shape: ConvexShape;
  /** The code that the shape began from, moved or not; null without one. */
  readonly latent: Float32Array | null;
  readonly observed: ObservedError;
  readonly accepted: boolean;
}

/** What decides, percent: smaller is better. */
interface Judge {
  readonly of: string;
  error(body: Body | null): number;
}

/**
 * Continues from a guess on what a depth image showed: free space in front, the band behind the surface inside. First
 * the code moves, by what was seen alone, then the planes, with the shape's own occupancy where nothing was seen. It is taken only when fewer observed points, drawn anew, lie on the
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
    of: 'of the observed places on the wrong side',
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
    of: 'of the outlines covered by one alone',
    error: (body) => (body && outline ? 100 * outlineError(body, outline, pose) : 100),
  };
  const label = (body: Body): ObservedLabel => (outline ? outlineLabel(body, outline, pose) : () => null);
  return refine(request, label, new Float64Array(0), judge);
}

async function refine(
  request: RefineRequest,
  labelOf: (body: Body) => ObservedLabel,
  observed: Float64Array,
  judge: Judge,
): Promise<Result<Refined>> {
  const { guess, kernel, seed, signal, onProgress, onPreview } = request;
  const latent = request.code?.latent ?? null;
  const body = bodyOf(guess, SURFACE_POINTS);
  const before = judge.error(body);
  const unchanged = {
    shape: guess,
    latent,
    observed: { before, after: before, of: judge.of },
    accepted: false,
  };
  if (!body || body.surface.length === 0) return ok(unchanged);
  const moved = await refineByCode(request, labelOf(body), observed.length > 0 ? observed : body.surface);
  if (!moved.ok) return moved;
  let best = { shape: guess, latent, body, error: before };
  const take = (shape: ConvexShape, code: Float32Array | null): void => {
    const found = bodyOf(shape, SURFACE_POINTS);
    const error = judge.error(found);
    if (found && found.surface.length > 0 && error < best.error)
      best = { shape, latent: code, body: found, error };
  };
  if (moved.value) take(moved.value.shape, moved.value.latent);
  const done = request.code ? CODE_SHARE : 0;
  const fitted = await fitShape({
    samples: refineSamples(best.body, labelOf(best.body), observed, COUNTS, createRandom(seed)),
    // The guess's parts are moved: none is added to what a network named.
    options: { ...OPTIONS, parts: best.shape.parts.length, seed },
    initial: best.shape,
    kernel,
    signal,
    onProgress: ({ step, steps }) => onProgress(done + ((1 - done) * step) / steps),
    onPreview,
  });
  if (fitted.ok) take(fitted.value.shape, best.latent);
  else if (fitted.error.code !== 'no-interior') return fitted;
  if (best.shape === guess) return ok(unchanged);
  const { shape, error: after } = best;
  return ok({
    shape,
    latent: best.latent,
    observed: { before, after, of: judge.of },
    accepted: true,
  });
}

/** The shape of the code that what was seen asks for; null without a code. Problems: cancelled. */
async function refineByCode(
  { code, seed, signal, onProgress, onPreview }: RefineRequest,
  label: ObservedLabel,
  about: Float64Array | Float32Array,
): Promise<Result<{ readonly shape: ConvexShape; readonly latent: Float32Array } | null>> {
  if (code === undefined) return ok(null);
  const random = createRandom(seed);
  const samples = observedSamples(label, about, CODE_COUNTS, random);
  const latent = await refineCode(code, samples, random, createBreath(signal), async (step, current) => {
    onProgress((CODE_SHARE * step) / CODE_STEPS);
    if (step % STEPS_PER_PREVIEW !== 0) return;
    const shape = await code.shapeOf(current);
    onPreview(() => shape);
  });
  return latent === null ? fail(CANCELLED) : ok({ shape: await code.shapeOf(latent), latent });
}
