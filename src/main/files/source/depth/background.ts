import { createRandom, type Random } from '../../../../shared/random';
import { backProject, type DepthView } from './view';

/** A plane of the scene that is not the object: normal . x = offset, the object and the camera on its positive side. */
export interface BackgroundPlane {
  readonly normal: readonly [number, number, number];
  /** Metres. */
  readonly offset: number;
  /** Within 30 degrees of level, with the object above. */
  readonly isGround: boolean;
}

const TRIALS = 300;
const SCORED_POINTS = 2000;
/** Share of the measured pixels that a plane must hold. */
const LEAST_SHARE = 0.15;
/** Share of the measured pixels on the image's border that it must hold: an object's own face stays off the border. */
const LEAST_BORDER = 0.5;
/** Share of the remaining pixels that must lie on the camera's side. */
const LEAST_ABOVE = 0.97;
const LEVEL_COSINE = Math.cos(Math.PI / 6);

/**
 * Finds up to two planes behind or below the object (RANSAC, Fischler and Bolles 1981) and takes their pixels out of
 * the mask. The draws have a seed of their own: the same image gives the same planes.
 * @param mask [pixels] 1 where measured; changed in place
 */
export function removeBackground(view: DepthView, mask: Uint8Array): readonly BackgroundPlane[] {
  const random = createRandom(1981);
  const planes: BackgroundPlane[] = [];
  while (planes.length < 2) {
    const plane = findPlane(view, mask, random);
    if (!plane) break;
    planes.push(plane);
    for (let i = 0; i < mask.length; i++) {
      // Twice the tolerance also takes the blur where the object meets the plane.
      if (mask[i] && heightOf(view, plane, i) < 2 * toleranceAt(view.depth[i])) mask[i] = 0;
    }
  }
  return planes;
}

/** Metres above a plane. */
export function heightAbove(plane: BackgroundPlane, x: number, y: number, z: number): number {
  return plane.normal[0] * x + plane.normal[1] * y + plane.normal[2] * z - plane.offset;
}

function heightOf(view: DepthView, plane: BackgroundPlane, pixel: number): number {
  const point = pointOf(view, pixel);
  return heightAbove(plane, point[0], point[1], point[2]);
}

function pointOf(view: DepthView, pixel: number): [number, number, number] {
  return backProject(view, pixel % view.width, Math.floor(pixel / view.width), view.depth[pixel]);
}

/** Metres: half a percent of the depth, and the noise of depth cameras, which grows with its square. */
function toleranceAt(metres: number): number {
  return 0.005 * metres + 0.003 * metres * metres;
}

function findPlane(view: DepthView, mask: Uint8Array, random: Random): BackgroundPlane | null {
  const pixels: number[] = [];
  const border: number[] = [];
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    pixels.push(i);
    const u = i % view.width;
    const v = Math.floor(i / view.width);
    if (u === 0 || v === 0 || u === view.width - 1 || v === view.height - 1) border.push(i);
  }
  // A border that measured nothing says nothing about what is behind the object.
  if (pixels.length < 100 || border.length < 8) return null;
  const scored = Array.from({ length: Math.min(SCORED_POINTS, pixels.length) }, () => {
    const pixel = pixels[random.integer(pixels.length)];
    return { point: pointOf(view, pixel), tolerance: toleranceAt(view.depth[pixel]) };
  });
  const holds = (plane: BackgroundPlane, { point, tolerance }: ScoredPoint): boolean =>
    Math.abs(heightAbove(plane, ...point)) < tolerance;
  let best: BackgroundPlane | null = null;
  let most = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    // One corner from the border: a plane that does not reach it would be refused anyway.
    const corners = [
      border[random.integer(border.length)],
      ...[0, 1].map(() => pixels[random.integer(pixels.length)]),
    ];
    const [a, b, c] = corners.map((i) => pointOf(view, i));
    const tried = planeThrough(view, a, b, c);
    if (!tried) continue;
    const held = scored.reduce((sum, p) => sum + (holds(tried, p) ? 1 : 0), 0);
    if (held > most) [best, most] = [tried, held];
  }
  if (!best || most < LEAST_SHARE * scored.length) return null;
  const rough = best;
  const plane = refit(
    view,
    rough,
    scored.filter((p) => holds(rough, p)),
  );
  const rest = scored.filter((p) => !holds(plane, p));
  const above = rest.filter(({ point }) => heightAbove(plane, ...point) > 0).length;
  const onBorder = border.filter(
    (i) => Math.abs(heightOf(view, plane, i)) < toleranceAt(view.depth[i]),
  ).length;
  return above >= LEAST_ABOVE * rest.length && onBorder >= LEAST_BORDER * border.length ? plane : null;
}

