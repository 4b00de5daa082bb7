import { cropAround, overCrop } from '../input/crop';
import type { Body } from './body';
import { toCamera, type ShapePose } from './pose';
import type { SeenObject } from './seen';

/** Cells per side of the grid on which outlines are compared. */
const CELLS = 56;
/** The grid reaches beyond the object by this share of its size, so that a shape that sticks out is seen to. */
const BEYOND = 0.2;

/** The object's outline on a coarse grid. */
export interface Outline {
  /** [CELLS * CELLS] 1 on the object. */
  readonly object: Uint8Array;
  /** Camera coordinates of a cell's middle: x / z = left + column step, y / z = top + row step. */
  readonly left: number;
  readonly top: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** Null when the mask is empty. */
export function outlineOf(seen: SeenObject): Outline | null {
  const tight = cropAround(seen.mask, seen.width, seen.height);
  if (!tight) return null;
  const size = tight.size * (1 + 2 * BEYOND);
  const crop = { left: tight.left - BEYOND * tight.size, top: tight.top - BEYOND * tight.size, size };
  const covered = new Float32Array(CELLS * CELLS);
  overCrop(crop, CELLS, seen.width, seen.height, (cell, pixel, weight) => {
    if (seen.mask[pixel] > 0) covered[cell] += weight;
  });
  const step = size / CELLS;
  return {
    object: Uint8Array.from(covered, (share) => (share >= 0.5 ? 1 : 0)),
    // A crop counts from pixels' edges, the camera from their centres.
    left: (crop.left + step / 2 - 0.5 - seen.cx) / seen.fx,
    top: (crop.top + step / 2 - 0.5 - seen.cy) / seen.fy,
    stepX: step / seen.fx,
    stepY: step / seen.fy,
  };
}

/** [CELLS * CELLS] 1 where a shape covers the outline's grid from a pose; a part's outline is its vertices' hull. */
export function coveredCells(body: Body, outline: Outline, pose: ShapePose): Uint8Array {
  const cells = new Uint8Array(CELLS * CELLS);
  for (const vertices of body.parts) {
    const image: [number, number][] = [];
    for (let i = 0; i < vertices.length; i += 3) {
      const [x, y, z] = toCamera(pose, vertices[i], vertices[i + 1], vertices[i + 2]);
      // A shape about the camera covers nothing that could be compared.
      if (!(z > 1e-6)) return new Uint8Array(CELLS * CELLS);
      image.push([(x / z - outline.left) / outline.stepX, (y / z - outline.top) / outline.stepY]);
    }
    fillPolygon(convexOutline(image), cells);
  }
  return cells;
}

/** 1 - IoU of a shape's outline with the object's. */
export function outlineError(body: Body, outline: Outline, pose: ShapePose): number {
  const cells = coveredCells(body, outline, pose);
  let both = 0;
  let either = 0;
  for (let i = 0; i < cells.length; i++) {
    both += cells[i] & outline.object[i];
    either += cells[i] | outline.object[i];
  }
  return either === 0 ? 1 : 1 - both / either;
}

/** The convex hull of points of a plane, in turning order (Andrew 1979). */
function convexOutline(points: readonly [number, number][]): [number, number][] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = (list: readonly [number, number][]): [number, number][] => {
    const hull: [number, number][] = [];
    for (const p of list) {
      while (hull.length >= 2) {
        const [a, b] = hull.slice(-2);
        if ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break;
        hull.pop();
      }
      hull.push(p);
    }
    return hull.slice(0, -1);
  };
  return [...chain(sorted), ...chain([...sorted].reverse())];
}

/** Sets the cells whose middles lie in a convex polygon. */
function fillPolygon(polygon: readonly [number, number][], cells: Uint8Array): void {
  const rows = polygon.map(([, y]) => y);
  const first = Math.max(0, Math.ceil(Math.min(...rows)));
  const last = Math.min(CELLS - 1, Math.floor(Math.max(...rows)));
  for (let row = first; row <= last; row++) {
    let from = Infinity;
    let to = -Infinity;
    for (let i = 0; i < polygon.length; i++) {
      const [ax, ay] = polygon[i];
      const [bx, by] = polygon[(i + 1) % polygon.length];
      if (ay === by || row < Math.min(ay, by) || row > Math.max(ay, by)) continue;
      const x = ax + ((row - ay) / (by - ay)) * (bx - ax);
      from = Math.min(from, x);
      to = Math.max(to, x);
    }
    for (let column = Math.max(0, Math.ceil(from)); column <= Math.min(CELLS - 1, Math.floor(to)); column++) {
      cells[row * CELLS + column] = 1;
    }
  }
}

/** Whether a place of camera space is seen through the object's cells; null off the grid or behind the camera. */
export function onObject(outline: Outline, x: number, y: number, z: number): boolean | null {
  if (!(z > 1e-6)) return null;
  const column = Math.round((x / z - outline.left) / outline.stepX);
  const row = Math.round((y / z - outline.top) / outline.stepY);
  if (column < 0 || row < 0 || column >= CELLS || row >= CELLS) return false;
  return outline.object[row * CELLS + column] === 1;
}

/** Rays [N, 3], camera space with z = 1, through cells of the object that `covered` lacks. */
export function uncoveredRays(outline: Outline, covered: Uint8Array): number[] {
  const rays: number[] = [];
  for (let i = 0; i < covered.length; i++) {
    if (covered[i] || !outline.object[i]) continue;
    rays.push(
      outline.left + (i % CELLS) * outline.stepX,
      outline.top + Math.floor(i / CELLS) * outline.stepY,
      1,
    );
  }
  return rays;
}
