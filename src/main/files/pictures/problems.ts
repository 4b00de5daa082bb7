import { fail, type Result } from '../../../shared/result';
import type { PictureDataset } from '../../../shared/dataset/pictures';
import type { Split } from '../../../shared/dataset/types';

/** The problem of a picture that a split does not have; null when it does. */
export function outOfRange(
  { name, count }: Pick<PictureDataset, 'name' | 'count'>,
  split: Split,
  index: number,
): Result<never> | null {
  if (Number.isInteger(index) && index >= 0 && index < count(split)) return null;
  const all = count(split);
  return fail({
    code: 'picture-missing',
    message: `${name} has no picture ${index} in its ${split} split.`,
    hint: all === 0 ? 'This split is empty.' : `Its pictures are 0 to ${all - 1}.`,
  });
}
