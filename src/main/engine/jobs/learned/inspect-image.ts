import type { InspectedImage } from '../../../../shared/contract/learning';
import type { Picture } from '../../../../shared/contract/inputs';
import { ok } from '../../../../shared/result';
import { shrinkImage } from '../../observation/shrink';
import type { Job } from '../../service/job';
import { LONGEST_SIDE, type ColourPicture } from '../../observation/load-colour';
import type { DepthPicture } from '../../observation/load-depth';
import { loadPicture } from '../../observation/load-picture';

/** Reads a picture and says what will be reconstructed from it. */
export const inspectImageJob: Job<'inspect-image'> = {
  kind: 'inspect-image',
  run: async ({ image }, environment) => {
    const loaded = await loadPicture(image, environment);
    if (!loaded.ok) return loaded;
    const { sha256 } = loaded.value;
    const described =
      loaded.value.input === 'depth' ? describeDepth(loaded.value) : describeColour(loaded.value);
    return ok({ ...described, sha256 });
  },
};

type Described = Omit<InspectedImage, 'sha256'>;

function describeColour(picture: ColourPicture): Described {
  const { name, width, height, small, mask, maskFrom, camera, notes } = picture;
  return {
    name,
    input: 'rgb',
    picture: small,
    width,
    height,
    mask: mask && maskInPicture(picture, mask),
    maskFrom,
    camera,
    notes: mask
      ? notes
      : [...notes, 'The object could not be told from its background: draw a box around it.'],
  };
}

/** The mask of the part that was looked at, in the pixels of the small picture, 0 or 255. */
function maskInPicture({ small, image, area, width }: ColourPicture, mask: Uint8Array): Uint8Array {
  const perPixel = width / small.width;
  return Uint8Array.from({ length: small.width * small.height }, (_, i) => {
    const x = (((i % small.width) + 0.5) * perPixel - area.left) * (image.width / area.width);
    const y = ((Math.floor(i / small.width) + 0.5) * perPixel - area.top) * (image.height / area.height);
    const known = x >= 0 && y >= 0 && x < image.width && y < image.height;
    return known && mask[Math.floor(y) * image.width + Math.floor(x)] > 127 ? 255 : 0;
  });
}

function describeDepth({ name, view, mask, camera, notes }: DepthPicture): Described {
  const picture = depthPicture(view.width, view.height, view.depth, mask);
  const seen = shrinkImage(picture, LONGEST_SIDE);
  const rgba = seen.rgba.map((value, i) => (i % 4 === 3 ? 255 : value));
  const only = new Uint8Array(picture.rgba.length);
  for (let i = 0; i < mask.length; i++) only[i * 4 + 3] = mask[i] ? 255 : 0;
  const small = shrinkImage({ ...picture, rgba: only }, LONGEST_SIDE);
  return {
    name,
    input: 'depth',
    picture: { ...seen, rgba },
    width: view.width,
    height: view.height,
    mask: Uint8Array.from({ length: small.width * small.height }, (_, i) =>
      small.rgba[i * 4 + 3] > 127 ? 255 : 0,
    ),
    maskFrom: 'depth',
    camera,
    notes,
  };
}

/** Depth as grey: near is bright over the object's range, black where nothing was measured. */
function depthPicture(width: number, height: number, depth: Float64Array, mask: Uint8Array): Picture {
  let near = Infinity;
  let far = 0;
  for (let i = 0; i < depth.length; i++) {
    if (!mask[i]) continue;
    near = Math.min(near, depth[i]);
    far = Math.max(far, depth[i]);
  }
  const range = Math.max(far - near, 1e-9);
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0; i < depth.length; i++) {
    const share = Math.min(1, Math.max(0, (depth[i] - near) / range));
    rgba.fill(depth[i] > 0 ? Math.round(235 - 165 * share) : 0, i * 4, i * 4 + 3);
    rgba[i * 4 + 3] = 255;
  }
  return { width, height, rgba };
}
