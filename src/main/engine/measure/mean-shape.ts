import type { ShapeDataset } from '../../../shared/dataset/types';
import type { LabelledPoints } from '../../../shared/geometry/occupancy';
import { ok, type Result } from '../../../shared/result';
import { occupancyGrid } from '../../learning/cvxnet/training/teacher';
import { spread } from '../training/held-out';
import type { Prediction } from './prediction';

const SHAPES = 400;
const GRID = 24;
const HALF_SIZE = 0.55;
const THRESHOLDS = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5];

/**
 * The mean occupancy of the training shapes on a grid, cut where the training shapes' own mean IoU with it is best: what
 * somebody says who looks at no picture.
 */
export async function meanShape(dataset: ShapeDataset): Promise<Result<Prediction>> {
  const sum = new Float64Array(GRID ** 3);
  const seen: LabelledPoints[] = [];
  for (const { id } of spread(dataset, 'train', SHAPES)) {
    const shape = await dataset.read(id);
    if (!shape.ok) return shape;
    const grid = occupancyGrid(shape.value.samples, GRID);
    grid.forEach((value, cell) => (sum[cell] += value));
    const { points, inside } = shape.value.samples.box;
    if (seen.length < 60) seen.push({ points: points.slice(0, 6000), inside: inside.slice(0, 2000) });
  }
  const count = Math.max(1, spread(dataset, 'train', SHAPES).length);
  const at = (threshold: number): Prediction => ({
    inside: (points) =>
      Uint8Array.from({ length: points.length / 3 }, (_, i) => {
        let cell = 0;
        for (let c = 0; c < 3; c++) {
          const place = Math.floor(((points[i * 3 + c] + HALF_SIZE) / (2 * HALF_SIZE)) * GRID);
          cell = cell * GRID + Math.min(GRID - 1, Math.max(0, place));
        }
        return sum[cell] / count >= threshold ? 1 : 0;
      }),
    surface: null,
  });
  const meanIou = (prediction: Prediction): number =>
    seen.reduce((total, { points, inside }) => total + iouOf(prediction.inside(points), inside), 0);
  const best = THRESHOLDS.toSorted((a, b) => meanIou(at(b)) - meanIou(at(a)))[0];
  return ok(at(best));
}

/** Intersection over union; 0 for two empty sets. */
export function iouOf(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < a.length; i++) {
    both += a[i] & b[i];
    either += a[i] | b[i];
  }
  return either === 0 ? 0 : both / either;
}
