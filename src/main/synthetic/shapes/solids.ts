import type { TriangleMesh, Vec3 } from '../../../shared/geometry/types';

/**
 * Closed solids that the families are put together from: x to the right, y to the back, z up, metres. Each is one
 * manifold surface, oriented outward.
 */

/** A point of a profile: radius, height. */
export type Point2 = readonly [number, number];

/**
 * The solid between rings of equally many points, in order; its ends are closed by fans around `start` and `end`, or
 * around the end ring's mean, so an end must be star-shaped about that point.
 */
export function loft(rings: readonly (readonly Vec3[])[], start?: Vec3, end?: Vec3): TriangleMesh {
  const n = rings[0].length;
  const points: Vec3[] = rings.flat();
  const triangles: number[] = [];
  for (let r = 0; r + 1 < rings.length; r++) band(triangles, r * n, (r + 1) * n, n);
  const cap = (first: number, centre: Vec3, turned: boolean): void => {
    const middle = points.push(centre) - 1;
    for (let i = 0; i < n; i++) {
      const a = first + i;
      const b = first + ((i + 1) % n);
      triangles.push(...(turned ? [middle, b, a] : [middle, a, b]));
    }
  };
  cap(0, start ?? mean(rings[0]), true);
  cap((rings.length - 1) * n, end ?? mean(rings[rings.length - 1]), false);
  return outward(points, triangles);
}

/** The solid around a closed chain of rings, such as a hoop. */
export function loop(rings: readonly (readonly Vec3[])[]): TriangleMesh {
  const n = rings[0].length;
  const triangles: number[] = [];
  rings.forEach((_, r) => band(triangles, r * n, ((r + 1) % rings.length) * n, n));
  return outward(rings.flat(), triangles);
}

/** An upright block; `round` rounds its upright edges and bevels the level ones, metres. */
export function block(low: Vec3, high: Vec3, round = 0): TriangleMesh {
  const [x0, y0, z0] = low;
  const [x1, y1, z1] = high;
  const r = Math.min(round, 0.45 * (x1 - x0), 0.45 * (y1 - y0), 0.45 * (z1 - z0));
  if (r <= 0) {
    const ring = (z: number): Vec3[] => [
      [x0, y0, z],
      [x1, y0, z],
      [x1, y1, z],
      [x0, y1, z],
    ];
    return loft([ring(z0), ring(z1)]);
  }
  const ring = (z: number, inset: number): Vec3[] =>
    [0, 1, 2, 3].flatMap((corner) => {
      const cx = corner === 0 || corner === 3 ? x1 - r : x0 + r;
      const cy = corner < 2 ? y1 - r : y0 + r;
      return [0, 1, 2, 3].map((i): Vec3 => {
        const angle = ((corner + i / 3) * Math.PI) / 2;
        return [cx + (r - inset) * Math.cos(angle), cy + (r - inset) * Math.sin(angle), z];
      });
    });
  return loft([ring(z0, r * 0.6), ring(z0 + r * 0.6, 0), ring(z1 - r * 0.6, 0), ring(z1, r * 0.6)]);
}

/** A bar of rectangular section [level, other], its far end `taper` times as thick. */
export function bar(from: Vec3, to: Vec3, section: Point2, taper = 1): TriangleMesh {
  const [u, v] = across(minus(to, from));
  const ring = (at: Vec3, scale: number): Vec3[] =>
    [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ].map(([a, b]) => offset(at, u, (a * section[0] * scale) / 2, v, (b * section[1] * scale) / 2));
  return loft([ring(from, 1), ring(to, taper)]);
}

/** A round rod, or a truncated cone. */
export function rod(from: Vec3, to: Vec3, radius: number, farRadius = radius, segments = 14): TriangleMesh {
  const [u, v] = across(minus(to, from));
  return loft([circle(from, u, v, radius, segments), circle(to, u, v, farRadius, segments)]);
}

/**
 * A solid of revolution about the upright axis through `at`. The profile runs from the axis to the axis; where its
 * ends are off the axis they are closed level.
 */
export function turned(profile: readonly Point2[], at: Vec3 = [0, 0, 0], segments = 24): TriangleMesh {
  const place = (z: number): Vec3 => [at[0], at[1], at[2] + z];
  const rings = profile
    .filter(([r]) => r > 0)
    .map(([r, z]) => circle(place(z), [1, 0, 0], [0, 1, 0], r, segments));
  return loft(rings, place(profile[0][1]), place(profile[profile.length - 1][1]));
}

/** A hoop of revolution about the upright axis through `at`, from a closed profile off the axis. */
export function turnedHoop(profile: readonly Point2[], at: Vec3 = [0, 0, 0], segments = 24): TriangleMesh {
  return loop(profile.map(([r, z]) => circle([at[0], at[1], at[2] + z], [1, 0, 0], [0, 1, 0], r, segments)));
}

