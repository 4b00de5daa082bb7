import { ok, type Result } from '../../../shared/result';
import { readNpy } from './npy';
import { checkImageSize } from './png-depth';
import { badFile } from './problems';
import type { ReadDepth } from './types';

/** Reads a depth image from a NumPy array of shape (height, width), (height, width, 1) or (1, height, width). */
export function readNpyDepth(bytes: Uint8Array, file: string): Result<ReadDepth> {
  const array = readNpy(bytes, file);
  if (!array.ok) return array;
  const { shape, data, type } = array.value;
  const sides =
    shape.length === 3 ? (shape[2] === 1 ? shape.slice(0, 2) : shape[0] === 1 ? shape.slice(1) : []) : shape;
  if (sides.length !== 2 || type === 'b1') {
    return badFile(
      'not-depth',
      file,
      'the header',
      `a depth image has the shape (height, width), found (${shape.join(', ')}) of ${type}`,
      'Save one channel of depth. Point sets are read from points.npz and PLY.',
    );
  }
  const [height, width] = sides;
  const failure = checkImageSize(width, height, file, 'the header');
  return failure ?? ok({ kind: 'depth', width, height, values: Float32Array.from(data), notes: [] });
}
