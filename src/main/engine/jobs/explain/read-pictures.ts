import type { CollectionPicture } from '../../../../shared/contract/explain';
import { rgbaPicture } from '../../../../shared/pictures/rgba';
import { ok } from '../../../../shared/result';
import { shrinkImage } from '../../observation/shrink';
import { openCollection } from '../../service/collections';
import type { Job } from '../../service/job';
import { readSelected } from './selection';

/** Longest side of a picture of the grid, pixels. */
const LONGEST_SIDE = 128;

/** Pictures for the grid, small. */
export const readPicturesJob: Job<'read-pictures'> = {
  kind: 'read-pictures',
  run: async ({ selection }, environment, context) => {
    const dataset = await openCollection(selection.collection, environment);
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
  },
};
