import type { Bounds } from './bounds';

/** Cells per axis over learning space. */
const CELLS = 20;
/** Half the edge of the gridded cube; points beyond it fall into the outermost cells. */
const HALF_SIZE = 0.55;

/** Points in the order of a uniform grid's cells, so that those in a box are found without looking at all. */
export interface PointGrid {
  /** [N, 3] */
  readonly points: Float32Array;
  /** [CELLS^3 + 1] first point of each cell, x fastest. */
  readonly starts: Int32Array;
}

/** The grid, and for each of its points the row of `points` [N, 3] that it was. */
export function createPointGrid(points: Float32Array): { grid: PointGrid; order: Int32Array } {
  const total = points.length / 3;
  const cells = new Int32Array(total);
  const starts = new Int32Array(CELLS ** 3 + 1);
  for (let i = 0; i < total; i++) {
    cells[i] =
      cellOf(points[i * 3]) + CELLS * (cellOf(points[i * 3 + 1]) + CELLS * cellOf(points[i * 3 + 2]));
    starts[cells[i] + 1]++;
  }
  for (let c = 0; c < CELLS ** 3; c++) starts[c + 1] += starts[c];
  const next = starts.slice();
  const order = new Int32Array(total);
  const sorted = new Float32Array(total * 3);
  for (let i = 0; i < total; i++) {
    const to = next[cells[i]]++;
    order[to] = i;
    for (let a = 0; a < 3; a++) sorted[to * 3 + a] = points[i * 3 + a];
  }
  return { grid: { points: sorted, starts }, order };
}

function cellOf(coordinate: number): number {
  const cell = Math.floor(((coordinate + HALF_SIZE) / (2 * HALF_SIZE)) * CELLS);
  return Math.min(Math.max(cell, 0), CELLS - 1);
}

let scratch = new Int32Array(1024);

/**
 * Indices of the grid's points in the cells that the bounds touch: all points inside the bounds and some more. The
 * result is a view of a shared buffer, valid until the next call.
 */
export function pointsNear({ points, starts }: PointGrid, bounds: Bounds | null): Int32Array {
  if (bounds === null) return scratch.subarray(0, 0);
  if (scratch.length < points.length / 3) scratch = new Int32Array(points.length / 3);
  const low = [cellOf(bounds[0]), cellOf(bounds[1]), cellOf(bounds[2])];
  const high = [cellOf(bounds[3]), cellOf(bounds[4]), cellOf(bounds[5])];
  let count = 0;
  for (let z = low[2]; z <= high[2]; z++) {
    for (let y = low[1]; y <= high[1]; y++) {
      const row = CELLS * (y + CELLS * z);
      for (let i = starts[row + low[0]]; i < starts[row + high[0] + 1]; i++) scratch[count++] = i;
    }
  }
  return scratch.subarray(0, count);
}
