import type { VaeNetwork } from '../../../../shared/recipes/vae';
import type { PictureDataset } from '../../../../shared/dataset/pictures';
import type { Split } from '../../../../shared/dataset/types';
import { resizeMask } from '../../../../shared/pictures/resize';
import { ok, type Result } from '../../../../shared/result';

/** A picture's mask at a network's size, [height * width] 255 where something does not belong; null without one. */
export async function maskFor(
  dataset: PictureDataset,
  split: Split,
  index: number,
  { width, height }: Pick<VaeNetwork, 'width' | 'height'>,
): Promise<Result<Uint8Array | null>> {
  const mask = await dataset.mask(split, index);
  if (!mask.ok) return mask;
  return ok(mask.value === null ? null : resizeMask(mask.value.mask, mask.value, { width, height }));
}
