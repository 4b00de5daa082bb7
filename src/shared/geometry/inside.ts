import { triangleCorners } from './bvh';
import { weldVertices } from './mesh-topology';
import { estimatePointAreas } from './nearest';
import type { Numbers, TriangleMesh } from './types';
import { capRims } from './winding-caps';
import { createCrossingCounter } from './winding-crossings';
import { createPointWinding, createTriangleWinding, type WindingFunction } from './winding';

/** Decides what is inside a surface by its generalised winding number. */
export interface InsideTest {
  /** About 1 inside, 0 outside, fractional near holes, higher where a surface encloses a point repeatedly. */
  readonly winding: WindingFunction;
  /** [N] 1 where the winding number of points [N, 3] is at least 0.5, else 0. Writes to `out` when it is given. */
  readonly inside: (points: Numbers, out?: Uint8Array) => Uint8Array;
}

/**
 * An inside test that survives holes, self-intersections and duplicated faces. The mesh must be oriented outward
 * (see `orientOutward`).
 *
 * For any oriented mesh, w(mesh) = w(mesh + caps) - w(caps), where caps close its rims. The first term is an integer
 * counted exactly along a ray, the second a fast winding number over the few cap triangles, so a mesh with some holes
 * costs little more than a watertight one. A soup that would need more caps than half its triangles is evaluated as a
 * whole by the fast winding number.
 */
export function createInsideTest(mesh: TriangleMesh): InsideTest {
  const welded = weldVertices(mesh);
  const corners = triangleCorners(welded.positions, welded.indices);
  const caps = capRims(welded);
  if (caps.length > corners.length / 2) return fromWinding(createTriangleWinding(corners));
  if (caps.length === 0) return fromWinding(createCrossingCounter(corners));
  const closed = new Float64Array(corners.length + caps.length);
  closed.set(corners);
  closed.set(caps, corners.length);
  const crossings = createCrossingCounter(closed);
  const capWinding = createTriangleWinding(caps);
  return fromWinding((x, y, z) => crossings(x, y, z) - capWinding(x, y, z));
}

/**
 * The inside test of an oriented point cloud. Without areas each point stands for the patch that its nearest
 * neighbours leave it.
 * @param points [N, 3]
 * @param normals [N, 3] unit, outward
 * @param areas [N] square units
 */
export function createPointInsideTest(points: Numbers, normals: Numbers, areas?: Numbers): InsideTest {
  return fromWinding(createPointWinding(points, normals, areas ?? estimatePointAreas(points)));
}

function fromWinding(winding: WindingFunction): InsideTest {
  return {
    winding,
    inside: (points, out = new Uint8Array(points.length / 3)) => {
      for (let i = 0, p = 0; p + 2 < points.length; i++, p += 3) {
        out[i] = winding(points[p], points[p + 1], points[p + 2]) >= 0.5 ? 1 : 0;
      }
      return out;
    },
  };
}
