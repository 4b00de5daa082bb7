import type { DatasetPicture } from '../dataset/pictures';

/** A width and a height, pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** What one output place takes: from `first` on, one weight per input place; they sum to 1. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * A map at another size, bilinear with half-pixel centres: output centre i lies at (i + 0.5) * from / to - 0.5, beyond
 * the border the outermost value counts (PyTorch's `interpolate` with align_corners off, TensorFlow's resize with
 * half_pixel_centers). Between input places only two per axis count, also where the map shrinks.
 * @param values [height * width] of `from`
 * @returns [height * width] of `to`
 */
export function resizeMap(values: Float32Array, from: PixelSize, to: PixelSize): Float32Array {
  if (from.width === to.width && from.height === to.height) return values.slice();
  return resample(values, from, 1, bilinearTaps(from.width, to.width), bilinearTaps(from.height, to.height));
}

/**
 * A picture at another size. Enlarging is bilinear with half-pixel centres as in `resizeMap`; shrinking widens the
 * same triangle by the factor, so that every pixel counts (Pillow's BILINEAR, torchvision's default), and fine
 * textures do not turn into patterns that are not there.
 */
export function resizePicture(picture: DatasetPicture, to: PixelSize): DatasetPicture {
  const { channels, pixels } = picture;
  if (picture.width === to.width && picture.height === to.height) return picture;
  const columns = triangleTaps(picture.width, to.width);
  const rows = triangleTaps(picture.height, to.height);
  const resized = resample(pixels, picture, channels, columns, rows);
  return {
    width: to.width,
    height: to.height,
    channels,
    pixels: Uint8Array.from(resized, (value) => Math.min(255, Math.max(0, Math.round(value)))),
  };
}

/**
 * A mask at another size, nearest: output centre i takes input floor((i + 0.5) * from / to). No value appears that was
 * not there.
 * @param mask [height * width] of `from`
 */
export function resizeMask(mask: Uint8Array, from: PixelSize, to: PixelSize): Uint8Array {
  const resized = new Uint8Array(to.width * to.height);
  for (let y = 0; y < to.height; y++) {
    const row = Math.floor(((y + 0.5) * from.height) / to.height) * from.width;
    for (let x = 0; x < to.width; x++) {
      resized[y * to.width + x] = mask[row + Math.floor(((x + 0.5) * from.width) / to.width)];
    }
  }
  return resized;
}

function bilinearTaps(from: number, to: number): Taps[] {
  return Array.from({ length: to }, (_, i) => {
    const centre = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    const first = Math.min(Math.floor(centre), Math.max(0, from - 2));
    return { first, weights: from === 1 ? [1] : [1 - (centre - first), centre - first] };
  });
}

/** A triangle of one input place to each side when enlarging, `from / to` of them when shrinking; cut at the border. */
function triangleTaps(from: number, to: number): Taps[] {
  const reach = Math.max(1, from / to);
  return Array.from({ length: to }, (_, i) => {
    const centre = ((i + 0.5) * from) / to;
    const first = Math.max(0, Math.floor(centre - reach));
    const end = Math.min(from, Math.ceil(centre + reach));
    const raw = Array.from({ length: end - first }, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / reach),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: raw.map((weight) => weight / sum) };
  });
}

/** Along rows, then along columns; [height * width * channels]. */
function resample(
  values: ArrayLike<number>,
  from: PixelSize,
  channels: number,
  columns: readonly Taps[],
  rows: readonly Taps[],
): Float32Array {
  const width = columns.length;
  const narrow = new Float32Array(from.height * width * channels);
  for (let y = 0; y < from.height; y++) {
    for (let x = 0; x < width; x++) {
      const { first, weights } = columns[x];
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) {
          sum += weights[k] * values[(y * from.width + first + k) * channels + c];
        }
        narrow[(y * width + x) * channels + c] = sum;
      }
    }
  }
  const stride = width * channels;
  const resized = new Float32Array(rows.length * stride);
  for (let y = 0; y < rows.length; y++) {
    const { first, weights } = rows[y];
    for (let i = 0; i < stride; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * narrow[(first + k) * stride + i];
      resized[y * stride + i] = sum;
    }
  }
  return resized;
}
