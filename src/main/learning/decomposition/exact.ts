import type { Manifold } from 'manifold-3d';
import { convexHull } from '../../../shared/geometry/hull';
import type { ManifoldApi } from '../../../shared/geometry/manifold';
import type { TriangleMesh, Vec3 } from '../../../shared/geometry/types';
import { distinctPlanes, facetPlanes, heightOver, turned, type FacetPlane } from './facets';
import { joinPieces } from './join';
import { createPiece, meshOf } from './pieces';
import { deleteAll, openSolids } from './solids';
import { release, splitIntoConvex } from './split';

export interface ExactLimits {
  /** At most so many parts, and so many planes in each. */
  readonly parts: number;
  readonly planes: number;
}

/** A convex body by its planes, outward, and the mean of its vertices. */
export interface ExactBody {
  readonly planes: readonly FacetPlane[];
  readonly middle: Vec3;
}

/** More triangles, or planes among them, than a shape of flat sides has. */
const MOST_TRIANGLES = 20_000;
const MOST_FACETS = 400;
/** Facets through float32 vertices that are closer than this, relative to the hull, are one. */
const COPLANAR = 1e-6;
/** A facet's vertices lie this near the source's plane that it is of: float32, and the cuts' slab. */
const ON_PLANE = 4e-6;

/**
 * A solid of flat sides as the convex parts that it is made of, its own facets their planes to the last digit; connected
 * bodies are told apart first. Null for what is not made of at most so many parts of at most so many planes: curved
 * shapes above all, which is soon known. Largest part first; the same mesh gives the same parts.
 * @param mesh closed and outward, longest edge 1
 */
export function exactBodies(api: ManifoldApi, mesh: TriangleMesh, limits: ExactLimits): ExactBody[] | null {
  if (mesh.indices.length > 3 * MOST_TRIANGLES) return null;
  const facets = facetPlanes(mesh, MOST_FACETS);
  if (facets === null) return null;
  const solids = openSolids(api, mesh);
  if (solids === null) return null;
  const bodies: Manifold[] = [];
  try {
    for (const solid of solids) {
      const root = createPiece(solid);
      // Joining may halve the pieces of a split, seldom more.
      const pieces = splitIntoConvex(root, 2 * limits.parts);
      if (pieces === null) return null;
      bodies.push(...joinPieces(api, solid, pieces));
      release(pieces);
      if (bodies.length > limits.parts) return null;
    }
    const largest = bodies.toSorted((a, b) => b.volume() - a.volume());
    const found = largest.map((body) => bodyOf(meshOf(body).positions, facets));
    const fits = found.every((body) => body !== null && body.planes.length <= limits.planes);
    return fits ? (found as ExactBody[]) : null;
  } finally {
    deleteAll([...solids, ...bodies]);
  }
}

function bodyOf(points: Float64Array, facets: readonly FacetPlane[]): ExactBody | null {
  const hull = convexHull(points, { coplanar: COPLANAR });
  if (!hull.ok) return null;
  const { polytope, planes } = hull.value;
  const { vertices, faces } = polytope;
  const middle: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < vertices.length; i++) middle[i % 3] += vertices[i] / (vertices.length / 3);
  return {
    middle,
    planes: distinctPlanes(
      faces.map(({ loop }, face) => {
        const [x, y, z, offset] = planes.subarray(4 * face, 4 * face + 4);
        return sourcePlane({ normal: [x, y, z], offset }, vertices, loop, facets);
      }),
    ),
  };
}

/** The source's own plane where a facet lies on one, on either side of it; else the facet's. */
function sourcePlane(
  own: FacetPlane,
  vertices: Float64Array,
  loop: readonly number[],
  facets: readonly FacetPlane[],
): FacetPlane {
  let best = own;
  let least = ON_PLANE;
  for (const facet of facets) {
    const farthest = loop.reduce((far, v) => Math.max(far, Math.abs(heightOver(facet, vertices, v))), 0);
    if (farthest >= least) continue;
    const faces = [0, 1, 2].reduce((sum, axis) => sum + facet.normal[axis] * own.normal[axis], 0);
    // Vertices of a thin facet lie near many planes; only one faces its way.
    if (Math.abs(faces) < 1 - 1e-6) continue;
    best = faces > 0 ? facet : turned(facet);
    least = farthest;
  }
  return best;
}
