import { buildBvh, triangleBoxes, type Bvh } from './bvh';
import type { Numbers } from './types';

const FOUR_PI = 4 * Math.PI;
/** Doubles per node: centre 3, squared far radius 1, order 0: 3, order 1: 6, order 2: 10. */
const STRIDE = 23;
/** A node is far when the point is further from its centre than this many of its radii (Barill et al. 2018, beta). */
const FAR = 2;

/** Something that knows the winding number at a point. */
export type WindingFunction = (x: number, y: number, z: number) => number;

/**
 * Signed solid angle of a triangle over 4 pi (Van Oosterom & Strackee 1983). Positive where the triangle is seen from
 * behind, so that a closed outward mesh sums to 1 inside.
 */
export function triangleWinding(corners: Numbers, t: number, x: number, y: number, z: number): number {
  const ax = corners[t] - x;
  const ay = corners[t + 1] - y;
  const az = corners[t + 2] - z;
  const bx = corners[t + 3] - x;
  const by = corners[t + 4] - y;
  const bz = corners[t + 5] - z;
  const cx = corners[t + 6] - x;
  const cy = corners[t + 7] - y;
  const cz = corners[t + 8] - z;
  const a = Math.sqrt(ax * ax + ay * ay + az * az);
  const b = Math.sqrt(bx * bx + by * by + bz * bz);
  const c = Math.sqrt(cx * cx + cy * cy + cz * cz);
  const volume = ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  const denominator =
    a * b * c +
    (ax * bx + ay * by + az * bz) * c +
    (bx * cx + by * cy + bz * cz) * a +
    (cx * ax + cy * ay + cz * az) * b;
  // A point in the triangle's own plane sees no solid angle from outside it; on it the value is undefined, take 0.
  if (volume === 0) return 0;
  return (2 * Math.atan2(volume, denominator)) / FOUR_PI;
}

/**
 * The fast generalised winding number of triangles (Barill et al. 2018): exact solid angles near, and the second-order
 * Taylor expansion of the dipole field of a whole node far away (beta = 2).
 * @param corners [T, 9], any soup.
 */
export function createTriangleWinding(corners: Float64Array): WindingFunction {
  const bvh = buildBvh(triangleBoxes(corners), 4);
  const sorted = new Float64Array(corners.length);
  bvh.order.forEach((t, i) => sorted.set(corners.subarray(t * 9, t * 9 + 9), i * 9));
  const moments = expandNodes(bvh, triangleElements(sorted));
  return walk(bvh, moments, (i, x, y, z) => triangleWinding(sorted, i * 9, x, y, z));
}

/**
 * The winding number of oriented points that each stand for a patch of surface (Barill et al. 2018, section 4).
 * @param points [N, 3]
 * @param normals [N, 3] unit, outward
 * @param areas [N]
 */
export function createPointWinding(points: Numbers, normals: Numbers, areas: Numbers): WindingFunction {
  const count = areas.length;
  const boxes = new Float64Array(count * 6);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) boxes[i * 6 + c] = boxes[i * 6 + 3 + c] = points[i * 3 + c];
  }
  const bvh = buildBvh(boxes, 8);
  const elements = pointElements(bvh, points, normals, areas);
  return walk(bvh, expandNodes(bvh, elements), (i, x, y, z) => {
    const e = i * 15;
    const dx = elements[e + 3] - x;
    const dy = elements[e + 4] - y;
    const dz = elements[e + 5] - z;
    const square = dx * dx + dy * dy + dz * dz;
    if (square === 0) return 0;
    const dot = elements[e] * dx + elements[e + 1] * dy + elements[e + 2] * dz;
    return dot / (FOUR_PI * square * Math.sqrt(square));
  });
}

