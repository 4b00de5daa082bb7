import { readdir } from 'node:fs/promises';
import type { ShapeDataset } from '../../../shared/dataset/types';
import { fail, ok, type Result } from '../../../shared/result';
import { openCvxnetDataset } from './cvxnet';
import { joinDatasets } from './join';
import { DATASET_FOLDERS, datasetKind } from './kind';
import { openOccnetDataset } from './occnet';
import { openShapesDataset } from './read-shapes';

/**
 * Opens a folder of shapes to learn from, after finding out what it is: procedural shapes of this program (by
 * dataset.json), CvxNet's TFRecords (by files named synset-split-number), Occupancy Networks' ShapeNet (by
 * metadata.yaml or folders named after synsets). Errors: those of the format, or one that lists the three.
 */
export async function openDataset(folder: string): Promise<Result<ShapeDataset>> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return fail({
      code: 'dataset-unreadable',
      message: `${folder} could not be listed: ${(error as Error).message}.`,
      hint: 'Check that it is a folder and that you may read it.',
    });
  }
  switch (names.length === 0 ? 'shapes' : datasetKind(names)) {
    case 'shapes':
      return openShapesDataset(folder);
    case 'cvxnet':
      return openCvxnetDataset(folder);
    case 'occnet':
      return openOccnetDataset(folder);
    case null:
      return fail({
        code: 'dataset-unknown',
        message: `${folder} is no data set that can be read.`,
        hint: `Choose a folder ${DATASET_FOLDERS}.`,
      });
  }
}

/** Opens folders of shapes as one data set (at least one folder). Errors: those of the first folder that has any. */
export async function openDatasets(folders: readonly string[]): Promise<Result<ShapeDataset>> {
  const datasets: ShapeDataset[] = [];
  for (const folder of folders) {
    const dataset = await openDataset(folder);
    if (!dataset.ok) return dataset;
    datasets.push(dataset.value);
  }
  return ok(joinDatasets(datasets));
}
