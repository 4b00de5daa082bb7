import { freemem } from 'node:os';
import { pictureStep, samplesSeen, type CvxNetTraining } from '../../../shared/recipes/training';
import type { DatasetShape, ShapeDataset, ShapeId } from '../../../shared/dataset/types';
import { ok, type Result } from '../../../shared/result';
import { createDataOrder, randomFor } from '../../learning/training/data-order';
import { drawRow, type TrainingRow } from '../../learning/cvxnet/training/row';

/** Reads the rows of coming steps while a step computes. */
export interface Loader {
  /** The rows of a step; steps are taken in order. */
  take(step: number): Promise<Result<readonly TrainingRow[]>>;
}

/** Steps read ahead: with the batch this bounds how many shapes are in memory. */
const AHEAD = 1;

/**
 * This worker's share of each batch: rows rank, rank + count, ... Each row's draws depend on the seed, the step and
 * the row alone, so workers of any number draw the same batch.
 */
export function createLoader(
  dataset: ShapeDataset,
  config: CvxNetTraining,
  { rank, count }: { readonly rank: number; readonly count: number },
): Loader {
  const shapes: readonly ShapeId[] = dataset.shapes('train');
  const pick = createDataOrder(config.seed, shapes.length);
  const coming = new Map<number, Promise<Result<readonly TrainingRow[]>>>();

  const batchAt = (step: number): number => samplesSeen(config, step + 1) - samplesSeen(config, step);
  const cached = createShapeCache(dataset, count);

  const readRow = async (step: number, row: number): Promise<Result<TrainingRow>> => {
    const position = samplesSeen(config, step) + row;
    const shape = await cached(shapes[pick(position)].id);
    if (!shape.ok) return shape;
    const pictures = pictureStep(config, step) >= 0;
    return drawRow(shape.value, config, pictures, randomFor(config.seed, 'row', position));
  };
  // All at once: files are read by the system's threads while this one computes.
  const read = async (step: number): Promise<Result<readonly TrainingRow[]>> => {
    const mine: Promise<Result<TrainingRow>>[] = [];
    for (let row = rank; row < batchAt(step); row += count) mine.push(readRow(step, row));
    const rows: TrainingRow[] = [];
    for (const row of await Promise.all(mine)) {
      if (!row.ok) return row;
      rows.push(row.value);
    }
    return ok(rows);
  };
  const begin = (step: number): Promise<Result<readonly TrainingRow[]>> => {
    const begun = coming.get(step) ?? read(step);
    coming.set(step, begun);
    return begun;
  };

  return {
    take: async (step) => {
      const rows = await begin(step);
      coming.delete(step);
      for (let next = step + 1; next <= step + AHEAD; next++) void begin(next);
      return rows;
    },
  };
}

/** What the shapes that all workers keep may fill, so that a data set that fits is read once. */
const cacheBytes = (): number => Math.min(6 * 2 ** 30, freemem() / 3);

/** Keeps the first shapes that are read, up to a bound, and reads the others each time. */
function createShapeCache(
  dataset: ShapeDataset,
  workers: number,
): (id: string) => Promise<Result<DatasetShape>> {
  const bound = cacheBytes() / workers;
  const kept = new Map<string, DatasetShape>();
  let bytes = 0;
  return async (id) => {
    const known = kept.get(id);
    if (known) return ok(known);
    const read = await dataset.read(id);
    if (!read.ok || kept.has(id)) return read;
    const size = bytesOf(read.value);
    if (bytes + size > bound) return read;
    bytes += size;
    kept.set(id, read.value);
    return read;
  };
}

function bytesOf({ samples, views }: DatasetShape): number {
  const points = [samples.box, samples.nearSurface].reduce(
    (sum, set) => sum + set.points.byteLength + set.inside.byteLength,
    0,
  );
  return views.reduce(
    (sum, { colour, depth }) => sum + (colour?.rgba.byteLength ?? 0) + (depth?.depth.byteLength ?? 0),
    points,
  );
}
