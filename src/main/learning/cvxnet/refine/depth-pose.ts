import { bodyOf, type Body } from './body';
import { believeTold, type FoundPose } from './told-pose';
import {
  poseOf,
  poseRotation,
  searchPose,
  toCamera,
  toShape,
  type Pivot,
  type PoseParameters,
  type ShapePose,
} from './pose';
import { distanceToObject, observedPoints, type SeenDepth } from './seen';
import type { ConvexShape } from '../../../../shared/shape/types';

const POINTS = 250;
const AZIMUTHS = 36;
/** Radians above the horizon, when the camera does not say. */
const ELEVATIONS = [-5, 10, 25, 40, 60, 80].map((degrees) => (degrees * Math.PI) / 180);
/** Candidates that the second look and the last search take. */
const SECOND = 12;
const LAST = 3;
/** Errors of a point beyond this count no more, learning units. */
const MOST = 0.15;
/** How much worse a told pose may explain the guess, learning units. */
const SLACK = 0.03;

/**
 * Where a depth camera stands about a shape, and how large its unit is: every azimuth, and every elevation unless the
 * camera knows which way is up, then a search about the best in all seven parameters. The error is the mean of two:
 * measured points off the shape's surface, and the shape's surface where a ray passed or beside the object's outline.
 * Where the camera's own word explains it about as well, that is taken. Null when the shape has no body or nothing was
 * measured.
 */
export function findDepthPose(shape: ConvexShape, seen: SeenDepth): FoundPose | null {
  const body = bodyOf(shape, POINTS);
  const points = observedPoints(seen, POINTS);
  if (!body || points.length === 0) return null;
  const error = depthPoseError(body, seen, points);
  const pivot = middleOf(points);
  const tilt = seen.up && tiltOf(seen.up);
  const candidates = (tilt ? [tilt.elevation] : ELEVATIONS).flatMap((elevation) =>
    Array.from({ length: AZIMUTHS }, (_, i) => {
      const rotation = [(2 * Math.PI * i) / AZIMUTHS, elevation, tilt?.roll ?? 0] as const;
      const parameters = startFrom(body, points, pivot, ...rotation);
      return { parameters, error: error(poseOf(parameters, pivot)) };
    }),
  );
  const angle = tilt ? 0 : 0.1;
  const steps = {
    azimuth: 0.1,
    elevation: angle,
    roll: angle / 4,
    logScale: 0.08,
    x: 0.04,
    y: 0.04,
    z: 0.04,
  };
  const best = (found: readonly { parameters: PoseParameters; error: number }[], count: number) =>
    [...found].sort((a, b) => a.error - b.error).slice(0, count);
  const second = best(candidates, SECOND).map(({ parameters }) =>
    searchPose(parameters, steps, 2, pivot, error),
  );
  const last = best(second, LAST).map(({ parameters }) => searchPose(parameters, steps, 7, pivot, error));
  const [found] = best(last, 1);
  const searched = { pose: poseOf(found.parameters, pivot), error: found.error };
  return believeTold(seen.told, searched, error, SLACK);
}

/** Elevation and roll of a camera by where up is in its axes. */
function tiltOf([x, y, z]: readonly [number, number, number]): { elevation: number; roll: number } {
  return { elevation: Math.asin(Math.max(-1, Math.min(1, -z))), roll: Math.atan2(-x, -y) };
}

/** Scale and place so that, in the camera's directions, both outlines and the nearest points agree. */
function startFrom(
  body: Body,
  points: Float64Array,
  pivot: Pivot,
  azimuth: number,
  elevation: number,
  roll: number,
): PoseParameters {
  const rotation = poseRotation(azimuth, elevation, roll);
  const about: ShapePose = { rotation, scale: 1, translation: [0, 0, 0] };
  const shape = boundsOf(body.surface.length / 3, (i) =>
    toCamera(about, body.surface[i * 3], body.surface[i * 3 + 1], body.surface[i * 3 + 2]),
  );
  const seen = boundsOf(points.length / 3, (i) => [points[i * 3], points[i * 3 + 1], points[i * 3 + 2]]);
  const size = (bounds: Bounds): number => bounds.high[0] - bounds.low[0] + bounds.high[1] - bounds.low[1];
  const scale = size(shape) / Math.max(size(seen), 1e-9);
  const middle = (bounds: Bounds, c: number): number => (bounds.low[c] + bounds.high[c]) / 2;
  const offset = [
    middle(shape, 0) - scale * middle(seen, 0),
    middle(shape, 1) - scale * middle(seen, 1),
    shape.low[2] - scale * seen.low[2],
  ];
  // The offset is what camera space moves by before it turns; the pivot moves with it.
  const [x, y, z] = toShape(
    about,
    offset.map((value, c) => value + scale * pivot[c]),
  );
  return { azimuth, elevation, roll, logScale: Math.log(scale), x, y, z };
}

function middleOf(points: Float64Array): Pivot {
  const sums = [0, 0, 0];
  points.forEach((value, i) => (sums[i % 3] += (value * 3) / points.length));
  return [sums[0], sums[1], sums[2]];
}

interface Bounds {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Between the second and the 98th percentile: noise has outliers. */
function boundsOf(count: number, point: (i: number) => readonly number[]): Bounds {
  const axes = [0, 1, 2].map((c) => Float64Array.from({ length: count }, (_, i) => point(i)[c]).sort());
  return {
    low: axes.map((values) => values[Math.floor(0.02 * (count - 1))]),
    high: axes.map((values) => values[Math.ceil(0.98 * (count - 1))]),
  };
}

function depthPoseError(body: Body, seen: SeenDepth, points: Float64Array): (pose: ShapePose) => number {
  const beside = distanceToObject(seen);
  const { field, surface } = body;
  return (pose) => {
    let off = 0;
    for (let i = 0; i < points.length; i += 3) {
      const [x, y, z] = toShape(pose, points, i);
      off += Math.min(MOST, Math.abs(field(x, y, z)));
    }
    let wrong = 0;
    for (let i = 0; i < surface.length; i += 3) {
      const [x, y, z] = toCamera(pose, surface[i], surface[i + 1], surface[i + 2]);
      wrong += Math.min(MOST, pose.scale * violation(seen, beside, x, y, z));
    }
    return (off * 3) / points.length + (wrong * 3) / surface.length;
  };
}

/** How far, in the camera's unit, a place lies beside the object's outline or in front of what was measured. */
function violation(seen: SeenDepth, beside: Float32Array, x: number, y: number, z: number): number {
  if (!(z > 0)) return Infinity;
  const u = Math.round(seen.cx + (seen.fx * x) / z);
  const v = Math.round(seen.cy + (seen.fy * y) / z);
  const pixel =
    Math.min(Math.max(v, 0), seen.height - 1) * seen.width + Math.min(Math.max(u, 0), seen.width - 1);
  const away = Math.hypot(Math.max(0, -u, u - seen.width + 1), Math.max(0, -v, v - seen.height + 1));
  const outside = ((beside[pixel] + away) * z) / seen.fx;
  return outside > 0 ? outside : Math.max(0, seen.depth[pixel] - z);
}
