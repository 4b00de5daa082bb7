import type { EvaluationSamples, ShapeFigures } from '../../../shared/contract/jobs';
import { chamferOf, fScoreOf, surfaceDistances, volumetricIou } from '../../../shared/geometry/metrics';
import { polytopeMass } from '../../../shared/geometry/mass';
import { sampleSurface } from '../../../shared/geometry/sampling';
import { triangulatePolytope } from '../../../shared/geometry/triangulate';
import type { Polytope, TriangleMesh } from '../../../shared/geometry/types';
import { uniteMeshes } from '../../../shared/geometry/union';
import { createRandom } from '../../../shared/random';
import { ok, type Result } from '../../../shared/result';
import { partPolytope, partContains } from '../../../shared/shape/explicit';
import { evaluateField } from '../../../shared/shape/field';
import { packShape } from '../../../shared/shape/pack';
import type { ConvexShape } from '../../../shared/shape/types';
import type { LoadedSource } from '../../files/source/load';
import { evaluationSamples } from './samples';
import { sharedManifold } from '../../files/manifold';

const SURFACE_POINTS = 30_000;
const SURFACE_SEED = 9_091_736;
/** F-score threshold: 1 % of the source's longest edge, which is 1 in learning space. */
const F_SCORE_THRESHOLD = 0.01;
/** The evaluation samples fill a cube of this side (OccNet's 1.1). */
const SAMPLE_BOX_SIDE = 1.1;

/** Measures a shape against its source; the definitions are those of the README. */
export async function measureShape(shape: ConvexShape, source: LoadedSource): Promise<Result<ShapeFigures>> {
  const samples = evaluationSamples(source);
  if (!samples.ok) return samples;
  const polytopes: Polytope[] = [];
  for (const part of shape.parts) {
    const polytope = partPolytope(part);
    if (polytope.ok) polytopes.push(polytope.value);
  }
  const meshes = polytopes.map(triangulatePolytope);
  const union = uniteMeshes(await sharedManifold(), meshes);
  if (!union.ok) return union;

  const cubicMetres = source.frame.metresPerUnit ** 3;
  const covered = explicitInside(shape, samples.value);
  return ok({
    iou: volumetricIou(covered, samples.value.inside),
    smoothIou: volumetricIou(smoothInside(shape, samples.value), samples.value.inside),
    ...surfaceFigures(union.value.mesh, source),
    partCount: polytopes.length,
    totalPlanes: polytopes.reduce((sum, polytope) => sum + polytope.faces.length, 0),
    totalVertices: polytopes.reduce((sum, polytope) => sum + polytope.vertices.length / 3, 0),
    unionVolume: union.value.mass.volume * cubicMetres,
    sumOfVolumes: polytopes.reduce((sum, polytope) => sum + polytopeMass(polytope).volume, 0) * cubicMetres,
    uncoveredVolume:
      source.reference.kind === 'depth' ? null : uncovered(covered, samples.value) * cubicMetres,
  });
}

function explicitInside(shape: ConvexShape, samples: EvaluationSamples): Uint8Array {
  const { points } = samples;
  const inside = new Uint8Array(points.length / 3);
  for (let i = 0; i < inside.length; i++) {
    const [x, y, z] = [points[3 * i], points[3 * i + 1], points[3 * i + 2]];
    inside[i] = shape.parts.some((part) => partContains(part, x, y, z)) ? 1 : 0;
  }
  return inside;
}

function smoothInside(shape: ConvexShape, samples: EvaluationSamples): Uint8Array {
  const count = samples.points.length / 3;
  const inside = new Uint8Array(count);
  if (shape.parts.length === 0) return inside;
  const { indicator } = evaluateField(packShape(shape), Float64Array.from(samples.points));
  for (let part = 0; part < shape.parts.length; part++) {
    for (let i = 0; i < count; i++) if (indicator[part * count + i] >= 0.5) inside[i] = 1;
  }
  return inside;
}

function surfaceFigures(
  union: TriangleMesh,
  source: LoadedSource,
): { chamferL1: number | null; fScore: number | null } {
  if (union.indices.length === 0) return { chamferL1: null, fScore: null };
  const random = createRandom(SURFACE_SEED);
  const truth = source.mesh
    ? sampleSurface(source.mesh, SURFACE_POINTS, random).points
    : source.surface?.points;
  // A depth image sees one side only: distances from the unseen side would say nothing about the fit.
  if (!truth || source.reference.kind === 'depth') return { chamferL1: null, fScore: null };
  const ours = sampleSurface(union, SURFACE_POINTS, random).points;
  const distances = surfaceDistances(ours, truth);
  return { chamferL1: chamferOf(distances).l1, fScore: fScoreOf(distances, F_SCORE_THRESHOLD) };
}

/** Learning units cubed: the share of the box that is inside the source and in no part. */
function uncovered(covered: Uint8Array, samples: EvaluationSamples): number {
  let missed = 0;
  for (let i = 0; i < covered.length; i++) if (samples.inside[i] && !covered[i]) missed++;
  return covered.length === 0 ? 0 : (missed / covered.length) * SAMPLE_BOX_SIDE ** 3;
}
