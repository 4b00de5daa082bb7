import type { MassProperties, Polytope, TriangleMesh, Vec3 } from './types';
import { triangulatePolytope } from './triangulate';

const NOTHING: MassProperties = { volume: 0, centre: [0, 0, 0], inertia: [0, 0, 0, 0, 0, 0] };

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
    const a = 3 * indices[at]!;
    const b = 3 * indices[at + 1]!;
    const c = 3 * indices[at + 2]!;
    const ax = positions[a]! - ox;
    const ay = positions[a + 1]! - oy;
    const az = positions[a + 2]! - oz;
    const bx = positions[b]! - ox;
    const by = positions[b + 1]! - oy;
    const bz = positions[b + 2]! - oz;
    const cx = positions[c]! - ox;
    const cy = positions[c + 1]! - oy;
    const cz = positions[c + 2]! - oz;
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
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let at = 0; at < positions.length; at++) {
    low[at % 3] = Math.min(low[at % 3]!, positions[at]!);
    high[at % 3] = Math.max(high[at % 3]!, positions[at]!);
  }
  return [(low[0]! + high[0]!) / 2, (low[1]! + high[1]!) / 2, (low[2]! + high[2]!) / 2];
}

/** The mass of disjoint (or summed) bodies taken together: parallel-axis theorem. Zeros for an empty list. */
export function combineMass(list: readonly MassProperties[]): MassProperties {
  let volume = 0;
  const moment = [0, 0, 0];
  for (const mass of list) {
    volume += mass.volume;
    for (let axis = 0; axis < 3; axis++) moment[axis] = moment[axis]! + mass.volume * mass.centre[axis]!;
  }
  if (volume === 0) return NOTHING;
  const centre: Vec3 = [moment[0]! / volume, moment[1]! / volume, moment[2]! / volume];
  const inertia: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
  for (const mass of list) {
    const x = mass.centre[0] - centre[0];
    const y = mass.centre[1] - centre[1];
    const z = mass.centre[2] - centre[2];
    const shift = [y * y + z * z, x * x + z * z, x * x + y * y, -x * y, -x * z, -y * z];
    for (let term = 0; term < 6; term++)
      inertia[term] = inertia[term]! + mass.inertia[term]! + mass.volume * shift[term]!;
  }
  return { volume, centre, inertia };
}

/** The same body moved; inertia is about the centre of mass and stays. */
export function translateMass(mass: MassProperties, by: Vec3): MassProperties {
  const [x, y, z] = mass.centre;
  return { ...mass, centre: [x + by[0], y + by[1], z + by[2]] };
}

/**
 * The same body with every length times `lengthFactor` > 0 about the origin, still at unit density: volume times the
 * cube, inertia times the fifth power.
 */
export function scaleMass(mass: MassProperties, lengthFactor: number): MassProperties {
  const [x, y, z] = mass.centre;
  const fifth = lengthFactor ** 5;
  const [a, b, c, d, e, f] = mass.inertia;
  return {
    volume: mass.volume * lengthFactor ** 3,
    centre: [x * lengthFactor, y * lengthFactor, z * lengthFactor],
    inertia: [a * fifth, b * fifth, c * fifth, d * fifth, e * fifth, f * fifth],
  };
}
