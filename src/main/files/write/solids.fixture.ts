import type { Frame, HalfspaceDocument, UpAxis } from '../../../shared/document/types';
import type { Vec3 } from '../../../shared/geometry/types';
import type { ConvexPart } from '../../../shared/shape/types';

/** Mass properties of a solid in a file's units and axes; the tensor about the centre of mass, row by row. */
export interface SolidMass {
  readonly mass: number;
  readonly centre: readonly number[];
  /** [9] */
  readonly inertia: readonly number[];
}

/**
 * Three overlapping bodies of slanting planes, off centre and without any symmetry: no two moments of inertia are
 * alike, nor any two products. A unit is not a metre.
 */
export function skewDocument(upAxis: UpAxis): HalfspaceDocument {
  return {
    id: 'skew',
    name: 'Skew',
    frame: { origin: [0.7, -0.4, 1.3], metresPerUnit: 0.37, upAxis },
    sharpness: 75,
    parts: [
      skewPart(0, [0.06, -0.12, 0.05], [0.34, 0.13, 0.09], 0.5),
      skewPart(1, [0.17, 0.03, -0.07], [0.1, 0.25, 0.12], -0.7),
      skewPart(2, [-0.08, -0.03, 0.16], [0.08, 0.1, 0.21], 1.1),
    ],
    source: null,
    recipe: null,
    adoptedParts: null,
    journal: [],
  };
}

/** A box turned by an angle about a slanting axis, with one corner cut off. */
function skewPart(index: number, translation: Vec3, half: Vec3, angle: number): ConvexPart {
  const axis = normalised([1, 2 + index, 3]);
  const box = half.flatMap((offset, side) =>
    [-1, 1].map((sign) => ({ normal: turned(unit(side, sign), axis, angle), offset, locked: false })),
  );
  const corner = { normal: turned(normalised([1, -1, 0.5]), axis, angle), offset: 0.8 * Math.min(...half) };
  return {
    id: `skew-${index}`,
    name: `Skew ${index + 1}`,
    index,
    translation,
    planes: [...box, { ...corner, locked: false }],
    smoothness: 175,
    visible: true,
    locked: false,
  };
}

function unit(axis: number, sign: number): Vec3 {
  return [axis === 0 ? sign : 0, axis === 1 ? sign : 0, axis === 2 ? sign : 0];
}

function normalised(v: Vec3): Vec3 {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
}

/** Rodrigues' rotation of v about a unit axis. */
function turned(v: Vec3, k: Vec3, angle: number): Vec3 {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const along = (v[0] * k[0] + v[1] * k[1] + v[2] * k[2]) * (1 - c);
  return [
    v[0] * c + (k[1] * v[2] - k[2] * v[1]) * s + k[0] * along,
    v[1] * c + (k[2] * v[0] - k[0] * v[2]) * s + k[1] * along,
    v[2] * c + (k[0] * v[1] - k[1] * v[0]) * s + k[2] * along,
  ];
}

/** Lines of the quadrature along each side of the square [-0.7, 0.7]. */
const LINES = 1000;
const SIDE = 1.4;

/**
 * Mass properties of the union of parts straight from their half-spaces, on a way of its own: lines parallel to z, on
 * each of which every part is an interval and the union is integrated exactly. No clipping, mesh or boolean takes part.
 * Good to about 1e-5 of its size.
 *
 * @returns at unit density, learning units, in the document's axes
 */
export function unionByLines(parts: readonly ConvexPart[]): SolidMass {
  const area = (SIDE / LINES) ** 2;
  let volume = 0;
  const first = [0, 0, 0];
  // xx, yy, zz, xy, xz, yz
  const second = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < LINES; i++) {
    const x = ((i + 0.5) / LINES - 0.5) * SIDE;
    for (let j = 0; j < LINES; j++) {
      const y = ((j + 0.5) / LINES - 0.5) * SIDE;
      for (const [from, to] of unionOfIntervals(parts.map((part) => interval(part, x, y)))) {
        const z0 = to - from;
        const z1 = (to ** 2 - from ** 2) / 2;
        const z2 = (to ** 3 - from ** 3) / 3;
        volume += z0;
        [x * z0, y * z0, z1].forEach((value, k) => (first[k] += value));
        [x * x * z0, y * y * z0, z2, x * y * z0, x * z1, y * z1].forEach((value, k) => (second[k] += value));
      }
    }
  }
  const centre = first.map((value) => value / volume);
  const [cx, cy, cz] = centre;
  const shift = [cx * cx, cy * cy, cz * cz, cx * cy, cx * cz, cy * cz];
  const [xx, yy, zz, xy, xz, yz] = second.map((value, k) => (value - volume * shift[k]) * area);
  return {
    mass: volume * area,
    centre,
    inertia: [yy + zz, -xy, -xz, -xy, xx + zz, -yz, -xz, -yz, xx + yy],
  };
}

