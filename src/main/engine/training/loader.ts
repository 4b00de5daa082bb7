import type { TrainingConfig } from '../../../shared/contract/training';
import type { ShapeDataset, ShapeId } from '../../../shared/dataset/types';
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
  config: TrainingConfig,
  { rank, count }: { readonly rank: number; readonly count: number },
): Loader {
  const shapes: readonly ShapeId[] = dataset.shapes('train');
  const pick = createDataOrder(config.seed, shapes.length, config.batch);
  const coming = new Map<number, Promise<Result<readonly TrainingRow[]>>>();

  const readRow = async (step: number, row: number): Promise<Result<TrainingRow>> => {
    const shape = await dataset.read(shapes[pick(step, row)].id);
    if (!shape.ok) return shape;
    return drawRow(shape.value, config, randomFor(config.seed, 'row', step * config.batch + row));
  };
  // All at once: files are read by the system's threads while this one computes.
  const read = async (step: number): Promise<Result<readonly TrainingRow[]>> => {
    const mine: Promise<Result<TrainingRow>>[] = [];
    for (let row = rank; row < config.batch; row += count) mine.push(readRow(step, row));
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
