import type { LabelledPoints } from '../../../shared/geometry/occupancy';
import { createPointIndex } from '../../../shared/geometry/nearest';
import type { Random } from '../../../shared/random';
import { ok, type Result } from '../../../shared/result';
import type { Placement } from '../read/points-npz';
import { badFile } from '../read/problems';
import type { ReadOccupancy } from '../read/types';
import { BOX_HALF_SIZE, boundsOf, frameOf, scaleSize, type Bounds } from './frame';
import { pointGhost } from './ghost';
import type { LoadRequest, SourceBody } from './types';

/** Occupancy Networks' loader hides the grid of 16-bit coordinates by this much noise. */
const HALF_PRECISION_JITTER = 1e-4;

/** Points uniform in a box with known occupancy: drawn as they are; those near a change of label are near the surface. */
export function occupancySource(
  read: ReadOccupancy & Placement,
  file: string,
  request: LoadRequest,
): Result<SourceBody> {
  const total = read.inside.length;
  const insideCount = read.inside.reduce((sum, label) => sum + label, 0);
  if (insideCount < 4 || insideCount === total) {
    return badFile(
      'no-volume',
      file,
      'entry occupancies.npy',
      `${insideCount} of ${total} points are inside; both kinds are needed`,
      'Check the bit order (most significant first) and that the samples surround the shape.',
    );
  }
  const body = select(read.points, read.inside, 1);
  const sampled = boundsOf(read.points);
  const bounds = learningBounds(boundsOf(body), sampled);
  const points = new Float64Array(read.points.length);
  for (let i = 0; i < points.length; i++) points[i] = (read.points[i] - bounds.centre[i % 3]) / bounds.extent;
  const metres = request.metresPerFileUnit ?? 1;
  const perUnit = read.scale * metres;
  const local = frameOf(bounds, perUnit, request.upAxis ?? read.upAxis);
  const [x, y, z] = read.location;
  const frame = {
    ...local,
    origin: [
      local.origin[0] + x * metres,
      local.origin[1] + y * metres,
      local.origin[2] + z * metres,
    ] as const,
  };
  const jitter = read.halfPrecision ? HALF_PRECISION_JITTER : 0;
  let near: Uint32Array | null = null;
  const inBox = indicesInBox(points);
  // Occupancy Networks' cube is known; of another box only its points are.
  const sampledVolume =
    bounds.extent === 1 ? (2 * BOX_HALF_SIZE) ** 3 : sampled.size[0] * sampled.size[1] * sampled.size[2];
  return ok({
    frame,
    facts: {
      vertices: total,
      triangles: 0,
      openEdges: 0,
      volume: (insideCount / total) * sampledVolume * perUnit ** 3,
      size: scaleSize(boundsOf(body).size, perUnit),
    },
    notes: [
      ...read.notes,
      ...(read.halfPrecision
        ? ['Coordinates have 16 bits; samples are moved by a ten-thousandth to hide their grid.']
        : []),
    ],
    mesh: null,
    surface: null,
    sample: (counts, random) => {
      near ??= nearestToChange(points, read.inside);
      return ok({
        box: draw(points, read.inside, inBox, counts.box, jitter, random),
        nearSurface: draw(points, read.inside, near, counts.nearSurface, jitter, random),
      });
    },
    ghost: () => {
      near ??= nearestToChange(points, read.inside);
      const shell = near.filter((i) => read.inside[i] === 1);
      const shown = new Float64Array(shell.length * 3);
      shell.forEach((p, i) => shown.set(points.subarray(p * 3, p * 3 + 3), i * 3));
      return pointGhost(shown);
    },
  });
}

/** Samples of Occupancy Networks' own cube stay as they are; others are normalised by their inside points. */
function learningBounds(body: Bounds, sampled: Bounds): Bounds {
  const reach = Math.max(...sampled.centre.map((c, axis) => Math.abs(c) + sampled.size[axis] / 2));
  const isUnitCube = reach <= BOX_HALF_SIZE + 0.01 && sampled.extent > 1;
  return isUnitCube ? { ...body, centre: [0, 0, 0], extent: 1 } : body;
}

function indicesInBox(points: Float64Array): Uint32Array {
  const out: number[] = [];
  for (let i = 0; i < points.length; i += 3) {
    const reach = Math.max(Math.abs(points[i]), Math.abs(points[i + 1]), Math.abs(points[i + 2]));
    if (reach <= BOX_HALF_SIZE + 0.01) out.push(i / 3);
  }
  return Uint32Array.from(out);
}

function select(points: Float64Array, inside: Uint8Array, label: number): Float64Array {
  const out: number[] = [];
  for (let i = 0; i < inside.length; i++) {
    if (inside[i] === label) out.push(points[i * 3], points[i * 3 + 1], points[i * 3 + 2]);
  }
  return Float64Array.from(out);
}

/** The fifth of the points, of both labels, that lie closest to a point of the other label. */
function nearestToChange(points: Float64Array, inside: Uint8Array): Uint32Array {
  const indexes = [0, 1].map((label) => createPointIndex(select(points, inside, label)));
  const distance = new Float64Array(inside.length);
  const perLabel: number[][] = [[], []];
  for (let i = 0; i < inside.length; i++) {
    const other = indexes[1 - inside[i]];
    distance[i] = other.nearestSquared(points[i * 3], points[i * 3 + 1], points[i * 3 + 2]);
    perLabel[inside[i]].push(i);
  }
  const each = Math.max(16, Math.floor(inside.length / 10));
  const chosen = perLabel.flatMap((list) => list.sort((a, b) => distance[a] - distance[b]).slice(0, each));
  return Uint32Array.from(chosen);
}

/** Draws without repetition as long as there are points, then again from all. */
function draw(
  points: Float64Array,
  inside: Uint8Array,
  among: Uint32Array,
  count: number,
  jitter: number,
  random: Random,
): LabelledPoints {
  const pool = among.slice();
  const out = { points: new Float32Array(count * 3), inside: new Uint8Array(count) };
  for (let i = 0; i < count; i++) {
    const from = i % pool.length;
    const other = from + random.integer(pool.length - from);
    [pool[from], pool[other]] = [pool[other], pool[from]];
    const p = pool[from];
    out.inside[i] = inside[p];
    for (let c = 0; c < 3; c++)
      out.points[i * 3 + c] = points[p * 3 + c] + (jitter > 0 ? jitter * random.normal() : 0);
  }
  return out;
}
