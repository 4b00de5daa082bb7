import { cellDepths, cropAround, type Crop } from '../../../learning/cvxnet/input';
import { toShape, type ShapePose } from '../../../learning/cvxnet/refine';
import { seenDepth } from '../../observation/observe';
import type { LoadedPicture } from '../../observation/load-picture';
import type { DepthPicture } from '../../observation/load-depth';

/** The square of a picture that a network looks at, in pixels of what was looked at; null without an object. */
function seenSquare(picture: LoadedPicture): Crop | null {
  if (picture.input === 'depth')
    return cropAround(objectDepth(picture), picture.view.width, picture.view.height);
  const { image, mask } = picture;
  if (mask === null) return null;
  return cropAround(
    mask.map((coverage) => (coverage > 127 ? 1 : 0)),
    image.width,
    image.height,
  );
}

/** The same in pixels of the upright file. */
export function seenInFile(
  picture: LoadedPicture,
): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null {
  const square = seenSquare(picture);
  if (square === null) return null;
  const { left, top, size } = square;
  if (picture.input === 'depth') return { x: left, y: top, width: size, height: size };
  const { area, image } = picture;
  const [across, down] = [area.width / image.width, area.height / image.height];
  return {
    x: area.left + left * across,
    y: area.top + top * down,
    width: size * across,
    height: size * down,
  };
}

/** Where each pixel of a network's input lies in learning space, [S, S, 3]; not a number where nothing was measured. */
export function seenPoints(picture: DepthPicture, pose: ShapePose, size: number): Float32Array {
  const points = new Float32Array(size * size * 3).fill(Number.NaN);
  const square = seenSquare({ ...picture, sha256: '' });
  if (square === null) return points;
  const { width, height, fx, fy, cx, cy } = seenDepth(picture);
  const depths = cellDepths({ width, height, depth: objectDepth(picture) }, square, size);
  for (let i = 0; i < depths.length; i++) {
    const z = depths[i];
    if (z === 0) continue;
    // Pixels have their centres at whole numbers, the square its border between them.
    const u = square.left + (((i % size) + 0.5) * square.size) / size - 0.5;
    const v = square.top + ((Math.floor(i / size) + 0.5) * square.size) / size - 0.5;
    points.set(toShape(pose, [((u - cx) / fx) * z, ((v - cy) / fy) * z, z]), i * 3);
  }
  return points;
}

function objectDepth({ view, mask }: DepthPicture): Float32Array {
  return Float32Array.from(view.depth, (metres, i) => (mask[i] ? metres : 0));
}
