import { convexHull } from '../../../shared/geometry/hull';
import { createInsideTest } from '../../../shared/geometry/inside';
import { triangulatePolytope } from '../../../shared/geometry/triangulate';
import type { TriangleMesh } from '../../../shared/geometry/types';
import { uniteMeshes } from '../../../shared/geometry/union';
import { partContains, shapePolytopes } from '../../../shared/shape/explicit';
import { evaluateField } from '../../../shared/shape/field';
import { packShape } from '../../../shared/shape/pack';
import type { ConvexShape } from '../../../shared/shape/types';
import { sharedManifold } from '../../files/manifold';

/** What a method says of a shape. */
export interface Prediction {
  /** [N] 1 inside of points [N, 3]. */
  inside(points: Float32Array): Uint8Array;
  /** Null when the method makes none. */
  readonly surface: TriangleMesh | null;
}

/** [N] 1 where a shape's smooth field, the indicator, is at least 0.5 at points [N, 3]. */
export function smoothInside(shape: ConvexShape, points: Float32Array): Uint8Array {
  const count = points.length / 3;
  const inside = new Uint8Array(count);
  if (shape.parts.length === 0) return inside;
  const { indicator } = evaluateField(packShape(shape), Float64Array.from(points));
  for (let i = 0; i < indicator.length; i++) if (indicator[i] >= 0.5) inside[i % count] = 1;
  return inside;
}

/** A shape by its explicit parts. */
export async function predictByParts(shape: ConvexShape): Promise<Prediction> {
  return {
    inside: (points) =>
      testPoints(points, (x, y, z) => shape.parts.some((part) => partContains(part, x, y, z))),
    surface: await unionSurface(shape),
  };
}

export function predictByMesh(mesh: TriangleMesh): Prediction {
  const test = createInsideTest(mesh);
  return { inside: (points) => test.inside(points), surface: mesh };
}

/** The convex hull of the true shape: the best that one part could be. */
export function predictByHull(mesh: TriangleMesh): Prediction | null {
  const hull = convexHull(mesh.positions, { coplanar: 1e-6 });
  if (!hull.ok) return null;
  const { planes, polytope } = hull.value;
  return {
    inside: (points) =>
      testPoints(points, (x, y, z) => {
        for (let i = 0; i < planes.length; i += 4) {
          if (planes[i] * x + planes[i + 1] * y + planes[i + 2] * z > planes[i + 3]) return false;
        }
        return true;
      }),
    surface: triangulatePolytope(polytope),
  };
}

async function unionSurface(shape: ConvexShape): Promise<TriangleMesh | null> {
  const meshes = shapePolytopes(shape).flatMap((polytope) =>
    polytope.ok ? [triangulatePolytope(polytope.value)] : [],
  );
  const union = uniteMeshes(await sharedManifold(), meshes);
  return union.ok && union.value.mesh.indices.length > 0 ? union.value.mesh : null;
}

function testPoints(points: Float32Array, test: (x: number, y: number, z: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: points.length / 3 }, (_, i) =>
    test(points[i * 3], points[i * 3 + 1], points[i * 3 + 2]) ? 1 : 0,
  );
}
