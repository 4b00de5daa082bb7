import { COPLANAR, FLAT_POINTS } from './epsilon';
import { hullSimplex } from './hull-simplex';
import { facePlanes } from './plane';
import { intersectHalfSpaces } from './polytope';
import { fail, ok, type Problem, type Result } from '../result';
import type { Numbers, Polytope } from './types';

export interface Hull {
  /** Its vertices are points of the input, in their order; face i lies on plane i. */
  readonly polytope: Polytope;
  /** [F,4], one row (nx, ny, nz, d) per face, unit normals outward. */
  readonly planes: Float64Array;
}

export interface HullOptions {
  /** Facets closer than this times extent are one (default 1e-9; about 1e-6 for points that were float32). */
  readonly coplanar?: number;
}

/**
 * The convex hull of points [N,3], coplanar facets merged, as a polytope and its planes.
 * By polarity: about an inner point c, a point p is the half-space y . (p - c) <= 1 of the dual body, whose faces are the
 * hull's vertices and whose vertices are the hull's facets. So the robust clip of half-spaces makes the hull as well,
 * and facets through many points come out as one, like vertices on many planes.
 * Points within the merging distance of the hull may lie beyond a plane by as much. Time grows with N times the hull's
 * vertices: meant for up to some 10^4 hull vertices.
 * Problems: 'point-layout', 'non-finite-point', 'degenerate-hull' (fewer than 4 points that span a volume).
 */
export function convexHull(points: Numbers, options: HullOptions = {}): Result<Hull> {
  const problem = checkPoints(points);
  if (problem) return fail(problem);
  const simplex = hullSimplex(points, FLAT_POINTS);
  if (!simplex) return fail(flatPoints(points.length / 3));
  const { centre, inradius } = simplex;
  const dual: number[] = [];
  const owners: number[] = [];
  for (let point = 0; point < points.length / 3; point++) {
    const x = points[3 * point] - centre[0];
    const y = points[3 * point + 1] - centre[1];
    const z = points[3 * point + 2] - centre[2];
    const length = Math.hypot(x, y, z);
    // Inside the simplex's sphere: no vertex of the hull.
    if (length < 0.5 * inradius) continue;
    dual.push(x / length, y / length, z / length, 1 / length);
    owners.push(point);
  }
  const body = intersectHalfSpaces(dual, { box: 2 / inradius, weld: options.coplanar ?? COPLANAR });
  if (!body.ok) return fail(flatPoints(points.length / 3));
  return ok(primalOf(body.value, owners, points));
}

/** Faces of the dual become vertices, its vertices become faces. */
function primalOf(dual: Polytope, owners: readonly number[], points: Numbers): Hull {
  const kept = dual.faces.map((face) => owners[face.plane]);
  const vertices = new Float64Array(kept.length * 3);
  for (let vertex = 0; vertex < kept.length; vertex++) {
    for (let axis = 0; axis < 3; axis++) vertices[3 * vertex + axis] = points[3 * kept[vertex] + axis];
  }
  const dualVertices = dual.vertices.length / 3;
  const leftOf = new Map<number, number>();
  const previousIn = new Map<number, number>();
  const firstFace = new Int32Array(dualVertices);
  dual.faces.forEach(({ loop }, face) => {
    loop.forEach((vertex, at) => {
      leftOf.set(vertex * dualVertices + loop[(at + 1) % loop.length], face);
      previousIn.set(vertex * kept.length + face, loop[(at + loop.length - 1) % loop.length]);
      firstFace[vertex] = face;
    });
  });
  const faces = Array.from({ length: dualVertices }, (_, vertex) => {
    const loop: number[] = [];
    let face = firstFace[vertex];
    do {
      loop.push(face);
      // Counter-clockwise around the dual vertex: across the edge by which this face arrives.
      face = leftOf.get(vertex * dualVertices + previousIn.get(vertex * kept.length + face)!)!;
    } while (face !== firstFace[vertex]);
    return { plane: vertex, loop };
  });
  const polytope: Polytope = { vertices, faces, redundantPlanes: [], clippedByBox: false };
  return { polytope, planes: facePlanes(polytope) };
}

function checkPoints(points: Numbers): Problem | undefined {
  if (points.length % 3 !== 0) {
    return {
      code: 'point-layout',
      message: `Points come as rows of 3 numbers, but ${points.length} numbers were given.`,
    };
  }
  for (let at = 0; at < points.length; at++) {
    if (Number.isFinite(points[at])) continue;
    return {
      code: 'non-finite-point',
      message: `Point ${Math.floor(at / 3)} has the coordinate ${points[at]}.`,
      hint: 'Give finite coordinates.',
    };
  }
  return undefined;
}

function flatPoints(count: number): Problem {
  return {
    code: 'degenerate-hull',
    message: `The ${count} points span no volume: their hull is a point, a line or a flat polygon.`,
    hint: 'Give at least four points that do not lie in one plane.',
  };
}
