import type { Picture } from '../contract/inputs';
import type { DatasetPicture } from '../dataset/pictures';

/** A picture as a screen shows it, opaque; grey is repeated. */
export function rgbaPicture({ width, height, channels, pixels }: DatasetPicture): Picture {
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) rgba[i * 4 + c] = pixels[i * channels + (channels === 3 ? c : 0)];
    rgba[i * 4 + 3] = 255;
  }
  return { width, height, rgba };
}

/** Pictures of values 0 to 1, [N, height, width, channels], as a screen shows them. */
export function rgbaPictures(
  values: Float32Array,
  size: Pick<DatasetPicture, 'width' | 'height' | 'channels'>,
): Picture[] {
  const each = size.width * size.height * size.channels;
  return Array.from({ length: values.length / each }, (_, n) => {
    const pixels = Uint8Array.from(values.subarray(n * each, (n + 1) * each), (value) =>
      Math.round(255 * Math.min(1, Math.max(0, value))),
    );
    return rgbaPicture({ ...size, pixels });
  });
}
