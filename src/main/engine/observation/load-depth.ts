import { basename } from 'node:path';
import type { Camera } from '../../../shared/geometry/camera';
import { ok, type Result } from '../../../shared/result';
import { readCamera } from '../../files/read/camera';
import { readExr } from '../../files/read/exr';
import { READ_LIMITS } from '../../files/read/limits';
import { readNpyDepth } from '../../files/read/npy-depth';
import { readPngDepth } from '../../files/read/png-depth';
import { badFile } from '../../files/read/problems';
import { readBytes } from '../../files/source/bytes';
import { removeBackground, type BackgroundPlane } from '../../files/source/depth/background';
import { dropSpecks } from '../../files/source/depth/object-mask';
import { createView, type DepthView } from '../../files/source/depth/view';
import type { PixelBox } from './shrink';

/** A depth image with the object told apart. */
export interface DepthPicture {
  readonly input: 'depth';
  readonly name: string;
  readonly view: DepthView;
  /** [height * width] 1 on the object. */
  readonly mask: Uint8Array;
  readonly planes: readonly BackgroundPlane[];
  /** Null when no camera file was there: then `view` has a common camera's, and no unit is known. */
  readonly camera: Camera | null;
  readonly notes: readonly string[];
}

const LEAST_PIXELS = 16;
/** Focal length over width of common depth cameras. */
const COMMON_FOCAL = 1.2;

/** Reads the camera of a picture; null without a path. */
export async function loadCamera(path: string | null): Promise<Result<Camera | null>> {
  if (path === null) return ok(null);
  const bytes = await readBytes(path, READ_LIMITS.cameraBytes);
  return bytes.ok ? readCamera(bytes.value, basename(path)) : bytes;
}

/**
 * A depth image: 16-bit PNG, EXR or NPY. The object is what stands in front of planes that reach the border, inside the
 * person's box when there is one. Errors: nothing measured, no object, a camera of another size.
 */
export async function loadDepthPicture(
  bytes: Uint8Array,
  name: string,
  cameraPath: string | null,
  box: PixelBox | null,
): Promise<Result<DepthPicture>> {
  const isPng = bytes[0] === 0x89;
  const isExr = bytes[0] === 0x76;
  const read = isPng ? readPngDepth(bytes, name) : isExr ? readExr(bytes, name) : readNpyDepth(bytes, name);
  if (!read.ok) return read;
  const camera = await loadCamera(cameraPath);
  if (!camera.ok) return camera;
  const { width, height } = read.value;
  const assumed: Camera = {
    width,
    height,
    fx: COMMON_FOCAL * width,
    fy: COMMON_FOCAL * width,
    cx: (width - 1) / 2,
    cy: (height - 1) / 2,
    // Depth in PNG is in millimetres nearly always; only ratios matter without a camera.
    depthScale: isPng ? 0.001 : 1,
  };
  const used = camera.value ?? assumed;
  const cameraFile = cameraPath === null ? name : basename(cameraPath);
  const view = createView(read.value, used, used.upAxis ?? 'y', name, cameraFile);
  if (!view.ok) return view;
  const mask = Uint8Array.from(view.value.depth, (metres, i) => (metres > 0 && inBox(i, width, box) ? 1 : 0));
  const planes = removeBackground(view.value, mask);
  dropSpecks(view.value, mask);
  const pixels = mask.reduce((sum, value) => sum + value, 0);
  if (pixels < LEAST_PIXELS) {
    return badFile(
      'no-depth',
      name,
      'the object',
      `${LEAST_PIXELS} pixels of an object are needed, found ${pixels} in front of the background`,
      'Bring the object closer, draw the box around it, or check depthScale in the camera file.',
    );
  }
  return ok({
    input: 'depth',
    name,
    view: view.value,
    mask,
    planes,
    camera: camera.value,
    notes: [
      ...read.value.notes,
      ...(camera.value ? [] : ['No camera file was found: size and direction are guessed.']),
      ...planes.map(({ isGround }) =>
        isGround ? 'The ground was found and taken away.' : 'A flat background was found and taken away.',
      ),
    ],
  });
}

function inBox(pixel: number, width: number, box: PixelBox | null): boolean {
  if (!box) return true;
  const x = (pixel % width) + 0.5;
  const y = Math.floor(pixel / width) + 0.5;
  return x > box.left && y > box.top && x < box.left + box.width && y < box.top + box.height;
}
