import { cpus } from 'node:os';
import { Vector3 } from 'three';
import { ConvexHull } from 'three/examples/jsm/math/ConvexHull.js';
import { polytopeVolume } from '../src/shared/geometry/mass';
import { intersectHalfSpaces } from '../src/shared/geometry/polytope';
import { createRandom } from '../src/shared/random';
import type { BenchTable } from './types';

const PARTS = 50;
const PLANES = 25;
const ROUNDS = 200;
const SEED = 50025;
const LEAST_SPEED_UP = 3;
const VOLUME_TOLERANCE = 1e-9;

/** Random bounded parts with offsets in the learned range, the origin well inside: what the dual route needs. */
export function randomParts(parts: number, planes: number, seed: number): Float64Array[] {
  const random = createRandom(seed);
  const made: Float64Array[] = [];
  while (made.length < parts) {
    const part = new Float64Array(planes * 4);
    for (let plane = 0; plane < planes; plane++) {
      const [x, y, z] = [random.normal(), random.normal(), random.normal()];
      const length = Math.hypot(x, y, z);
      part.set([x / length, y / length, z / length, 0.05 + 0.4 * random.uniform()], 4 * plane);
    }
    const body = intersectHalfSpaces(part, { box: 50 });
    if (body.ok && !body.value.clippedByBox) made.push(part);
  }
  return made;
}

/** The usual route: hull of the dual points n / d, its facets' poles, hull of those. Volume of the result. */
export function dualHullVolume(planes: Float64Array): number {
  const duals: Vector3[] = [];
  for (let at = 0; at < planes.length; at += 4) {
    duals.push(new Vector3(planes[at], planes[at + 1], planes[at + 2]).divideScalar(planes[at + 3]));
  }
  const poles = new ConvexHull()
    .setFromPoints(duals)
    .faces.map((face) => face.normal.clone().divideScalar(face.constant));
  const hull = new ConvexHull().setFromPoints(poles);
  let sixfold = 0;
  for (const face of hull.faces) {
    const a = face.getEdge(0).head().point;
    const b = face.getEdge(1).head().point;
    const c = face.getEdge(2).head().point;
    sixfold += a.x * (b.y * c.z - b.z * c.y) + a.y * (b.z * c.x - b.x * c.z) + a.z * (b.x * c.y - b.y * c.x);
  }
  return sixfold / 6;
}

function clippedVolume(planes: Float64Array): number {
  const body = intersectHalfSpaces(planes);
  return body.ok ? polytopeVolume(body.value) : Number.NaN;
}

/** Half-spaces to polytopes with their volumes, against the dual-hull route, interleaved in one run. */
export async function benchGeometry(): Promise<BenchTable> {
  const parts = randomParts(PARTS, PLANES, SEED);
  let difference = 0;
  for (const part of parts)
    difference = Math.max(difference, Math.abs(clippedVolume(part) - dualHullVolume(part)));
  const clipping: number[] = [];
  const dual: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    clipping.push(timeOf(() => parts.forEach(clippedVolume)));
    dual.push(timeOf(() => parts.forEach(dualHullVolume)));
  }
  const ours = median(clipping);
  const theirs = median(dual);
  const ratio = theirs / ours;
  return {
    name: `geometry: ${PARTS} parts x ${PLANES} planes to polytopes with volumes, seed ${SEED}, medians of ${ROUNDS}`,
    device: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`,
    columns: ['ms', 'us per part'],
    rows: [
      { label: 'clipping', values: { ms: ours, 'us per part': (1000 * ours) / PARTS } },
      {
        label: "dual hulls (three's ConvexHull)",
        values: { ms: theirs, 'us per part': (1000 * theirs) / PARTS },
      },
    ],
    bars: [
      {
        what: 'clipping against dual hulls',
        bar: `at least ${LEAST_SPEED_UP} times faster`,
        reached: `${ratio.toFixed(2)} times`,
        met: ratio >= LEAST_SPEED_UP,
      },
      {
        what: 'largest difference of volumes',
        bar: `at most ${VOLUME_TOLERANCE}`,
        reached: difference.toExponential(2),
        met: difference <= VOLUME_TOLERANCE,
      },
    ],
  };
}

function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
