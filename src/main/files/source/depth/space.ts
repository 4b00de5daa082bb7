import { heightAbove, type BackgroundPlane } from './background';
import { distanceToEdge } from './object-mask';
import { footprint, jumpAt, project, type DepthView } from './view';

/** What one view says about a place. */
export const SEEN = {
  /** No ray says anything. */
  unknown: 0,
  /** A ray passed through, or it lies below the ground. */
  free: 1,
  /** In the band behind the object's surface. */
  inside: 2,
  /** Hidden behind the object, beyond the band. */
  hidden: 3,
} as const;
export type Seen = (typeof SEEN)[keyof typeof SEEN];

/** How thick a surface is taken to be, per metre of distance to its nearest edge. */
const THICKNESS_PER_REACH = 0.8;
/** And at most, as a share of the object's longest edge: seats, slats and walls are hardly thicker. */
const MAXIMUM_THICKNESS = 0.05;

/** World place, metres, to what the view says. */
export type SpaceLabeller = (x: number, y: number, z: number) => Seen;

export interface ObservedSpace {
  readonly label: SpaceLabeller;
  /**
   * Metres by which a place lies behind what the nearest pixel measured, negative in front. NaN where nothing was
   * measured, and behind the background, which says nothing about the object.
   */
  readonly behind: (x: number, y: number, z: number) => number;
  /** [pixels] metres behind the surface that count as inside. */
  readonly thickness: Float32Array;
}

/**
 * Labels space by one depth image. Free is what lies in front of every measured depth around its ray. Inside is a band
 * behind the object's surface, as thick as the surface is wide there: a body is rarely much thinner than the distance
 * to its outline. Where neighbouring pixels see different surfaces, or none, only what is in front of all is known.
 * @param mask [pixels] 1 where the pixel sees the object
 * @param extent longest edge of the object's bounding box, metres
 * @param noise standard deviation of the view's depths, metres
 */
export function observeSpace(
  view: DepthView,
  mask: Uint8Array,
  planes: readonly BackgroundPlane[],
  extent: number,
  noise: number,
): ObservedSpace {
  const { width, height, depth } = view;
  const edge = distanceToEdge(view, mask);
  const thickness = new Float32Array(mask.length);
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    const pixel = footprint(view, depth[i]);
    const wanted = Math.min(THICKNESS_PER_REACH * edge[i] * pixel, MAXIMUM_THICKNESS * extent);
    thickness[i] = Math.max(wanted, 1.5 * pixel);
  }
  const image = new Float64Array(3);
  const corners = new Int32Array(4);

  const label: SpaceLabeller = (x, y, z) => {
    for (const plane of planes) if (heightAbove(plane, x, y, z) < 0) return SEEN.free;
    project(view, x, y, z, image);
    const [u, v, metres] = image;
    if (!(metres > 0 && u >= 0 && v >= 0 && u <= width - 1 && v <= height - 1)) return SEEN.unknown;
    const left = Math.min(Math.floor(u), width - 2);
    const top = Math.min(Math.floor(v), height - 2);
    corners[0] = Math.max(top, 0) * width + Math.max(left, 0);
    corners[1] = corners[0] + (width > 1 ? 1 : 0);
    corners[2] = corners[0] + (height > 1 ? width : 0);
    corners[3] = corners[2] + (width > 1 ? 1 : 0);
    let nearest = Infinity;
    let farthest = 0;
    let object = 0;
    for (const c of corners) {
      if (depth[c] === 0) return SEEN.unknown;
      nearest = Math.min(nearest, depth[c]);
      farthest = Math.max(farthest, depth[c]);
      object += mask[c];
    }
    const margin = 2 * noise;
    if (farthest - nearest > jumpAt(view, nearest))
      return metres < nearest - margin ? SEEN.free : SEEN.unknown;
    // One surface: its depth at the ray is interpolated, and slope leaves a quarter of the difference in doubt.
    const a = u - left;
    const b = v - top;
    const surface =
      (1 - a) * (1 - b) * depth[corners[0]] +
      a * (1 - b) * depth[corners[1]] +
      (1 - a) * b * depth[corners[2]] +
      a * b * depth[corners[3]];
    const doubt = margin + (farthest - nearest) / 4;
    if (metres < surface - doubt) return SEEN.free;
    if (object < 4 || metres < surface + doubt) return SEEN.unknown;
    const band = Math.min(
      thickness[corners[0]],
      thickness[corners[1]],
      thickness[corners[2]],
      thickness[corners[3]],
    );
    return metres <= surface + doubt + band ? SEEN.inside : SEEN.hidden;
  };
  const behind: ObservedSpace['behind'] = (x, y, z) => {
    project(view, x, y, z, image);
    const u = Math.round(image[0]);
    const v = Math.round(image[1]);
    if (!(image[2] > 0 && u >= 0 && v >= 0 && u < width && v < height)) return NaN;
    const pixel = v * width + u;
    const difference = image[2] - depth[pixel];
    return depth[pixel] === 0 || (difference > 0 && !mask[pixel]) ? NaN : difference;
  };
  return { label, behind, thickness };
}
