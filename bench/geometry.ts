import { cpus } from 'node:os';
import { Vector3 } from 'three';
import { ConvexHull } from 'three/examples/jsm/math/ConvexHull.js';
import { meshMass, polytopeVolume } from '../src/shared/geometry/mass';
import { intersectHalfSpaces } from '../src/shared/geometry/polytope';
import { createRandom } from '../src/shared/random';
import type { TriangleMesh } from '../src/shared/geometry/types';
import type { BenchTable } from '../src/main/cli/bench-table';

const PARTS = 50;
const PLANES = 25;
const ROUNDS = 200;
/** Rounds that compile both sides and are not counted. */
const WARM_UP = 80;
/** Of the isotropic parts' planes: the sides of a cube that keeps them bounded. */
const SIDES = 6;
const SIDE_OFFSET = 0.5;
const SEED = 50025;
const LEAST_SPEED_UP = 3;
const VOLUME_TOLERANCE = 1e-9;

/**
 * Bounded parts as the decoder draws them from normal logits: angles pi tanh(a), offsets sigmoid(b) / 2. The origin is
 * inside, which the dual route needs.
 */
export function randomParts(parts: number, planes: number, seed: number): Float64Array[] {
  const random = createRandom(seed);
  const made: Float64Array[] = [];
  while (made.length < parts) {
    const part = new Float64Array(planes * 4);
    for (let plane = 0; plane < planes; plane++) {
      const azimuth = Math.PI * Math.tanh(random.normal());
      const altitude = Math.PI * Math.tanh(random.normal());
      const around = Math.sin(altitude);
      part[4 * plane] = around * Math.cos(azimuth);
      part[4 * plane + 1] = around * Math.sin(azimuth);
      part[4 * plane + 2] = Math.cos(altitude);
      part[4 * plane + 3] = 0.5 / (1 + Math.exp(-random.normal()));
    }
    const body = intersectHalfSpaces(part, { box: 50 });
    if (body.ok && !body.value.clippedByBox) made.push(part);
  }
  return made;
}

/** Parts of isotropic random normals with offsets uniform in 0.05..0.45, and the six sides of a cube around them. */
export function isotropicParts(parts: number, planes: number, seed: number): Float64Array[] {
  const random = createRandom(seed);
  return Array.from({ length: parts }, () => {
    const part = new Float64Array(planes * 4);
    for (let plane = 0; plane < planes - SIDES; plane++) {
      const normal = [random.normal(), random.normal(), random.normal()];
      const length = Math.hypot(...normal);
      part.set([...normal.map((value) => value / length), 0.05 + 0.4 * random.uniform()], 4 * plane);
    }
    for (let side = 0; side < SIDES; side++) {
      const at = 4 * (planes - SIDES + side);
      part[at + (side >> 1)] = side & 1 ? 1 : -1;
      part[at + 3] = SIDE_OFFSET;
    }
    return part;
  });
}

/**
 * The usual route to the same polytope: the hull of the dual points n / d, its facets' poles as vertices, and the hull
 * of those as an indexed mesh. Without provenance and merged faces, which it would have to add.
 */
export function dualHullMesh(planes: Float64Array): TriangleMesh {
  const duals: Vector3[] = [];
  for (let at = 0; at < planes.length; at += 4) {
    duals.push(new Vector3(planes[at], planes[at + 1], planes[at + 2]).divideScalar(planes[at + 3]));
  }
  const poles = new ConvexHull()
    .setFromPoints(duals)
    .faces.map((face) => face.normal.clone().divideScalar(face.constant));
  const { faces } = new ConvexHull().setFromPoints(poles);
  const numbers = new Map(poles.map((pole, number) => [pole, number]));
  const positions = new Float64Array(poles.length * 3);
  poles.forEach((pole, number) => pole.toArray(positions, 3 * number));
  const indices = new Uint32Array(faces.length * 3);
  faces.forEach((face, number) => {
    for (let corner = 0; corner < 3; corner++) {
      indices[3 * number + corner] = numbers.get(face.getEdge(corner).head().point)!;
    }
  });
  return { positions, indices };
}

function clippedVolume(planes: Float64Array): number {
  const body = intersectHalfSpaces(planes);
  return body.ok ? polytopeVolume(body.value) : Number.NaN;
}

function dualHullVolume(planes: Float64Array): number {
  return meshMass(dualHullMesh(planes)).volume;
}

interface Timed {
  readonly label: string;
  /** Medians over the rounds, milliseconds for all parts. */
  readonly clipping: number;
  readonly dual: number;
  readonly faces: number;
  /** Largest difference of the two routes' volumes. */
  readonly difference: number;
}

function timeBoth(label: string, parts: readonly Float64Array[]): Timed {
  let difference = 0;
  let faces = 0;
  for (const part of parts) {
    const apart = Math.abs(clippedVolume(part) - dualHullVolume(part));
    // NaN stays, and meets no bar.
    if (!(apart <= difference)) difference = apart;
    const body = intersectHalfSpaces(part);
    if (body.ok) faces += body.value.faces.length;
  }
  const clipping: number[] = [];
  const dual: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const ours = timeOf(() => parts.forEach((part) => intersectHalfSpaces(part)));
    const theirs = timeOf(() => parts.forEach(dualHullMesh));
    if (round < 0) continue;
    clipping.push(ours);
    dual.push(theirs);
  }
  return { label, clipping: median(clipping), dual: median(dual), faces: faces / parts.length, difference };
}

/** Half-spaces to polytopes, against the dual-hull route, interleaved in one run, on two kinds of parts. */
export async function benchGeometry(): Promise<BenchTable> {
  const timed = [
    timeBoth('decoder logits', randomParts(PARTS, PLANES, SEED)),
    timeBoth('isotropic normals', isotropicParts(PARTS, PLANES, SEED)),
  ];
  return {
    name: `geometry: ${PARTS} parts x ${PLANES} planes to polytopes, seed ${SEED}, medians of ${ROUNDS}`,
    device: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`,
    columns: ['ms', 'us per part', 'faces per part', 'ratio'],
    rows: timed.flatMap(({ label, clipping, dual, faces }) => [
      { label: `${label}: clipping`, values: { ...times(clipping), 'faces per part': faces } },
      {
        label: `${label}: dual hulls (three's ConvexHull)`,
        values: { ...times(dual), ratio: dual / clipping },
      },
    ]),
    bars: timed.flatMap(({ label, clipping, dual, difference }) => [
      {
        what: `${label}: clipping against dual hulls`,
        bar: `at least ${LEAST_SPEED_UP} times faster`,
        reached: `${(dual / clipping).toFixed(2)} times`,
        met: dual / clipping >= LEAST_SPEED_UP,
      },
      {
        what: `${label}: largest difference of volumes`,
        bar: `at most ${VOLUME_TOLERANCE}`,
        reached: difference.toExponential(2),
        met: difference <= VOLUME_TOLERANCE,
      },
    ]),
  };
}

function times(ms: number): { ms: number; 'us per part': number } {
  return { ms, 'us per part': (1000 * ms) / PARTS };
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
