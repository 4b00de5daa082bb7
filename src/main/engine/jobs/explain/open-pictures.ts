import type { PictureDataset } from '../../../../shared/dataset/pictures';
import { SPLITS } from '../../../../shared/dataset/types';
import { ok, type Result } from '../../../../shared/result';
import { openCollection } from '../../service/collections';
import type { Job } from '../../service/job';
import { labelsOf } from './labels';

/** Pictures of a split that are asked whether they have a mask. */
const PROBES = 1000;

/** Opens a collection anew and says what it holds. */
export const openPicturesJob: Job<'open-pictures'> = {
  kind: 'open-pictures',
  run: async ({ collection }, environment) => {
    const opened = await openCollection(collection, environment, true);
    if (!opened.ok) return opened;
    const { name, format, classes, factors, size, notes, count } = opened.value;
    const masks = await hasMasks(opened.value);
    return ok({
      name,
      format,
      classes,
      factors,
      size,
      counts: { train: count('train'), validation: count('validation'), test: count('test') },
      masks: masks.ok ? masks.value : false,
      labels: labelsOf(opened.value),
      notes: masks.ok ? notes : [...notes, masks.error.message],
    });
  },
};

/** Whether a split has a mask: that of its first picture that is known not to belong, or of its first. */
async function hasMasks(dataset: PictureDataset): Promise<Result<boolean>> {
  for (const split of SPLITS) {
    const count = dataset.count(split);
    if (count === 0) continue;
    const probes = Math.min(count, PROBES);
    const indices = Array.from({ length: probes }, (_, i) => Math.floor((i * count) / probes));
    const anomalous = indices.find((index) => dataset.at(split, index).anomalous === true);
    const mask = await dataset.mask(split, anomalous ?? 0);
    if (!mask.ok) return mask;
    if (mask.value !== null) return ok(true);
  }
  return ok(false);
}
