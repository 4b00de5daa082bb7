import { DATASET_FILE, UNFINISHED_FILE } from './shapes-format';

/** The layouts of folders of shapes. */
export type DatasetKind = 'shapes' | 'cvxnet' | 'occnet';

/** What a data set is by the names in its folder: ours, CvxNet's TFRecords, Occupancy Networks' ShapeNet; null for none. */
export function datasetKind(names: readonly string[]): DatasetKind | null {
  if (names.includes(DATASET_FILE) || names.includes(UNFINISHED_FILE)) return 'shapes';
  if (names.some((name) => /^\d{8}-(train|test)-./.test(name))) return 'cvxnet';
  return names.includes('metadata.yaml') || names.some((name) => /^\d{8}$/.test(name)) ? 'occnet' : null;
}

/** The folders that would do instead of one that is no data set. */
export const DATASET_FOLDERS =
  'with dataset.json (made with "halfspace dataset shapes" or "halfspace dataset meshes"), with ' +
  'TFRecords of CvxNet named synset-split-number, or with the synset folders of Occupancy Networks';
