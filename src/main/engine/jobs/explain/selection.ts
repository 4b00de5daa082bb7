import type { PictureSelection } from '../../../../shared/contract/explain';
import { CANCELLED } from '../../../../shared/contract/job-client';
import type { VaeNetwork } from '../../../../shared/recipes/vae';
import type { DatasetPicture, PictureDataset, PictureId } from '../../../../shared/dataset/pictures';
import { toNetworkPicture } from '../../../../shared/pictures/network-picture';
import { fail, ok, type Result } from '../../../../shared/result';
import { openCollection } from '../../service/collections';
import type { JobContext } from '../../service/job';
import type { JobEnvironment } from '../../service/job';

/** Pictures of a collection as a network takes them. */
export interface SelectedPictures {
  readonly dataset: PictureDataset;
  readonly ids: readonly PictureId[];
  /** [N, H, W, C] 0 to 1, at the network's size. */
  readonly images: Float32Array;
  readonly seen: readonly DatasetPicture[];
}

/** Reads the selected pictures for a network. Problems: no such picture, one that cannot be read. */
export async function readForNetwork(
  selection: PictureSelection,
  network: VaeNetwork,
  environment: JobEnvironment,
  context: JobContext,
): Promise<Result<SelectedPictures>> {
  const dataset = await openCollection(selection.collection, environment);
  return dataset.ok ? readImages(dataset.value, selection, network, context) : dataset;
}

/** The same of an open collection. */
export async function readImages(
  dataset: PictureDataset,
  selection: Pick<PictureSelection, 'split' | 'indices'>,
  network: VaeNetwork,
  context: Pick<JobContext, 'signal'>,
): Promise<Result<SelectedPictures>> {
  const { height, width, channels } = network;
  const size = height * width * channels;
  const images = new Float32Array(selection.indices.length * size);
  const seen = await readSelected(dataset, selection, context, (picture, _, n) => {
    const fitted = toNetworkPicture(picture, { height, width, channels });
    for (let i = 0; i < size; i++) images[n * size + i] = fitted.pixels[i] / 255;
    return fitted;
  });
  if (!seen.ok) return seen;
  const ids = selection.indices.map((index) => dataset.at(selection.split, index));
  return ok({ dataset, ids, images, seen: seen.value });
}

/** Reads the selected pictures one after the other, so that only what `take` makes of them is held. */
export async function readSelected<T>(
  dataset: PictureDataset,
  { split, indices }: Pick<PictureSelection, 'split' | 'indices'>,
  { signal }: Pick<JobContext, 'signal'>,
  take: (picture: DatasetPicture, id: PictureId, n: number) => T,
): Promise<Result<T[]>> {
  const count = dataset.count(split);
  const beyond = indices.find((index) => index >= count);
  if (beyond !== undefined) {
    return fail({
      code: 'no-such-picture',
      message: `${dataset.name} has ${count} pictures in its ${split} split; there is no picture ${beyond}.`,
      hint: count > 0 ? `Choose from 0 to ${count - 1}.` : 'Choose another split.',
    });
  }
  const taken: T[] = [];
  for (const [n, index] of indices.entries()) {
    if (signal.aborted) return fail(CANCELLED);
    const picture = await dataset.read(split, index);
    if (!picture.ok) return picture;
    taken.push(take(picture.value, dataset.at(split, index), n));
  }
  return ok(taken);
}
