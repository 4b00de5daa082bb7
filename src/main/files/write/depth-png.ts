import { PNG } from 'pngjs';

/** A depth image as a 16-bit grey PNG. @param values [height * width] stored units, 0 where nothing was measured */
export function encodeDepthPng(
  values: Uint16Array,
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array {
  const png = new PNG({ width, height });
  // The encoder reads 16-bit samples in the machine's order, from the start of the buffer whatever the view: a copy.
  const data = Buffer.from(values.slice().buffer);
  Object.assign(png, { data });
  const options = { colorType: 0, inputColorType: 0, bitDepth: 16, inputHasAlpha: false } as const;
  return PNG.sync.write(png, options);
}
