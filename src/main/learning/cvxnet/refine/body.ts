import { sampleSurface } from '../../../../shared/geometry/sampling';
import { triangulatePolytope } from '../../../../shared/geometry/triangulate';
import { createRandom } from '../../../../shared/random';
import { shapePolytopes } from '../../../../shared/shape/explicit';
import type { ConvexShape } from '../../../../shared/shape/types';
import { joinMeshes } from '../../../../shared/geometry/join';
import { explicitField, type ExplicitField } from './explicit-field';

/** A shape ready to be compared with pictures. */
export interface Body {
  readonly field: ExplicitField;
  /** Vertices [N, 3] of every part. */
  readonly parts: readonly Float64Array[];
  /** [M, 3] on the union's surface, uniform by area. */
  readonly surface: Float32Array;
}

/** Null for a shape without a body. Same shape, same points. */
export function bodyOf(shape: ConvexShape, points: number): Body | null {
  const field = explicitField(shape);
  const polytopes = shapePolytopes(shape).flatMap((part) => (part.ok ? [part.value] : []));
  if (polytopes.length === 0) return null;
  const { points: drawn } = sampleSurface(
    joinMeshes(polytopes.map(triangulatePolytope)),
    2 * points,
    createRandom(1),
  );
  const kept: number[] = [];
  for (let i = 0; i < drawn.length && kept.length < points * 3; i += 3) {
    // Faces inside another part are no surface.
    if (field(drawn[i], drawn[i + 1], drawn[i + 2]) > -1e-4) kept.push(drawn[i], drawn[i + 1], drawn[i + 2]);
  }
  return { field, parts: polytopes.map(({ vertices }) => vertices), surface: Float32Array.from(kept) };
}
