import type { MassProperties, Polytope, TriangleMesh, Vec3 } from './types';
import { triangulatePolytope } from './triangulate';

const NOTHING: MassProperties = { volume: 0, centre: [0, 0, 0], inertia: [0, 0, 0, 0, 0, 0] };

/** Volume inside closed loops of vertices [V,3], by fans about one vertex; 0 without loops. */
export function loopsVolume(vertices: Float64Array, loops: readonly (readonly number[])[]): number {
  if (loops.length === 0) return 0;
  const origin = 3 * loops[0][0];
  const ox = vertices[origin];
  const oy = vertices[origin + 1];
  const oz = vertices[origin + 2];
  let sixfold = 0;
  for (let face = 0; face < loops.length; face++) {
    const loop = loops[face];
    const a = 3 * loop[0];
    const ax = vertices[a] - ox;
    const ay = vertices[a + 1] - oy;
    const az = vertices[a + 2] - oz;
    // The area vector of the face: the fan's cross products about its first corner.
    let nx = 0;
    let ny = 0;
    let nz = 0;
    const b = 3 * loop[1];
    let bx = vertices[b] - ox - ax;
    let by = vertices[b + 1] - oy - ay;
    let bz = vertices[b + 2] - oz - az;
    for (let corner = 2; corner < loop.length; corner++) {
      const c = 3 * loop[corner];
      const cx = vertices[c] - ox - ax;
      const cy = vertices[c + 1] - oy - ay;
      const cz = vertices[c + 2] - oz - az;
      nx += by * cz - bz * cy;
      ny += bz * cx - bx * cz;
      nz += bx * cy - by * cx;
      bx = cx;
      by = cy;
      bz = cz;
    }
    sixfold += ax * nx + ay * ny + az * nz;
  }
  return sixfold / 6;
}

/** Volume of a polytope, without the rest of its mass properties. */
export function polytopeVolume(polytope: Polytope): number {
  return loopsVolume(
    polytope.vertices,
    polytope.faces.map((face) => face.loop),
  );
}

/** Exact volume, centre of mass and inertia about it, at unit density. */
export function polytopeMass(polytope: Polytope): MassProperties {
  return meshMass(triangulatePolytope(polytope));
}

/**
 * Exact mass properties of the solid inside a closed mesh, by signed tetrahedra. Regions that the mesh winds around
 * twice count twice, inward-facing ones negatively; a mesh without volume gives zeros.
 * The tetrahedra stand on the middle of the bounding box, so that a body far from the origin loses no digits.
 */
export function meshMass(mesh: TriangleMesh): MassProperties {
  const { positions, indices } = mesh;
  if (indices.length === 0) return NOTHING;
  const [ox, oy, oz] = boundsMiddle(positions);
  let sixfold = 0;
  let mx = 0;
  let my = 0;
  let mz = 0;
  // Second moments: the integral of x x over a tetrahedron (0, a, b, c) is det / 120 (sum of squares + square of sum).
  let xx = 0;
  let yy = 0;
  let zz = 0;
  let xy = 0;
  let xz = 0;
  let yz = 0;
  for (let at = 0; at < indices.length; at += 3) {
    const a = 3 * indices[at];
    const b = 3 * indices[at + 1];
    const c = 3 * indices[at + 2];
    const ax = positions[a] - ox;
    const ay = positions[a + 1] - oy;
    const az = positions[a + 2] - oz;
    const bx = positions[b] - ox;
    const by = positions[b + 1] - oy;
    const bz = positions[b + 2] - oz;
    const cx = positions[c] - ox;
    const cy = positions[c + 1] - oy;
    const cz = positions[c + 2] - oz;
    const determinant = ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
    const sx = ax + bx + cx;
    const sy = ay + by + cy;
    const sz = az + bz + cz;
    sixfold += determinant;
    mx += determinant * sx;
    my += determinant * sy;
    mz += determinant * sz;
    xx += determinant * (ax * ax + bx * bx + cx * cx + sx * sx);
    yy += determinant * (ay * ay + by * by + cy * cy + sy * sy);
    zz += determinant * (az * az + bz * bz + cz * cz + sz * sz);
    xy += determinant * (ax * ay + bx * by + cx * cy + sx * sy);
    xz += determinant * (ax * az + bx * bz + cx * cz + sx * sz);
    yz += determinant * (ay * az + by * bz + cy * cz + sy * sz);
  }
  const volume = sixfold / 6;
  if (volume === 0) return NOTHING;
  const x = mx / 24 / volume;
  const y = my / 24 / volume;
  const z = mz / 24 / volume;
  const momentX = xx / 120 - volume * x * x;
  const momentY = yy / 120 - volume * y * y;
  const momentZ = zz / 120 - volume * z * z;
  return {
    volume,
    centre: [ox + x, oy + y, oz + z],
    inertia: [
      momentY + momentZ,
      momentX + momentZ,
      momentX + momentY,
      volume * x * y - xy / 120,
      volume * x * z - xz / 120,
      volume * y * z - yz / 120,
    ],
  };
}

function boundsMiddle(positions: Float64Array): Vec3 {
  let lowX = Infinity;
  let lowY = Infinity;
  let lowZ = Infinity;
  let highX = -Infinity;
  let highY = -Infinity;
  let highZ = -Infinity;
  for (let at = 0; at + 2 < positions.length; at += 3) {
    lowX = Math.min(lowX, positions[at]);
    lowY = Math.min(lowY, positions[at + 1]);
    lowZ = Math.min(lowZ, positions[at + 2]);
    highX = Math.max(highX, positions[at]);
    highY = Math.max(highY, positions[at + 1]);
    highZ = Math.max(highZ, positions[at + 2]);
  }
  return [(lowX + highX) / 2, (lowY + highY) / 2, (lowZ + highZ) / 2];
}