function walk(
  { nodeCount, skip, first, size }: Bvh,
  moments: Float64Array,
  near: (element: number, x: number, y: number, z: number) => number,
): WindingFunction {
  return (x, y, z) => {
    let sum = 0;
    let node = 0;
    while (node < nodeCount) {
      const m = node * STRIDE;
      const rx = moments[m] - x;
      const ry = moments[m + 1] - y;
      const rz = moments[m + 2] - z;
      const square = rx * rx + ry * ry + rz * rz;
      if (square > moments[m + 3]) {
        sum += farField(moments, m + 4, rx, ry, rz, square);
        node = skip[node];
        continue;
      }
      if (skip[node] === node + 1) {
        const end = first[node] + size[node];
        for (let i = first[node]; i < end; i++) sum += near(i, x, y, z);
      }
      node++;
    }
    return sum;
  };
}

/**
 * Taylor expansion about r = centre - q of sum of area * normal . grad G, G the Laplacian's Green's function:
 * N.r/r^3 + tr M/r^3 - 3 r'Mr/r^5 + (15 T(r,r,r)/r^7 - 9 tr T . r/r^5) / 2, over 4 pi. Only the symmetric parts of the
 * moments M and T enter.
 */
function farField(m: Float64Array, at: number, x: number, y: number, z: number, square: number): number {
  const inverse = 1 / Math.sqrt(square);
  const i2 = inverse * inverse;
  const i3 = i2 * inverse;
  const zeroth = m[at] * x + m[at + 1] * y + m[at + 2] * z;
  const xx = x * x;
  const yy = y * y;
  const zz = z * z;
  const first =
    m[at + 3] * xx +
    m[at + 4] * yy +
    m[at + 5] * zz +
    2 * (m[at + 6] * x * y + m[at + 7] * x * z + m[at + 8] * y * z);
  const xxx = m[at + 9];
  const yyy = m[at + 10];
  const zzz = m[at + 11];
  const xxy = m[at + 12];
  const xxz = m[at + 13];
  const yyx = m[at + 14];
  const yyz = m[at + 15];
  const zzx = m[at + 16];
  const zzy = m[at + 17];
  const cubic =
    xxx * xx * x +
    yyy * yy * y +
    zzz * zz * z +
    3 * (xxy * xx * y + xxz * xx * z + yyx * yy * x + yyz * yy * z + zzx * zz * x + zzy * zz * y) +
    6 * m[at + 18] * x * y * z;
  const trace = (xxx + yyx + zzx) * x + (xxy + yyy + zzy) * y + (xxz + yyz + zzz) * z;
  const second = 7.5 * i2 * cubic - 4.5 * trace;
  return (i3 * (zeroth + m[at + 3] + m[at + 4] + m[at + 5] + i2 * (second - 3 * first))) / FOUR_PI;
}

/**
 * Elements of an expansion, 15 doubles each: area-weighted normal 3, centroid 3, second moment about the centroid per
 * unit area (xx, yy, zz, xy, xz, yz) 6, area, radius about the centroid, padding.
 */
function triangleElements(corners: Float64Array): Float64Array {
  const count = corners.length / 9;
  const out = new Float64Array(count * 15);
  const d = new Float64Array(9);
  for (let i = 0; i < count; i++) {
    const t = i * 9;
    const e = i * 15;
    let radius = 0;
    for (let c = 0; c < 3; c++) {
      const middle = (corners[t + c] + corners[t + 3 + c] + corners[t + 6 + c]) / 3;
      out[e + 3 + c] = middle;
      for (let v = 0; v < 3; v++) d[v * 3 + c] = corners[t + v * 3 + c] - middle;
    }
    const ux = d[3] - d[0];
    const uy = d[4] - d[1];
    const uz = d[5] - d[2];
    const vx = d[6] - d[0];
    const vy = d[7] - d[1];
    const vz = d[8] - d[2];
    out[e] = (uy * vz - uz * vy) / 2;
    out[e + 1] = (uz * vx - ux * vz) / 2;
    out[e + 2] = (ux * vy - uy * vx) / 2;
    for (let v = 0; v < 9; v += 3) {
      // Integral over a triangle of (x-c)(x-c)' = area / 12 * sum of vertex terms, as the vertex offsets sum to 0.
      out[e + 6] += (d[v] * d[v]) / 12;
      out[e + 7] += (d[v + 1] * d[v + 1]) / 12;
      out[e + 8] += (d[v + 2] * d[v + 2]) / 12;
      out[e + 9] += (d[v] * d[v + 1]) / 12;
      out[e + 10] += (d[v] * d[v + 2]) / 12;
      out[e + 11] += (d[v + 1] * d[v + 2]) / 12;
      radius = Math.max(radius, Math.hypot(d[v], d[v + 1], d[v + 2]));
    }
    out[e + 12] = Math.hypot(out[e], out[e + 1], out[e + 2]);
    out[e + 13] = radius;
  }
  return out;
}

