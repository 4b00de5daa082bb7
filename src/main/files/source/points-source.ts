import { createPointInsideTest, type InsideTest } from '../../../shared/geometry/inside';
import { estimatePointAreas } from '../../../shared/geometry/nearest';
import { sampleBox } from '../../../shared/geometry/sampling';
import type { Random } from '../../../shared/random';
import { fail, ok, type Result } from '../../../shared/result';
import type { Placement } from '../read/points-npz';
import { badFile } from '../read/problems';
import type { ReadPoints } from '../read/types';
import { estimateNormals } from './estimate-normals';
import { BOX_HALF_SIZE, boundsOf, frameOf, scaleSize, SURFACE_BAND, toLearning } from './frame';
import { pointGhost } from './ghost';
import type { LoadRequest, SourceBody } from './types';

/** Fewer say nothing about a body. */
const LEAST_POINTS = 32;

/** Larger clouds without normals take too long: whoever made them has the tools to estimate normals. */
const MOST_ESTIMATED = 250_000;

/** An oriented point cloud: inside is decided by the generalised winding number of its points. */
export function pointsSource(
  read: ReadPoints & Partial<Placement>,
  file: string,
  request: LoadRequest,
): Result<SourceBody> {
  const given =
    read.normals ?? (read.points.length / 3 <= MOST_ESTIMATED ? estimateNormals(read.points) : null);
  if (!given) {
    return badFile(
      'no-normals',
      file,
      'the header',
      'the points have no normals (nx, ny, nz), and none can be told from the points alone',
      'Estimate and orient normals first (MeshLab: Filters, Normals; CloudCompare: Edit, Normals), or open a mesh.',
    );
  }
  const usable = withUnitNormals(read.points, given);
  const count = usable.points.length / 3;
  if (count < LEAST_POINTS) {
    return badFile(
      'no-surface',
      file,
      'the points',
      `${LEAST_POINTS} points with a normal are needed, found ${count}`,
      'Open a denser cloud. If the normals look wrong, the header may name the wrong byte order.',
    );
  }
  const bounds = boundsOf(usable.points);
  if (Math.min(...bounds.size) <= 1e-9 * bounds.extent) {
    return badFile(
      'no-volume',
      file,
      'the points',
      'they lie in one plane and enclose no volume',
      'Open a whole scan.',
    );
  }
  const points = toLearning(usable.points, bounds);
  const areas = estimatePointAreas(points);
  const { normals } = usable;
  const notes = [...read.notes];
  if (!read.normals) notes.push('The points had no normals; they were estimated from neighbouring points.');
  const dropped = read.points.length / 3 - count;
  if (dropped > 0) notes.push(`${dropped} points without a usable normal were dropped.`);
  let volume = enclosedVolume(points, normals, areas);
  if (volume < 0) {
    for (let i = 0; i < normals.length; i++) normals[i] = -normals[i];
    volume = -volume;
    if (read.normals) notes.push('The normals pointed inwards; they were turned over.');
  }
  const metresPerFileUnit = (request.metresPerFileUnit ?? 1) * (read.scale ?? 1);
  const local = frameOf(bounds, metresPerFileUnit, request.upAxis ?? read.upAxis);
  const offset = (read.location ?? [0, 0, 0]).map((l) => l * (request.metresPerFileUnit ?? 1));
  const frame = {
    ...local,
    origin: [local.origin[0] + offset[0], local.origin[1] + offset[1], local.origin[2] + offset[2]] as const,
  };
  let test: InsideTest | null = null;
  return ok({
    frame,
    facts: {
      vertices: count,
      triangles: 0,
      openEdges: 0,
      volume: volume * frame.metresPerUnit ** 3,
      size: scaleSize(bounds.size, metresPerFileUnit),
    },
    notes,
    mesh: null,
    surface: { points, normals },
    sample: (counts, random) => {
      test ??= createPointInsideTest(points, normals, areas);
      const box = sampleBox(counts.box, BOX_HALF_SIZE, random);
      const near = nearPoints(points, counts.nearSurface, random);
      const samples = {
        box: { points: box, inside: test.inside(box) },
        nearSurface: { points: near, inside: test.inside(near) },
      };
      const total = box.length + near.length;
      return total > 3000 && !samples.box.inside.includes(1) && !samples.nearSurface.inside.includes(1)
        ? fail({
            code: 'no-volume',
            message: `${file}, the points: they enclose no volume.`,
            hint: 'Check that the normals point outwards all around and that the scan covers the whole object.',
          })
        : ok(samples);
    },
    ghost: () => pointGhost(points),
  });
}

function withUnitNormals(
  points: Float64Array,
  normals: Float64Array,
): { points: Float64Array; normals: Float64Array } {
  const kept = { points: new Float64Array(points.length), normals: new Float64Array(points.length) };
  let used = 0;
  for (let i = 0; i < points.length; i += 3) {
    const length = Math.hypot(normals[i], normals[i + 1], normals[i + 2]);
    // Scanners write zero normals where they have none; other lengths come from rounding or scaling.
    if (!(length > 1e-6 && length < 1e6)) continue;
    for (let c = 0; c < 3; c++) {
      kept.points[used] = points[i + c];
      kept.normals[used++] = normals[i + c] / length;
    }
  }
  return { points: kept.points.slice(0, used), normals: kept.normals.slice(0, used) };
}

/** Divergence theorem: a third of the flux of the position through the patches. */
function enclosedVolume(points: Float64Array, normals: Float64Array, areas: Float64Array): number {
  let flux = 0;
  for (let i = 0; i < areas.length; i++) {
    const p = i * 3;
    flux +=
      areas[i] * (points[p] * normals[p] + points[p + 1] * normals[p + 1] + points[p + 2] * normals[p + 2]);
  }
  return flux / 3;
}

/** [count, 3] random points of the cloud moved by an isotropic Gaussian. */
function nearPoints(points: Float64Array, count: number, random: Random): Float32Array {
  const out = new Float32Array(count * 3);
  for (let i = 0; i < out.length; i += 3) {
    const p = random.integer(points.length / 3) * 3;
    for (let c = 0; c < 3; c++) out[i + c] = points[p + c] + SURFACE_BAND * random.normal();
  }
  return out;
}
