import type { ShapeDataset } from '../../../shared/dataset/types';
import type { Result } from '../../../shared/result';
import { openShapesDataset } from './read-shapes';

/** Opens a folder of shapes to learn from, after finding out what it is. */
export function openDataset(folder: string): Promise<Result<ShapeDataset>> {
  return openShapesDataset(folder);
}
