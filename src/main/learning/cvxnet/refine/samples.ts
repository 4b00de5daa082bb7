import type { LabelledPoints } from '../../../../shared/geometry/occupancy';
import { sampleBox } from '../../../../shared/geometry/sampling';
import type { Random } from '../../../../shared/random';
import type { FitSamples } from '../fit';
import type { Body } from './body';
import { toCamera, toShape, type ShapePose } from './pose';
import { coveredCells, onObject, uncoveredRays, type Outline } from './silhouette';

/** What a picture says about a place of learning space: 1 inside, 0 outside, null nothing. */
export type ObservedLabel = (x: number, y: number, z: number) => 0 | 1 | null;

const HALF_SIZE = 0.55;
const BAND = 0.02;

/** How many points a refinement draws. */
export interface RefineCounts {
  readonly box: number;
  readonly near: number;
}

/**
 * Labelled points to refine by. Where the picture says something, that is the label; elsewhere the guess's own
 * occupancy, which holds the unseen side in place.
 * @param observed [N, 3] measured points in learning space; none for an outline
 */
export function refineSamples(
  body: Body,
  label: ObservedLabel,
  observed: Float64Array,
  counts: RefineCounts,
  random: Random,
): FitSamples {
  const near = new Float32Array(counts.near * 3);
  for (let i = 0; i < near.length; i += 3) {
    // Half about what was measured, half about the guess: the unseen side is held as finely as the seen one is drawn.
    const from = observed.length > 0 && i % 2 === 0 ? observed : body.surface;
    const p = random.integer(from.length / 3) * 3;
    for (let c = 0; c < 3; c++) near[i + c] = from[p + c] + BAND * random.normal();
  }
  return {
    box: labelled(sampleBox(counts.box, HALF_SIZE, random), body, label),
    nearSurface: labelled(near, body, label),
  };
}

function labelled(points: Float32Array, body: Body, label: ObservedLabel): LabelledPoints {
  const inside = new Uint8Array(points.length / 3);
  for (let i = 0; i < inside.length; i++) {
    const [x, y, z] = [points[i * 3], points[i * 3 + 1], points[i * 3 + 2]];
    inside[i] = label(x, y, z) ?? (body.field(x, y, z) <= 0 ? 1 : 0);
  }
  return { points, inside };
}

/** The points that the picture knows something about: anywhere, and near given ones [N, 3], which may be none. */
export function observedSamples(
  label: ObservedLabel,
  about: Float64Array | Float32Array,
  counts: RefineCounts,
  random: Random,
): FitSamples {
  const box = sampleBox(counts.box, HALF_SIZE, random);
  const near = new Float32Array(about.length > 0 ? counts.near * 3 : 0);
  for (let i = 0; i < near.length; i += 3) {
    const p = random.integer(about.length / 3) * 3;
    for (let c = 0; c < 3; c++) near[i + c] = about[p + c] + BAND * random.normal();
  }
  return { box: known(box, label), nearSurface: known(near, label) };
}

function known(points: Float32Array, label: ObservedLabel): LabelledPoints {
  const kept: number[] = [];
  const inside: number[] = [];
  for (let i = 0; i < points.length; i += 3) {
    const value = label(points[i], points[i + 1], points[i + 2]);
    if (value === null) continue;
    kept.push(points[i], points[i + 1], points[i + 2]);
    inside.push(value);
  }
  return { points: Float32Array.from(kept), inside: Uint8Array.from(inside) };
}

/** Share of labelled points that a body puts on the wrong side, percent; 0 of none. */
export function wrongShare({ field }: Body, { box, nearSurface }: FitSamples): number {
  let wrong = 0;
  for (const { points, inside } of [box, nearSurface]) {
    for (let i = 0; i < inside.length; i++) {
      const covered = field(points[i * 3], points[i * 3 + 1], points[i * 3 + 2]) <= 0 ? 1 : 0;
      if (covered !== inside[i]) wrong++;
    }
  }
  const count = box.inside.length + nearSurface.inside.length;
  return count === 0 ? 0 : (100 * wrong) / count;
}

/** Measured points [N, 3] of camera space in learning space. */
export function pointsInShape(points: Float64Array, pose: ShapePose): Float64Array {
  const out = new Float64Array(points.length);
  for (let i = 0; i < points.length; i += 3) out.set(toShape(pose, points, i), i);
  return out;
}

/** Steps along a ray through the learning cube. */
const RAY_STEPS = 48;

/**
 * What an outline says: beside it nothing is inside; and a ray through it must meet the shape, so where the guess
 * misses it the place on the ray that is nearest to the guess is inside, with a little around it.
 */
export function outlineLabel(body: Body, outline: Outline, pose: ShapePose): ObservedLabel {
  const wanted: number[] = [];
  const rays = uncoveredRays(outline, coveredCells(body, outline, pose));
  const { translation: t, scale } = pose;
  const middle = Math.hypot(t[0], t[1], t[2]) / scale;
  for (let i = 0; i < rays.length; i += 3) {
    let nearest = Infinity;
    let place: readonly number[] = [];
    for (let step = 0; step < RAY_STEPS; step++) {
      const z = middle + ((step + 0.5) / RAY_STEPS - 0.5) * (1.8 / scale);
      const at = toShape(pose, [rays[i] * z, rays[i + 1] * z, z]);
      const value = body.field(...at);
      if (value < nearest) [nearest, place] = [value, at];
    }
    wanted.push(...place);
  }
  return (x, y, z) => {
    if (onObject(outline, ...toCamera(pose, x, y, z)) === false) return 0;
    for (let i = 0; i < wanted.length; i += 3) {
      if (Math.hypot(wanted[i] - x, wanted[i + 1] - y, wanted[i + 2] - z) < BAND) return 1;
    }
    return null;
  };
}
