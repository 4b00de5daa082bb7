import type { Polytope, TriangleMesh } from '../src/shared/geometry/types';
import { convexHull } from '../src/shared/geometry/hull';
import { intersectHalfSpaces } from '../src/shared/geometry/polytope';
import type { ConvexShape } from '../src/shared/shape/types';

/** A union of convex bodies as plane rows (nx, ny, nz, d) per body, inside where n . x <= d for all. */
export interface ConvexUnion {
  readonly bodies: readonly Float64Array[];
  readonly vertices: number;
}

/** V-HACD 4 compiled to WebAssembly, with the settings that comparisons usually take. */
export async function createVhacd(): Promise<(mesh: TriangleMesh, parts: number) => ConvexUnion> {
  // The package names no entry for import, only a module file.
  const { ConvexMeshDecomposition } = await import('vhacd-js/lib/vhacd.js');
  const decomposer = await ConvexMeshDecomposition.create();
  return (mesh, parts) =>
    unionOfClouds(
      decomposer
        .computeConvexHulls(mesh, { maxHulls: parts, voxelResolution: 400_000, maxVerticesPerHull: 64 })
        .map((hull) => hull.positions),
    );
}

/** Rapier's (Parry's) V-HACD on a voxel grid of 128. */
export async function createRapier(): Promise<(mesh: TriangleMesh, parts: number) => ConvexUnion> {
  const { default: rapier } = await import('@dimforge/rapier3d-compat');
  await rapier.init();
  return (mesh, parts) => {
    const collider = rapier.ColliderDesc.convexDecomposition(
      Float32Array.from(mesh.positions),
      mesh.indices,
      { maxConvexHulls: parts, resolution: 128, concavity: 0.01 },
    );
    if (collider === null || !(collider.shape instanceof rapier.Compound)) return { bodies: [], vertices: 0 };
    const clouds = collider.shape.shapes.map((part) =>
      part instanceof rapier.ConvexPolyhedron ? part.vertices : new Float32Array(0),
    );
    return unionOfClouds(clouds);
  };
}

/** The convex hull of the whole mesh: what is left where a decomposition fails. */
export function hullOfMesh(mesh: TriangleMesh): ConvexUnion {
  return unionOfClouds([mesh.positions]);
}

/** The parts of a fitted shape. */
export function unionOfShape(shape: ConvexShape): ConvexUnion {
  const bodies = shape.parts.map(({ planes, translation: [x, y, z] }) =>
    Float64Array.from(
      planes.flatMap(({ normal: [a, b, c], offset }) => [a, b, c, offset + a * x + b * y + c * z]),
    ),
  );
  return { bodies, vertices: bodies.reduce((sum, planes) => sum + vertexCount(planes), 0) };
}

function vertexCount(planes: Float64Array): number {
  const body = intersectHalfSpaces(planes, { box: 2 });
  return body.ok ? corners(body.value) : 0;
}

function corners(polytope: Polytope): number {
  return polytope.vertices.length / 3;
}

/** Hulls of point clouds; clouds without volume are left out. */
function unionOfClouds(clouds: readonly ArrayLike<number>[]): ConvexUnion {
  const bodies: Float64Array[] = [];
  let vertices = 0;
  for (const cloud of clouds) {
    const hull = convexHull(cloud, { coplanar: 1e-6 });
    if (!hull.ok) continue;
    bodies.push(hull.value.planes);
    vertices += corners(hull.value.polytope);
  }
  return { bodies, vertices };
}

/** IoU of the union with labelled points [N, 3], by half-space tests. */
export function unionIou({ bodies }: ConvexUnion, points: Float32Array, inside: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < inside.length; i++) {
    const covered = bodies.some((planes) => holds(planes, points, i * 3));
    if (covered && inside[i] === 1) both++;
    if (covered || inside[i] === 1) either++;
  }
  return both / either;
}

function holds(planes: Float64Array, points: Float32Array, at: number): boolean {
  for (let h = 0; h < planes.length; h += 4) {
    const height =
      planes[h] * points[at] +
      planes[h + 1] * points[at + 1] +
      planes[h + 2] * points[at + 2] -
      planes[h + 3];
    if (height > 0) return false;
  }
  return true;
}
