import { freemem } from 'node:os';
import type { VaeNetwork, VaeTraining } from '../../../../shared/recipes/vae';
import type { PictureDataset } from '../../../../shared/dataset/pictures';
import type { Split } from '../../../../shared/dataset/types';
import { fail, ok, type Result } from '../../../../shared/result';
import { toNetworkPicture } from '../../../../shared/pictures/network-picture';

/** The pictures of a split that a training learns from or is validated on, as its network takes them. */
export interface PictureSource {
  readonly count: number;
  /** Reads picture `index` into `target` [H * W * C], 0..1. */
  read(index: number, target: Float32Array): Promise<Result<null>>;
}

/** Memory that pictures may fill, so that small collections are read once. */
const CACHE_BYTES = Math.min(2 ** 30, freemem() / 4);

/**
 * The pictures of the configuration's classes in a split. Problems: a class that the collection does not have, fewer
 * pictures than `least`.
 */
export function openPictureSource(
  dataset: PictureDataset,
  split: Split,
  { network, classes }: Pick<VaeTraining, 'network' | 'classes'>,
  least: number,
): Result<PictureSource> {
  const chosen = indicesOf(dataset, split, classes);
  if (!chosen.ok) return chosen;
  const { count, at } = chosen.value;
  if (count < least) {
    const which = classes === null ? '' : ` of ${classes.map((name) => `"${name}"`).join(', ')}`;
    return fail({
      code: 'data-too-small',
      message: `${dataset.name} has ${count} pictures${which} in its ${split} split; the training needs at least ${least}.`,
      hint:
        split === 'train'
          ? 'Take more pictures, or a smaller batch.'
          : 'Take a collection with pictures to validate on.',
    });
  }
  const cached = createPictureCache(dataset, split, network);
  return ok({
    count,
    read: async (index, target) => {
      const bytes = await cached(at(index));
      if (!bytes.ok) return bytes;
      for (let i = 0; i < target.length; i++) target[i] = bytes.value[i] / 255;
      return ok(null);
    },
  });
}

interface Chosen {
  readonly count: number;
  at(index: number): number;
}

function indicesOf(dataset: PictureDataset, split: Split, classes: VaeTraining['classes']): Result<Chosen> {
  const total = dataset.count(split);
  if (classes === null) return ok({ count: total, at: (index) => index });
  const wanted = new Set<number>();
  for (const name of classes) {
    const index = dataset.classes.indexOf(name);
    if (index < 0) {
      return fail({
        code: 'class-missing',
        message: `${dataset.name} has no class "${name}".`,
        hint:
          dataset.classes.length === 0
            ? 'Its pictures have no classes: set "classes" to null.'
            : `It has ${dataset.classes.slice(0, 20).join(', ')}.`,
      });
    }
    wanted.add(index);
  }
  const indices: number[] = [];
  for (let i = 0; i < total; i++) {
    const { class: own } = dataset.at(split, i);
    if (own !== null && wanted.has(own)) indices.push(i);
  }
  return ok({ count: indices.length, at: (index) => indices[index] });
}

/** Keeps the first pictures that are read, up to a bound, and reads the others each time. */
function createPictureCache(dataset: PictureDataset, split: Split, network: VaeNetwork) {
  const kept = new Map<number, Uint8Array>();
  let bytes = 0;
  return async (index: number): Promise<Result<Uint8Array>> => {
    const known = kept.get(index);
    if (known) return ok(known);
    const read = await dataset.read(split, index);
    if (!read.ok) return read;
    const { pixels } = toNetworkPicture(read.value, network);
    if (!kept.has(index) && bytes + pixels.length <= CACHE_BYTES) {
      bytes += pixels.length;
      kept.set(index, pixels);
    }
    return ok(pixels);
  };
}
