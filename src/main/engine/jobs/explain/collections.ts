import type {
  CollectionPicture,
  ExplainResults,
  OpenedCollection,
} from '../../../../shared/contract/explain';
import type { JobRequest } from '../../../../shared/contract/jobs';
import type { PictureDataset } from '../../../../shared/dataset/pictures';
import { SPLITS } from '../../../../shared/dataset/types';
import { rgbaPicture } from '../../../../shared/pictures/rgba';
import { ok, type Result } from '../../../../shared/result';
import { shrinkImage } from '../../observation/shrink';
import { openCollection } from '../../service/collections';
import type { JobContext } from '../../service/session';
import type { Workshop } from '../index';
import { labelsOf } from './labels';
import { readSelected } from './selection';

const LONGEST_SIDE = 128;
/** Pictures of a split that are asked whether they have a mask. */
const PROBES = 1000;

/** Opens a collection anew and says what it holds. */
export async function runOpenPictures(
  { collection }: Extract<JobRequest, { kind: 'open-pictures' }>,
  workshop: Workshop,
): Promise<Result<OpenedCollection>> {
  const opened = await openCollection(collection, workshop, true);
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
}

/** Pictures for the grid, small. */
export async function runReadPictures(
  { selection }: Extract<JobRequest, { kind: 'read-pictures' }>,
  workshop: Workshop,
  context: JobContext,
): Promise<Result<ExplainResults['read-pictures']>> {
  const dataset = await openCollection(selection.collection, workshop);
  if (!dataset.ok) return dataset;
  const pictures = await readSelected(
    dataset.value,
    selection,
    context,
    (picture, { id, class: ofClass, anomalous }, n): CollectionPicture => ({
      id,
      index: selection.indices[n],
      class: ofClass,
      anomalous,
      picture: shrinkImage(rgbaPicture(picture), LONGEST_SIDE),
    }),
  );
  return pictures.ok ? ok({ pictures: pictures.value }) : pictures;
}

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
