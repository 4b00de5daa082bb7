import type { MassProperties, Vec3 } from './types';

export interface PrincipalInertia {
  /** Ascending. */
  readonly moments: Vec3;
  /** Unit quaternion x, y, z, w (w >= 0): turns the coordinate axes onto the principal axes, a right-handed frame. */
  readonly axes: readonly [number, number, number, number];
}

type Matrix = [number, number, number, number, number, number, number, number, number];

const MOST_SWEEPS = 32;

/** Principal moments and axes of an inertia tensor (xx, yy, zz, xy, xz, yz), by cyclic Jacobi rotations. */
export function principalInertia(inertia: MassProperties['inertia']): PrincipalInertia {
  const [xx, yy, zz, xy, xz, yz] = inertia;
  const a: Matrix = [xx, xy, xz, xy, yy, yz, xz, yz, zz];
  const v: Matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const scale = Math.abs(xx) + Math.abs(yy) + Math.abs(zz);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (Math.abs(a[1]) + Math.abs(a[2]) + Math.abs(a[5]) <= Number.EPSILON * 0.01 * scale) break;
    rotate(a, v, 0, 1);
    rotate(a, v, 0, 2);
    rotate(a, v, 1, 2);
  }
  const order = [0, 1, 2].sort((i, j) => a[4 * i] - a[4 * j]);
  const moments = order.map((i) => a[4 * i]);
  const column = (i: number): Vec3 => [v[order[i]], v[3 + order[i]], v[6 + order[i]]];
  const first = column(0);
  const second = column(1);
  const third: Vec3 = [
    first[1] * second[2] - first[2] * second[1],
    first[2] * second[0] - first[0] * second[2],
    first[0] * second[1] - first[1] * second[0],
  ];
  return { moments: [moments[0], moments[1], moments[2]], axes: toQuaternion(first, second, third) };
}

/** One Jacobi rotation that zeroes a[p][q] of the symmetric 3x3 `a` and is gathered in `v`. */
function rotate(a: Matrix, v: Matrix, p: number, q: number): void {
  const off = a[3 * p + q];
  if (off === 0) return;
  const theta = (a[4 * q] - a[4 * p]) / (2 * off);
  const tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (let k = 0; k < 3; k++) {
    const kp = a[3 * k + p];
    const kq = a[3 * k + q];
    a[3 * k + p] = cosine * kp - sine * kq;
    a[3 * k + q] = sine * kp + cosine * kq;
  }
  for (let k = 0; k < 3; k++) {
    const pk = a[3 * p + k];
    const qk = a[3 * q + k];
    a[3 * p + k] = cosine * pk - sine * qk;
    a[3 * q + k] = sine * pk + cosine * qk;
    const vp = v[3 * k + p];
    const vq = v[3 * k + q];
    v[3 * k + p] = cosine * vp - sine * vq;
    v[3 * k + q] = sine * vp + cosine * vq;
  }
}

/** The rotation whose matrix has these columns, by the branch with the largest component (Shepperd). */
function toQuaternion(c0: Vec3, c1: Vec3, c2: Vec3): [number, number, number, number] {
  const fourfold = [
    1 + c0[0] - c1[1] - c2[2],
    1 - c0[0] + c1[1] - c2[2],
    1 - c0[0] - c1[1] + c2[2],
    1 + c0[0] + c1[1] + c2[2],
  ];
  const largest = fourfold.indexOf(Math.max(...fourfold));
  const a = c1[2] - c2[1];
  const b = c2[0] - c0[2];
  const c = c0[1] - c1[0];
  const d = c1[0] + c0[1];
  const e = c2[0] + c0[2];
  const f = c2[1] + c1[2];
  const value = fourfold[largest];
  const rows: [number, number, number, number][] = [
    [value, d, e, a],
    [d, value, f, b],
    [e, f, value, c],
    [a, b, c, value],
  ];
  const row = rows[largest];
  const norm = Math.hypot(...row) * (row[3] < 0 ? -1 : 1);
  return [row[0] / norm, row[1] / norm, row[2] / norm, row[3] / norm];
}
