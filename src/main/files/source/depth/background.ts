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
    const tolerance = toleranceOf(view, mask);
    for (let i = 0; i < mask.length; i++) {
      // Twice the tolerance also takes the blur where the object meets the plane.
      if (mask[i] && heightOf(view, plane, i) < 2 * tolerance) mask[i] = 0;
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

/** Half a percent of the median depth: above the noise of depth cameras, below the height of an object. */
function toleranceOf(view: DepthView, mask: Uint8Array): number {
  const depths = view.depth.filter((_, i) => mask[i] === 1).sort();
  return 0.005 * (depths[depths.length >> 1] ?? 1);
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
  const tolerance = toleranceOf(view, mask);
  const scored = Array.from({ length: Math.min(SCORED_POINTS, pixels.length) }, () =>
    pointOf(view, pixels[random.integer(pixels.length)]),
  );
  let best: BackgroundPlane | null = null;
  let most = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    // One corner from the border: a plane that does not reach it would be refused anyway.
    const corners = [
      border[random.integer(border.length)],
      ...[0, 1].map(() => pixels[random.integer(pixels.length)]),
    ];
    const plane = planeThrough(
      view,
      corners.map((i) => pointOf(view, i)),
    );
    if (!plane) continue;
    const held = scored.reduce((sum, p) => sum + (Math.abs(heightAbove(plane, ...p)) < tolerance ? 1 : 0), 0);
    if (held > most) [best, most] = [plane, held];
  }
  if (!best || most < LEAST_SHARE * scored.length) return null;
  const plane = best;
  const rest = scored.filter((p) => Math.abs(heightAbove(plane, ...p)) >= tolerance);
  const above = rest.filter((p) => heightAbove(plane, ...p) > 0).length;
  const onBorder = border.filter((i) => Math.abs(heightOf(view, plane, i)) < tolerance).length;
  const bounds = above >= LEAST_ABOVE * rest.length && onBorder >= LEAST_BORDER * border.length;
  return bounds ? plane : null;
}

function planeThrough(view: DepthView, points: readonly (readonly number[])[]): BackgroundPlane | null {
  const [a, b, c] = points;
  const u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
  const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
  const length = Math.hypot(...n);
  if (!(length > 1e-12)) return null;
  const towards = [0, 1, 2].reduce((sum, i) => sum + n[i] * (view.place[i] - a[i]), 0) < 0 ? -1 : 1;
  const normal = [(towards * n[0]) / length, (towards * n[1]) / length, (towards * n[2]) / length] as const;
  const level = normal[0] * view.up[0] + normal[1] * view.up[1] + normal[2] * view.up[2];
  return {
    normal,
    offset: normal[0] * a[0] + normal[1] * a[1] + normal[2] * a[2],
    isGround: level > LEVEL_COSINE,
  };
}