function interval({ planes, translation }: ConvexPart, x: number, y: number): readonly [number, number] {
  let [from, to] = [-Infinity, Infinity];
  for (const { normal, offset } of planes) {
    const left = offset - normal[0] * (x - translation[0]) - normal[1] * (y - translation[1]);
    const end = left / normal[2] + translation[2];
    if (normal[2] > 0) to = Math.min(to, end);
    else if (normal[2] < 0) from = Math.max(from, end);
    else if (left < 0) return [0, 0];
  }
  return [from, to];
}

function unionOfIntervals(intervals: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const sorted = intervals.filter(([from, to]) => from < to).sort((a, b) => a[0] - b[0]);
  const union: (readonly [number, number])[] = [];
  for (const [from, to] of sorted) {
    const last = union.at(-1);
    if (last && from <= last[1]) union[union.length - 1] = [last[0], Math.max(last[1], to)];
    else union.push([from, to]);
  }
  return union;
}

/** The same solid of a density, kg / m^3, in metres, and in the axes of a file: units and turns written out by hand. */
export function inFile(unit: SolidMass, frame: Frame, upAxis: UpAxis, density: number): SolidMass {
  const s = frame.metresPerUnit;
  const same = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const yToZ = [1, 0, 0, 0, 0, -1, 0, 1, 0];
  const zToY = [1, 0, 0, 0, 0, 1, 0, -1, 0];
  const turn = frame.upAxis === upAxis ? same : upAxis === 'z' ? yToZ : zToY;
  const metres = unit.centre.map((value, axis) => frame.origin[axis] + s * value);
  return {
    mass: unit.mass * s ** 3 * density,
    centre: [0, 1, 2].map((i) => [0, 1, 2].reduce((sum, k) => sum + turn[3 * i + k] * metres[k], 0)),
    inertia: conjugated(turn, unit.inertia).map((value) => value * s ** 5 * density),
  };
}

/** R T R^T, all row by row. */
export function conjugated(r: readonly number[], t: readonly number[]): number[] {
  return Array.from({ length: 9 }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < 3; k++) {
      for (let l = 0; l < 3; l++) sum += r[3 * Math.floor(at / 3) + k] * t[3 * k + l] * r[3 * (at % 3) + l];
    }
    return sum;
  });
}

/** The tensor of principal moments whose axes a unit quaternion turns the coordinate axes onto. */
export function fromPrincipal(
  moments: readonly number[],
  [w, x, y, z]: readonly [number, number, number, number],
): number[] {
  // Column by column, what the rotation makes of a coordinate axis.
  const first = [1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)];
  const second = [2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)];
  const third = [2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)];
  const turn = [0, 1, 2].flatMap((row) => [first[row], second[row], third[row]]);
  return conjugated(turn, [moments[0], 0, 0, 0, moments[1], 0, 0, 0, moments[2]]);
}

/**
 * Mass properties inside a closed surface of triangles, at a density, by signed tetrahedra on its first corner.
 *
 * @param triangles [T * 9] corners
 */
export function solidOfTriangles(triangles: ArrayLike<number>, density: number): SolidMass {
  // About the first corner, so that a body far from the origin loses no digits.
  const origin = [triangles[0], triangles[1], triangles[2]];
  let volume = 0;
  const first = [0, 0, 0];
  const second = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let at = 0; at < triangles.length; at += 9) {
    const corners = [0, 3, 6].map((c) => [0, 1, 2].map((axis) => triangles[at + c + axis] - origin[axis]));
    const [a, b, c] = corners;
    const sixfold =
      a[0] * (b[1] * c[2] - b[2] * c[1]) +
      a[1] * (b[2] * c[0] - b[0] * c[2]) +
      a[2] * (b[0] * c[1] - b[1] * c[0]);
    volume += sixfold / 6;
    // A tetrahedron's mean of products: corners (the origin is one) count once, and their sum squared once.
    const sum = [0, 1, 2].map((axis) => a[axis] + b[axis] + c[axis]);
    for (let i = 0; i < 3; i++) {
      first[i] += (sixfold / 24) * sum[i];
      for (let j = 0; j < 3; j++) {
        const products = corners.reduce((total, corner) => total + corner[i] * corner[j], sum[i] * sum[j]);
        second[3 * i + j] += (sixfold / 120) * products;
      }
    }
  }
  const centre = first.map((value) => value / volume);
  const about = second.map((value, k) => value - volume * centre[Math.floor(k / 3)] * centre[k % 3]);
  const trace = about[0] + about[4] + about[8];
  return {
    mass: volume * density,
    centre: centre.map((value, axis) => value + origin[axis]),
    inertia: about.map((value, k) => density * ((k % 4 === 0 ? trace : 0) - value)),
  };
}
