import type { DatasetPicture, PictureDataset } from '../../../shared/dataset/pictures';
import type { Split } from '../../../shared/dataset/types';
import { toNetworkPicture } from '../../../shared/pictures/network-picture';
import { fail, ok, type Result } from '../../../shared/result';
import { readBounded } from '../dataset/small-file';
import { emptyMask, readMask } from './masks';
import { outOfRange } from './problems';
import { readPicture } from './read-picture';

/** No picture that people use is larger on a disk: 64 megapixels of 16-bit RGB, unpacked. */
const MOST_FILE_BYTES = 400 * 1024 * 1024;

/** One picture of a collection of files. */
export interface FilePicture {
  readonly id: string;
  readonly path: string;
  /** Page of a TIFF, from 0; null for a file of one picture. */
  readonly page: number | null;
  readonly class: number | null;
  readonly anomalous: boolean | null;
  /** File of its mask, 'normal' where nothing is wrong with it, null where it is not known. */
  readonly mask: { readonly path: string } | 'normal' | null;
}

export interface FileCollection extends Omit<PictureDataset, 'count' | 'at' | 'read' | 'mask' | 'factors'> {
  readonly pictures: Readonly<Record<Split, readonly FilePicture[]>>;
}

/**
 * A data set of files, read when they are asked for. With a common size, channels are brought to it and a picture of
 * another width or height is an error; without one, pictures come as they are.
 */
export function fileDataset({ pictures, ...about }: FileCollection): PictureDataset {
  const dataset: PictureDataset = {
    ...about,
    factors: [],
    count: (split) => pictures[split].length,
    at: (split, index) => {
      const { id, class: own, anomalous } = pictures[split][index];
      return { id, class: own, anomalous, factors: null };
    },
    read: async (split, index) => {
      const problem = outOfRange(dataset, split, index);
      if (problem) return problem;
      const read = await readFilePicture(pictures[split][index]);
      return read.ok ? fitting(read.value, pictures[split][index].path, about) : read;
    },
    mask: async (split, index) => {
      const problem = outOfRange(dataset, split, index);
      if (problem) return problem;
      const picture = pictures[split][index];
      if (picture.mask === null) return ok(null);
      const read = await dataset.read(split, index);
      if (!read.ok) return read;
      if (picture.mask === 'normal') return ok(emptyMask(read.value));
      const { width, height } = read.value;
      const bytes = await readBounded(picture.mask.path, MOST_FILE_BYTES);
      if (!bytes.ok) return bytes;
      return readMask(bytes.value, picture.mask.path, { width, height, file: picture.path });
    },
  };
  return dataset;
}

/** A picture from its file; its size is bounded before it is read. */
export async function readFilePicture({
  path,
  page,
}: Pick<FilePicture, 'path' | 'page'>): Promise<Result<DatasetPicture>> {
  const bytes = await readBounded(path, MOST_FILE_BYTES);
  return bytes.ok ? readPicture(bytes.value, path, page) : bytes;
}

function fitting(
  picture: DatasetPicture,
  path: string,
  { name, size }: Pick<PictureDataset, 'name' | 'size'>,
): Result<DatasetPicture> {
  if (!size) return ok(picture);
  if (picture.width === size.width && picture.height === size.height) {
    return ok(picture.channels === size.channels ? picture : toNetworkPicture(picture, size));
  }
  return fail({
    code: 'picture-size',
    message: `${path}: the picture is ${picture.width} x ${picture.height} pixels, the others of ${name} are ${size.width} x ${size.height}.`,
    hint: 'Bring it to the size of the others, or take it out.',
  });
}

/** Every tenth one is held out for validation, of fewer than ten the last one, of a single one none. */
export function isHeldOut(index: number, count: number): boolean {
  return count < 10 ? count > 1 && index === count - 1 : index % 10 === 9;
}
