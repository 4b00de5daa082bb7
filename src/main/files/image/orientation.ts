import type { ReadImage } from './types';

/** The Exif orientation, 1 to 8, of a TIFF block (CIPA DC-008, 4.6.4); 1 when it says nothing sensible. */
export function exifOrientation(block: Uint8Array): number {
  const head = String.fromCharCode(...block.subarray(0, 6)) === 'Exif\0\0' ? 6 : 0;
  const view = new DataView(block.buffer, block.byteOffset + head, block.length - head);
  if (view.byteLength < 14) return 1;
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const little = order === 0x4949;
  const at = view.getUint32(4, little);
  if (view.getUint16(2, little) !== 42 || at + 2 > view.byteLength) return 1;
  const count = view.getUint16(at, little);
  for (let i = 0, entry = at + 2; i < count && entry + 12 <= view.byteLength; i++, entry += 12) {
    if (view.getUint16(entry, little) !== 0x0112) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** The picture upright: what the camera's orientation says is undone. */
export function upright(image: ReadImage, orientation: number): ReadImage {
  if (orientation === 1) return image;
  const { width, height } = image;
  const turned = orientation >= 5;
  const [across, down] = turned ? [height, width] : [width, height];
  const source = new Uint32Array(image.rgba.slice().buffer);
  const target = new Uint32Array(width * height);
  const mirrorX = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
  const mirrorY = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      // Where the upright pixel lies in the file: transposed from the fifth on, then mirrored along the file's axes.
      const u = turned ? y : x;
      const v = turned ? x : y;
      const column = mirrorX ? width - 1 - u : u;
      const row = mirrorY ? height - 1 - v : v;
      target[y * across + x] = source[row * width + column];
    }
  }
  return {
    width: across,
    height: down,
    rgba: new Uint8Array(target.buffer),
    notes: [...image.notes, 'The picture was turned upright, as its camera noted.'],
  };
}
