import { decode } from 'jpeg-js';
import { PNG } from 'pngjs';
import type { ColourImage } from '../../../shared/dataset/types';
import { ok, type Result } from '../../../shared/result';
import { READ_LIMITS } from '../read/limits';
import { badFile, tooMany } from '../read/problems';
import { readBounded } from './small-file';

/** Megapixels of a data set's picture; ShapeNet's renderings have 0.02. */
const MAXIMUM_MEGAPIXELS = READ_LIMITS.imagePixels / 1e6;

/** A rendering of a data set, JPEG or PNG. The header's size is checked before pixels are unpacked. */
export async function readPicture(file: string): Promise<Result<ColourImage>> {
  const bytes = await readBounded(file);
  if (!bytes.ok) return bytes;
  try {
    if (bytes.value[0] === 0xff && bytes.value[1] === 0xd8) {
      const options = {
        useTArray: true,
        maxResolutionInMP: MAXIMUM_MEGAPIXELS,
        tolerantDecoding: false,
      } as const;
      const { width, height, data } = decode(bytes.value, options);
      return ok({ width, height, rgba: data });
    }
    const buffer = Buffer.from(bytes.value.buffer, bytes.value.byteOffset, bytes.value.byteLength);
    const pixels = buffer.length >= 24 ? buffer.readUInt32BE(16) * buffer.readUInt32BE(20) : 0;
    if (pixels > READ_LIMITS.imagePixels) {
      return tooMany(file, 'its header', `the picture has ${pixels} pixels`, READ_LIMITS.imagePixels);
    }
    const { width, height, data } = PNG.sync.read(buffer);
    return ok({ width, height, rgba: new Uint8Array(data) });
  } catch (error) {
    const what = `it is no whole JPEG or PNG picture (${(error as Error).message})`;
    return badFile('file-damaged', file, 'the picture', what, 'Copy the model again.');
  }
}
