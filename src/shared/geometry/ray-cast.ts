import { buildBvh, triangleBoxes, triangleCorners } from './bvh';
import type { TriangleMesh, Vec3 } from './types';

/** Barycentric slack, so that no ray slips between two triangles that share an edge. */
const EDGE_SLACK = 1e-9;

/** Answers rays from `origin` along `direction` (any length but 0), on either side of the triangles. */
export interface RayCaster {
  /** Index of the first triangle nearer than `far`, or -1; its distance is then in `distance`. */
  first(origin: Vec3, direction: Vec3, far?: number): number;
  /** Distance of the last hit of `first`, in units of the direction's length. */
  distance(): number;
  /** Whether anything lies nearer than `far`: stops at any hit, so quicker than `first`. */
  blocked(origin: Vec3, direction: Vec3, far?: number): boolean;
}

/** Prepares a mesh for many rays. Rays allocate nothing. */
export function createRayCaster(mesh: TriangleMesh): RayCaster {
  const corners = triangleCorners(mesh.positions, mesh.indices);
  const { nodeCount, bounds, skip, first, size, order } = buildBvh(triangleBoxes(corners));
  // Upper faces move out by a rounding: a ray in the plane of one would leave its slab at 0 times a huge number.
  for (let at = 0; at < bounds.length; at++) {
    if (at % 6 >= 3) bounds[at] += Math.max(Math.abs(bounds[at]) * Number.EPSILON, 1e-200);
  }
  let distance = Infinity;

  /** Walks the tree, boxes entered by their slabs; returns the nearest triangle, or any when `any`. */
  const walk = (o: Vec3, d: Vec3, far: number, any: boolean): number => {
    const [ox, oy, oz] = o;
    const [dx, dy, dz] = d;
    // A zero becomes tiny: 0 * Infinity would be NaN on a slab's face.
    const ix = 1 / (dx || 1e-300);
    const iy = 1 / (dy || 1e-300);
    const iz = 1 / (dz || 1e-300);
    let found = -1;
    let nearest = far;
    let node = 0;
    while (node < nodeCount) {
      const b = node * 6;
      const x0 = (bounds[b] - ox) * ix;
      const x1 = (bounds[b + 3] - ox) * ix;
      const y0 = (bounds[b + 1] - oy) * iy;
      const y1 = (bounds[b + 4] - oy) * iy;
      const z0 = (bounds[b + 2] - oz) * iz;
      const z1 = (bounds[b + 5] - oz) * iz;
      let enter = x0 < x1 ? x0 : x1;
      let leave = x0 < x1 ? x1 : x0;
      const enterY = y0 < y1 ? y0 : y1;
      const leaveY = y0 < y1 ? y1 : y0;
      const enterZ = z0 < z1 ? z0 : z1;
      const leaveZ = z0 < z1 ? z1 : z0;
      if (enterY > enter) enter = enterY;
      if (enterZ > enter) enter = enterZ;
      if (leaveY < leave) leave = leaveY;
      if (leaveZ < leave) leave = leaveZ;
      // Flat boxes are entered and left at once, up to rounding.
      if (enter > leave * (1 + 1e-12) || leave < 0 || enter > nearest) {
        node = skip[node];
        continue;
      }
      if (skip[node] === node + 1) {
        for (let i = first[node], end = i + size[node]; i < end; i++) {
          const t = intersect(corners, order[i] * 9, ox, oy, oz, dx, dy, dz);
          if (!(t < nearest)) continue;
          nearest = t;
          found = order[i];
          if (any) return found;
        }
      }
      node++;
    }
    if (!any) distance = nearest;
    return found;
  };
  return {
    first: (origin, direction, far = Infinity) => walk(origin, direction, far, false),
    distance: () => distance,
    blocked: (origin, direction, far = Infinity) => walk(origin, direction, far, true) >= 0,
  };
}

/** Distance along the ray to a triangle of corners [at .. at + 9), or Infinity (Moeller and Trumbore 1997). */
function intersect(
  corners: Float64Array,
  at: number,
  ox: number,
  oy: number,
  oz: number,
  dx: number,
  dy: number,
  dz: number,
): number {
  const ax = corners[at];
  const ay = corners[at + 1];
  const az = corners[at + 2];
  const ux = corners[at + 3] - ax;
  const uy = corners[at + 4] - ay;
  const uz = corners[at + 5] - az;
  const vx = corners[at + 6] - ax;
  const vy = corners[at + 7] - ay;
  const vz = corners[at + 8] - az;
  const px = dy * vz - dz * vy;
  const py = dz * vx - dx * vz;
  const pz = dx * vy - dy * vx;
  const determinant = ux * px + uy * py + uz * pz;
  if (determinant === 0) return Infinity;
  const inverse = 1 / determinant;
  const tx = ox - ax;
  const ty = oy - ay;
  const tz = oz - az;
  const u = (tx * px + ty * py + tz * pz) * inverse;
  if (u < -EDGE_SLACK || u > 1 + EDGE_SLACK) return Infinity;
  const qx = ty * uz - tz * uy;
  const qy = tz * ux - tx * uz;
  const qz = tx * uy - ty * ux;
  const v = (dx * qx + dy * qy + dz * qz) * inverse;
  if (v < -EDGE_SLACK || u + v > 1 + EDGE_SLACK) return Infinity;
  const distance = (vx * qx + vy * qy + vz * qz) * inverse;
  return distance > 0 ? distance : Infinity;
}