function pointElements(bvh: Bvh, points: Numbers, normals: Numbers, areas: Numbers): Float64Array {
  const out = new Float64Array(areas.length * 15);
  for (let i = 0; i < areas.length; i++) {
    const p = bvh.order[i];
    for (let c = 0; c < 3; c++) {
      out[i * 15 + c] = normals[p * 3 + c] * areas[p];
      out[i * 15 + 3 + c] = points[p * 3 + c];
    }
    out[i * 15 + 12] = areas[p];
  }
  return out;
}

function expandNodes(bvh: Bvh, elements: Float64Array): Float64Array {
  const { nodeCount, first, size } = bvh;
  const out = new Float64Array(nodeCount * STRIDE);
  for (let node = 0; node < nodeCount; node++) {
    const m = node * STRIDE;
    const start = first[node] * 15;
    const end = start + size[node] * 15;
    let area = 0;
    for (let e = start; e < end; e += 15) {
      // The tiny constant keeps a node of zero-area triangles from a centre of NaN.
      const weight = elements[e + 12] + 1e-300;
      area += weight;
      for (let c = 0; c < 3; c++) out[m + c] += weight * elements[e + 3 + c];
    }
    for (let c = 0; c < 3; c++) out[m + c] /= area;
    let radius = 0;
    for (let e = start; e < end; e += 15) {
      const dx = elements[e + 3] - out[m];
      const dy = elements[e + 4] - out[m + 1];
      const dz = elements[e + 5] - out[m + 2];
      radius = Math.max(radius, Math.hypot(dx, dy, dz) + elements[e + 13]);
      addMoments(out, m + 4, elements, e, dx, dy, dz);
    }
    out[m + 3] = (FAR * radius) ** 2;
  }
  return out;
}

function addMoments(
  out: Float64Array,
  at: number,
  elements: Float64Array,
  e: number,
  dx: number,
  dy: number,
  dz: number,
): void {
  const nx = elements[e];
  const ny = elements[e + 1];
  const nz = elements[e + 2];
  out[at] += nx;
  out[at + 1] += ny;
  out[at + 2] += nz;
  out[at + 3] += dx * nx;
  out[at + 4] += dy * ny;
  out[at + 5] += dz * nz;
  out[at + 6] += (dx * ny + dy * nx) / 2;
  out[at + 7] += (dx * nz + dz * nx) / 2;
  out[at + 8] += (dy * nz + dz * ny) / 2;
  // Second moments about the node's centre per unit area (parallel axes), then symmetrised with the normal.
  const xx = elements[e + 6] + dx * dx;
  const yy = elements[e + 7] + dy * dy;
  const zz = elements[e + 8] + dz * dz;
  const xy = elements[e + 9] + dx * dy;
  const xz = elements[e + 10] + dx * dz;
  const yz = elements[e + 11] + dy * dz;
  out[at + 9] += xx * nx;
  out[at + 10] += yy * ny;
  out[at + 11] += zz * nz;
  out[at + 12] += (xx * ny + 2 * xy * nx) / 3;
  out[at + 13] += (xx * nz + 2 * xz * nx) / 3;
  out[at + 14] += (yy * nx + 2 * xy * ny) / 3;
  out[at + 15] += (yy * nz + 2 * yz * ny) / 3;
  out[at + 16] += (zz * nx + 2 * xz * nz) / 3;
  out[at + 17] += (zz * ny + 2 * yz * nz) / 3;
  out[at + 18] += (xy * nz + xz * ny + yz * nx) / 3;
}
