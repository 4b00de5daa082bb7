import type { Camera } from '../../../shared/geometry/camera';
import type { ColourImage } from '../../../shared/dataset/types';
import { fail, ok, type Result } from '../../../shared/result';
import { readImage } from '../../files/image';
import { boxMask } from './box-mask';
import { objectMask } from './mask';
import { shrinkImage, type PixelBox } from './shrink';
import { loadCamera } from './load-depth';

/** A colour picture with the object told apart, in a part of it that holds the object. */
export interface ColourPicture {
  readonly input: 'rgb';
  readonly name: string;
  /** Size of the upright file. */
  readonly width: number;
  readonly height: number;
  /** All of it, at most 512 pixels wide or high. */
  readonly small: ColourImage;
  /** What was looked at, at most 512 pixels wide or high, and where that lies in the file. */
  readonly image: ColourImage;
  readonly area: PixelBox;
  /** [image.height * image.width] 0 to 255; null where the object could not be told from the rest. */
  readonly mask: Uint8Array | null;
  readonly maskFrom: 'alpha' | 'background' | 'box' | null;
  readonly camera: Camera | null;
  readonly notes: readonly string[];
}

export const LONGEST_SIDE = 512;
/** How much around a person's box is looked at, as a share of its size: it shows what is background. */
const AROUND = 0.2;

/** Reads a colour picture and looks for the object. Errors: those of the file, a box beside the picture. */
export async function loadColourPicture(
  bytes: Uint8Array,
  name: string,
  cameraPath: string | null,
  box: PixelBox | null,
): Promise<Result<ColourPicture>> {
  const read = await readImage(bytes, name);
  if (!read.ok) return read;
  const camera = await loadCamera(cameraPath);
  if (!camera.ok) return camera;
  const { width, height } = read.value;
  if (
    box &&
    (box.left >= width || box.top >= height || box.left + box.width <= 0 || box.top + box.height <= 0)
  ) {
    return fail({
      code: 'box-outside',
      message: `The box lies beside the picture ${name} of ${width} x ${height} pixels.`,
      hint: 'Draw it around the object.',
    });
  }
  const area = box ? around(box, width, height) : { left: 0, top: 0, width, height };
  const small = shrinkImage(read.value, LONGEST_SIDE);
  const image = box ? shrinkImage(read.value, LONGEST_SIDE, area) : small;
  const found = box ? masked(image, area, box) : objectMask(image);
  return ok({
    input: 'rgb',
    name,
    width,
    height,
    small,
    image,
    area,
    mask: found?.mask ?? null,
    maskFrom: found?.from ?? null,
    camera: camera.value,
    notes: read.value.notes,
  });
}

function around(box: PixelBox, width: number, height: number): PixelBox {
  const margin = AROUND * Math.max(box.width, box.height);
  const left = Math.max(0, Math.floor(box.left - margin));
  const top = Math.max(0, Math.floor(box.top - margin));
  return {
    left,
    top,
    width: Math.min(width, Math.ceil(box.left + box.width + margin)) - left,
    height: Math.min(height, Math.ceil(box.top + box.height + margin)) - top,
  };
}

/** Opacity still tells best; otherwise what differs from the rim of the box. */
function masked(
  image: ColourImage,
  area: PixelBox,
  box: PixelBox,
): { mask: Uint8Array; from: 'alpha' | 'box' } | null {
  const scale = image.width / area.width;
  const inner = {
    left: (box.left - area.left) * scale,
    top: (box.top - area.top) * scale,
    width: box.width * scale,
    height: box.height * scale,
  };
  const known = objectMask(image);
  if (known?.from === 'alpha') {
    const mask = known.mask.map((value, i) => {
      const x = (i % image.width) + 0.5 - inner.left;
      const y = Math.floor(i / image.width) + 0.5 - inner.top;
      return x > 0 && y > 0 && x < inner.width && y < inner.height ? value : 0;
    });
    return { mask, from: 'alpha' };
  }
  const mask = boxMask(image, inner);
  return mask && { mask, from: 'box' };
}
