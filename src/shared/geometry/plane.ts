import { UNIT_NORMAL } from './epsilon';
import { fail, ok, type Problem, type Result } from '../result';
import type { Numbers, Polytope } from './types';

/**
 * The number of planes in rows (nx, ny, nz, d), or what is wrong with them: 'plane-layout' when the length is no multiple
 * of 4, 'non-finite-plane' for NaN, infinities and normals of length zero, 'non-unit-plane' for other lengths.
 */
export function checkPlanes(planes: Numbers): Result<number> {
  const count = planes.length / 4;
  if (!Number.isInteger(count)) {
    return fail({
      code: 'plane-layout',
      message: `Planes come as rows of 4 numbers, but ${planes.length} numbers were given.`,
      hint: 'Give nx, ny, nz, d for every plane.',
    });
  }
  for (let plane = 0; plane < count; plane++) {
    const at = plane * 4;
    const x = planes[at];
    const y = planes[at + 1];
    const z = planes[at + 2];
    const squared = x * x + y * y + z * z;
    // One comparison serves NaN, infinities and lengths: all make it false.
    if (Math.abs(squared - 1) <= 2 * UNIT_NORMAL && Number.isFinite(planes[at + 3])) continue;
    return fail(badPlane(plane, [x, y, z, planes[at + 3]], squared));
  }
  return ok(count);
}

function badPlane(plane: number, row: readonly number[], squared: number): Problem {
  if (!row.every((value) => Number.isFinite(value)) || squared === 0) {
    return {
      code: 'non-finite-plane',
      message: `Plane ${plane} is not a half-space: (${row.join(', ')}).`,
      hint: 'Give a finite normal of length 1 and a finite offset.',
    };
  }
  return {
    code: 'non-unit-plane',
    message: `The normal of plane ${plane} has length ${Math.sqrt(squared).toPrecision(6)} instead of 1.`,
    hint: 'Divide the normal and the offset by that length.',
  };
}

/**
 * Planes [F,4] of a polytope's faces in face order, unit normals outward, from its vertices alone (Newell's sum about
 * the loop's first vertex). The offset is the loop's farthest, so that every vertex of the face is inside.
 */
export function facePlanes(polytope: Polytope): Float64Array {
  const { vertices, faces } = polytope;
  const planes = new Float64Array(faces.length * 4);
  for (let face = 0; face < faces.length; face++) {
    const loop = faces[face].loop;
    const origin = loop[0] * 3;
    let x = 0;
    let y = 0;
    let z = 0;
    for (let corner = 1; corner + 1 < loop.length; corner++) {
      const a = loop[corner] * 3;
      const b = loop[corner + 1] * 3;
      const ax = vertices[a] - vertices[origin];
      const ay = vertices[a + 1] - vertices[origin + 1];
      const az = vertices[a + 2] - vertices[origin + 2];
      const bx = vertices[b] - vertices[origin];
      const by = vertices[b + 1] - vertices[origin + 1];
      const bz = vertices[b + 2] - vertices[origin + 2];
      x += ay * bz - az * by;
      y += az * bx - ax * bz;
      z += ax * by - ay * bx;
    }
    const length = Math.hypot(x, y, z) || 1;
    x /= length;
    y /= length;
    z /= length;
    let offset = -Infinity;
    for (const vertex of loop) {
      const at = vertex * 3;
      offset = Math.max(offset, x * vertices[at] + y * vertices[at + 1] + z * vertices[at + 2]);
    }
    planes.set([x, y, z, offset], face * 4);
  }
  return planes;
}