interface ScoredPoint {
  readonly point: readonly [number, number, number];
  readonly tolerance: number;
}

/** Weighted least squares of the height over a plane: three noisy points tilt, thousands do not. */
function refit(view: DepthView, plane: BackgroundPlane, held: readonly ScoredPoint[]): BackgroundPlane {
  const n = plane.normal;
  const flattest = [0, 1, 2].reduce((best, c) => (Math.abs(n[c]) < Math.abs(n[best]) ? c : best), 0);
  const u = cross(
    n,
    [0, 1, 2].map((c) => (c === flattest ? 1 : 0)),
  );
  const v = cross(n, u);
  // Normal equations of height = s0 u + s1 v + s2, solved by Cramer's rule.
  const m = Array.from<number>({ length: 9 }).fill(0);
  const r = [0, 0, 0];
  for (const { point, tolerance } of held) {
    const row = [dot(u, point), dot(v, point), 1];
    const weight = 1 / (tolerance * tolerance);
    const height = heightAbove(plane, ...point);
    for (let i = 0; i < 3; i++) {
      r[i] += weight * row[i] * height;
      for (let j = 0; j < 3; j++) m[i * 3 + j] += weight * row[i] * row[j];
    }
  }
  const rows = [m.slice(0, 3), m.slice(3, 6), m.slice(6, 9)];
  const determinant = dot(rows[0], cross(rows[1], rows[2]));
  if (!(Math.abs(determinant) > 1e-12 * m[0] * m[4] * m[8])) return plane;
  // The matrix is symmetric, so that its rows are its columns.
  const s = [
    dot(r, cross(rows[1], rows[2])) / determinant,
    dot(rows[0], cross(r, rows[2])) / determinant,
    dot(rows[0], cross(rows[1], r)) / determinant,
  ];
  const tilted = [0, 1, 2].map((c) => n[c] - s[0] * u[c] - s[1] * v[c]);
  const onPlane = [0, 1, 2].map((c) => n[c] * (plane.offset + s[2]));
  return facing(view, tilted, onPlane) ?? plane;
}

function planeThrough(
  view: DepthView,
  a: readonly number[],
  b: readonly number[],
  c: readonly number[],
): BackgroundPlane | null {
  return facing(
    view,
    cross([b[0] - a[0], b[1] - a[1], b[2] - a[2]], [c[0] - a[0], c[1] - a[1], c[2] - a[2]]),
    a,
  );
}

/** The plane through a point with a normal of any length, turned towards the camera. */
function facing(view: DepthView, n: readonly number[], point: readonly number[]): BackgroundPlane | null {
  const length = Math.hypot(...n);
  if (!(length > 1e-12)) return null;
  const sign = dot(n, view.place) - dot(n, point) < 0 ? -1 : 1;
  const normal = [(sign * n[0]) / length, (sign * n[1]) / length, (sign * n[2]) / length] as const;
  return { normal, offset: dot(normal, point), isGround: dot(normal, view.up) > LEVEL_COSINE };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: readonly number[], b: readonly number[]): [number, number, number] {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
