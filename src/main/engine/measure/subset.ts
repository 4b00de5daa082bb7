import type { ShapeDataset } from '../../../shared/dataset/types';
import { fail, ok, type Result } from '../../../shared/result';
import { readCheckpoint, writeCheckpoint } from '../../files/safetensors/checkpoint';
import type { StoredTensor } from '../../files/safetensors/types';
import { networkInput, viewsPerInput } from '../../learning/cvxnet/input';
import type { OpenNetwork } from '../models/networks';
import { spread } from '../training/held-out';
import { iouOf } from './mean-shape';
import { smoothInside } from './prediction';

/** A few held-out shapes as the network sees them, kept beside a model so that its card can be checked anywhere. */
export interface Subset {
  readonly ids: readonly string[];
  /** [S, S, C] each. */
  readonly images: readonly Float32Array[];
  readonly points: readonly Float32Array[];
  readonly inside: readonly Uint8Array[];
  /** What the shipped file scored on each. */
  readonly ious: readonly number[];
}

const SHAPES = 15;
const POINTS = 2048;

/** IoU of the smooth field on each shape of a subset. */
export async function measureSubset(
  network: OpenNetwork,
  { images, points, inside }: Pick<Subset, 'images' | 'points' | 'inside'>,
): Promise<number[]> {
  const ious: number[] = [];
  for (const [i, image] of images.entries()) {
    const [{ shape }] = await network.decode(await network.encode(image));
    ious.push(iouOf(smoothInside(shape, points[i]), inside[i]));
  }
  return ious;
}

/** Writes the subset of a test split. Values are rounded to half precision before anything is measured. */
export async function writeSubset(
  path: string,
  dataset: ShapeDataset,
  network: OpenNetwork,
): Promise<Result<number>> {
  const { config } = network;
  const ids = spread(dataset, 'test', SHAPES);
  const images: Float32Array[] = [];
  const points: Float32Array[] = [];
  const inside: Uint8Array[] = [];
  for (const { id } of ids) {
    const shape = await dataset.read(id);
    if (!shape.ok) return shape;
    const image = networkInput(config, shape.value.views.slice(0, viewsPerInput(config)));
    if (!image.ok) return image;
    images.push(image.value);
    points.push(shape.value.samples.box.points.slice(0, POINTS * 3));
    inside.push(shape.value.samples.box.inside.slice(0, POINTS));
  }
  const tensors = new Map<string, StoredTensor>();
  const put = (name: string, data: Float32Array): void => {
    tensors.set(name, { dtype: 'F16', shape: [data.length], data });
  };
  images.forEach((image, i) => put(`image/${i}`, image));
  points.forEach((own, i) => put(`points/${i}`, own));
  inside.forEach((own, i) => tensors.set(`inside/${i}`, { dtype: 'U8', shape: [own.length], data: own }));
  const names = JSON.stringify(ids.map(({ id }) => id));
  const first = await writeCheckpoint(path, { tensors, metadata: new Map([['ids', names]]) });
  if (!first.ok) return first;
  const rounded = await readSubset(path);
  if (!rounded.ok) return rounded;
  const ious = JSON.stringify(await measureSubset(network, rounded.value));
  return writeCheckpoint(path, {
    tensors,
    metadata: new Map([
      ['ids', names],
      ['ious', ious],
    ]),
  });
}

/** Reads a subset; `ious` is empty until they are measured. */
export async function readSubset(path: string): Promise<Result<Subset>> {
  const content = await readCheckpoint(path);
  if (!content.ok) return content;
  const { tensors, metadata } = content.value;
  const ids = JSON.parse(metadata.get('ids') ?? '[]') as string[];
  const ious = JSON.parse(metadata.get('ious') ?? '[]') as number[];
  const floats = (name: string): Float32Array[] =>
    ids.flatMap((_, i) => {
      const one = tensors.get(`${name}/${i}`);
      return one?.dtype === 'F16' ? [one.data] : [];
    });
  const inside = ids.flatMap((_, i) => {
    const one = tensors.get(`inside/${i}`);
    return one?.dtype === 'U8' ? [one.data] : [];
  });
  const subset = { ids, images: floats('image'), points: floats('points'), inside, ious };
  if (subset.images.length === ids.length && inside.length === ids.length) return ok(subset);
  return fail({
    code: 'file-damaged',
    message: `${path}: some of its ${ids.length} shapes are missing.`,
    hint: 'Make the model again with scripts/make-models.ts.',
  });
}