/** A bent rod along a path; `radius` may change along it, from 0 to 1. */
export function sweep(
  path: readonly Vec3[],
  radius: number | ((along: number) => number),
  segments = 10,
): TriangleMesh {
  const last = path.length - 1;
  let [u, v] = across(minus(path[1], path[0]));
  const rings = path.map((at, i) => {
    const direction = unit(minus(path[Math.min(last, i + 1)], path[Math.max(0, i - 1)]));
    // The frame is carried along, so that the rod does not twist.
    u = unit(minus(u, scaled(direction, dot(u, direction))));
    v = cross(direction, u);
    return circle(at, u, v, typeof radius === 'number' ? radius : radius(i / last), segments);
  });
  return loft(rings);
}

/** A flat plate: a convex outline and the same moved by `by`. */
export function plate(outline: readonly Vec3[], by: Vec3): TriangleMesh {
  return loft([outline, outline.map((p): Vec3 => [p[0] + by[0], p[1] + by[1], p[2] + by[2]])]);
}

/** An ellipsoid with upright poles. */
export function ellipsoid(at: Vec3, radii: Vec3, segments = 20): TriangleMesh {
  const rows = Math.max(6, segments / 2);
  const rings: Vec3[][] = [];
  for (let row = 1; row < rows; row++) {
    const angle = (row / rows) * Math.PI - Math.PI / 2;
    const z = at[2] + radii[2] * Math.sin(angle);
    rings.push(
      Array.from({ length: segments }, (_, i): Vec3 => {
        const turn = (2 * Math.PI * i) / segments;
        return [
          at[0] + radii[0] * Math.cos(angle) * Math.cos(turn),
          at[1] + radii[1] * Math.cos(angle) * Math.sin(turn),
          z,
        ];
      }),
    );
  }
  return loft(rings, [at[0], at[1], at[2] - radii[2]], [at[0], at[1], at[2] + radii[2]]);
}

/** The mesh at its mirror image in the plane x = 0. */
export function mirrored({ positions, indices }: TriangleMesh): TriangleMesh {
  return {
    positions: positions.map((x, i) => (i % 3 === 0 ? -x : x)),
    indices: indices.map((_, i) => indices[i - (i % 3) + [0, 2, 1][i % 3]]),
  };
}

/** The mesh turned about the upright axis, radians. */
export function spun({ positions, indices }: TriangleMesh, angle: number): TriangleMesh {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const out = new Float64Array(positions.length);
  for (let i = 0; i < positions.length; i += 3) {
    out[i] = c * positions[i] - s * positions[i + 1];
    out[i + 1] = s * positions[i] + c * positions[i + 1];
    out[i + 2] = positions[i + 2];
  }
  return { positions: out, indices };
}

function band(triangles: number[], from: number, to: number, n: number): void {
  for (let i = 0; i < n; i++) {
    const j = (i + 1) % n;
    triangles.push(from + i, from + j, to + j, from + i, to + j, to + i);
  }
}

function outward(points: readonly Vec3[], triangles: readonly number[]): TriangleMesh {
  let volume = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    volume += dot(
      points[triangles[t]],
      cross(minus(points[triangles[t + 1]], points[0]), minus(points[triangles[t + 2]], points[0])),
    );
    volume -= dot(
      points[0],
      cross(minus(points[triangles[t + 1]], points[0]), minus(points[triangles[t + 2]], points[0])),
    );
  }
  const indices = Uint32Array.from(triangles, (_, i) =>
    volume >= 0 ? triangles[i] : triangles[i - (i % 3) + [0, 2, 1][i % 3]],
  );
  return { positions: Float64Array.from(points.flat()), indices };
}

function circle(at: Vec3, u: Vec3, v: Vec3, radius: number, segments: number): Vec3[] {
  return Array.from({ length: segments }, (_, i) => {
    const angle = (2 * Math.PI * i) / segments;
    return offset(at, u, radius * Math.cos(angle), v, radius * Math.sin(angle));
  });
}

/** Two unit vectors across a direction, the first one level. */
function across(direction: Vec3): [Vec3, Vec3] {
  const d = unit(direction);
  const u: Vec3 = Math.hypot(d[0], d[1]) < 1e-6 ? [1, 0, 0] : unit([d[1], -d[0], 0]);
  return [u, cross(d, u)];
}

function mean(points: readonly Vec3[]): Vec3 {
  const sum = (c: 0 | 1 | 2): number => points.reduce((total, p) => total + p[c], 0) / points.length;
  return [sum(0), sum(1), sum(2)];
}

function offset(at: Vec3, u: Vec3, a: number, v: Vec3, b: number): Vec3 {
  return [at[0] + a * u[0] + b * v[0], at[1] + a * u[1] + b * v[1], at[2] + a * u[2] + b * v[2]];
}

const scaled = (a: Vec3, s: number): Vec3 => [a[0] * s, a[1] * s, a[2] * s];
const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const unit = (a: Vec3): Vec3 => scaled(a, 1 / (Math.hypot(...a) || 1));
