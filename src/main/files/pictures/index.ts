import { gunzipSync } from 'node:zlib';
import type { BuiltinPictures } from '../../../shared/contract/vae';
import type { PictureDataset } from '../../../shared/dataset/pictures';
import { fail, ok, type Result } from '../../../shared/result';
import { readBounded } from '../dataset/small-file';
import { drawnDsprites, drawnPlanted } from './drawn';
import { readIdx, type IdxArray } from './idx';
import { mnistDataset } from './mnist';
import { resourcePath } from './resource';

/** Opens a collection of pictures. */
export async function openPictures(paths: readonly string[]): Promise<Result<PictureDataset>> {
  return fail({ code: 'file-unsupported', message: `${paths[0]} is no collection of pictures.` });
}

/** Opens a collection that ships: 10,000 digits of MNIST, or drawn ones. */
export async function builtinPictures(name: BuiltinPictures): Promise<Result<PictureDataset>> {
  switch (name) {
    case 'digits':
      return openDigits();
    case 'dsprites':
      return ok(drawnDsprites());
    case 'planted':
      return ok(drawnPlanted());
  }
}

const MOST_DIGIT_BYTES = 20_000_000;

async function openDigits(): Promise<Result<PictureDataset>> {
  const images = await readShipped('pictures/digits-images-idx3-ubyte.gz');
  if (!images.ok) return images;
  const labels = await readShipped('pictures/digits-labels-idx1-ubyte.gz');
  if (!labels.ok) return labels;
  return ok(mnistDataset('Digits', 'MNIST, 10,000 digits', { images: images.value, labels: labels.value }));
}

async function readShipped(name: string): Promise<Result<IdxArray>> {
  const path = resourcePath(name);
  const packed = await readBounded(path, MOST_DIGIT_BYTES);
  return packed.ok ? readIdx(gunzipSync(packed.value, { maxOutputLength: MOST_DIGIT_BYTES }), path) : packed;
}
