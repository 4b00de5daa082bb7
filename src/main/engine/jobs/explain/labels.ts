import { MOST_LABELS, type OpenedCollection, type PictureLabels } from '../../../../shared/contract/explain';
import type { PictureDataset } from '../../../../shared/dataset/pictures';
import { SPLITS, type Split } from '../../../../shared/dataset/types';

/** What a data set says of its pictures, split by split, without reading a pixel. */
export function labelsOf(dataset: Pick<PictureDataset, 'count' | 'at'>): OpenedCollection['labels'] {
  return Object.fromEntries(SPLITS.map((split) => [split, ofSplit(dataset, split)])) as Record<
    Split,
    PictureLabels | null
  >;
}

function ofSplit(dataset: Pick<PictureDataset, 'count' | 'at'>, split: Split): PictureLabels | null {
  const count = dataset.count(split);
  if (count > MOST_LABELS) return null;
  const classes = new Int16Array(count);
  const anomalous = new Int8Array(count);
  for (let i = 0; i < count; i++) {
    const picture = dataset.at(split, i);
    classes[i] = picture.class ?? -1;
    anomalous[i] = picture.anomalous === null ? -1 : Number(picture.anomalous);
  }
  return { classes, anomalous };
}
