import type { Camera } from '../../../shared/geometry/camera';
import type { Frame } from '../../../shared/document/types';
import type { Vec3 } from '../../../shared/geometry/types';
import { estimateNoise } from '../../files/source/depth/noise';
import { observeSpace, SEEN } from '../../files/source/depth/space';
import { boundsOf } from '../../files/source/frame';
import {
  observedPoints,
  pointsInShape,
  toCamera,
  type ObservedLabel,
  type SeenDepth,
  type SeenObject,
  type ShapePose,
} from '../../learning/cvxnet/refine';
import { distanceToObject } from '../../learning/cvxnet/refine/seen';
import type { ColourPicture } from './load-colour';
import type { DepthPicture } from './load-depth';

/** Focal length over the longer side where no camera is known: 45 degrees. */
const COMMON_FOCAL = 1.2;
/** Pixels beside the object whose missing depth may be a loss at its edge. */
const EDGE_PIXELS = 2.5;

/** What a depth camera saw of the object, for finding its pose. */
export function seenDepth({ view, mask, camera }: DepthPicture): SeenDepth {
  const { width, height, depth, rotation: r, up } = view;
  const { fx, fy, cx, cy } = view.camera;
  // Up in camera axes is the world's, turned back; without a pose nobody knows how the camera was held.
  const turned = [0, 1, 2].map((c) => r[c] * up[0] + r[c + 3] * up[1] + r[c + 6] * up[2]) as unknown as Vec3;
  const told = toldPose(camera);
  return { width, height, fx, fy, cx, cy, mask, depth, up: told ? turned : null, told };
}

/** A camera's place in the world, stood upright; null when it does not say. */
function toldPose(camera: Camera | null): ShapePose | null {
  if (!camera?.cameraToWorld) return null;
  const m = camera.cameraToWorld;
  const rows = [0, 4, 8].map((i) => m.slice(i, i + 4));
  const [x, y, z] = camera.upAxis === 'z' ? [rows[0], rows[2], rows[1].map((value) => -value)] : rows;
  return { rotation: [x, y, z].flatMap((row) => row.slice(0, 3)), scale: 1, translation: [x[3], y[3], z[3]] };
}

/** What a colour camera saw of the object. The part that was looked at has the camera of the whole. */
export function seenOutline({ image, area, width, height, mask, camera }: ColourPicture): SeenObject {
  const scale = image.width / area.width;
  const focal = COMMON_FOCAL * Math.max(width, height);
  return {
    width: image.width,
    height: image.height,
    fx: (camera?.fx ?? focal) * scale,
    fy: (camera?.fy ?? focal) * scale,
    cx: ((camera?.cx ?? (width - 1) / 2) + 0.5 - area.left) * scale - 0.5,
    cy: ((camera?.cy ?? (height - 1) / 2) + 0.5 - area.top) * scale - 0.5,
    mask: (mask ?? new Uint8Array(image.width * image.height)).map((value) => (value > 127 ? 1 : 0)),
    told: toldPose(camera),
  };
}

/** Measured points [N, 3] and what the rays tell, in a shape's learning space. */
export interface ObservedDepth {
  readonly label: ObservedLabel;
  readonly points: Float64Array;
}

/**
 * What a depth image says about learning space, by the rules of a fit to it; and, as the network takes it, too, there
 * is nothing where nothing was measured beside the object.
 */
export function observeDepth(picture: DepthPicture, pose: ShapePose): ObservedDepth {
  const { view, mask, planes } = picture;
  const seen = seenDepth(picture);
  const points = observedPoints(seen, 20_000);
  const { extent } = boundsOf(points);
  const space = observeSpace(view, mask, planes, extent, estimateNoise(view, mask));
  const beside = distanceToObject(seen);
  const { rotation: r, place } = view;
  const label: ObservedLabel = (x, y, z) => {
    const [a, b, c] = toCamera(pose, x, y, z);
    const known = space.label(
      r[0] * a + r[1] * b + r[2] * c + place[0],
      r[3] * a + r[4] * b + r[5] * c + place[1],
      r[6] * a + r[7] * b + r[8] * c + place[2],
    );
    if (known === SEEN.free) return 0;
    if (known === SEEN.inside) return 1;
    if (known === SEEN.hidden || !(c > 0)) return null;
    const u = Math.round(seen.cx + (seen.fx * a) / c);
    const v = Math.round(seen.cy + (seen.fy * b) / c);
    // Beyond the picture nothing was looked at.
    if (u < 0 || v < 0 || u >= seen.width || v >= seen.height) return null;
    const pixel = v * seen.width + u;
    return seen.depth[pixel] === 0 && beside[pixel] > EDGE_PIXELS ? 0 : null;
  };
  return { label, points: pointsInShape(points, pose) };
}

/** Metres of a shape that stands upright where the camera saw it; its own turn about the vertical is kept. */
export function frameOfPose({ view, camera }: DepthPicture, pose: ShapePose): Frame {
  const [a, b, c] = toCamera(pose, 0, 0, 0);
  const { rotation: r, place } = view;
  const world: Vec3 = [
    r[0] * a + r[1] * b + r[2] * c + place[0],
    r[3] * a + r[4] * b + r[5] * c + place[1],
    r[6] * a + r[7] * b + r[8] * c + place[2],
  ];
  const zUp = view.up[2] === 1;
  const upright: Vec3 = zUp ? [world[0], world[2], -world[1]] : world;
  return {
    origin: camera?.cameraToWorld ? upright : [0, 0, 0],
    metresPerUnit: 1 / pose.scale,
    upAxis: 'y',
  };
}
