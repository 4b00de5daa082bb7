import { cpus } from 'node:os';
import { partBuffers } from '../src/renderer/viewport/parts/part-geometry';
import { partPolytope } from '../src/shared/shape/explicit';
import type { ConvexPart } from '../src/shared/shape/types';
import { randomParts } from './geometry';
import type { BenchTable } from '../src/main/cli/bench-table';

const PARTS = 50;
const PLANES = 25;
const SEED = 60;
const WARM_UP = 60;
const MOVES = 300;
const FRAME_MS = 1000 / 60;

/**
 * One plane of a 50-part shape is dragged: what the window does between the pointer's move and the draw call, against
 * rebuilding the whole shape.
 */
export async function benchDrag(): Promise<BenchTable> {
  const shape = randomParts(PARTS, PLANES, SEED).map(partOf);
  const one: number[] = [];
  const all: number[] = [];
  for (let move = -WARM_UP; move < MOVES; move++) {
    const dragged = moved(shape[0], 1e-4 * (move % 50));
    const single = timeOf(() => rebuild([dragged]));
    const whole = timeOf(() => rebuild([dragged, ...shape.slice(1)]));
    if (move < 0) continue;
    one.push(single);
    all.push(whole);
  }
  const slowest = Math.max(...one);
  const ratio = median(all) / median(one);
  return {
    name: `drag: one plane of ${PARTS} parts x ${PLANES} planes, seed ${SEED}, ${MOVES} moves`,
    device: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}`,
    columns: ['median ms', 'slowest ms'],
    rows: [
      { label: 'the dragged part', values: { 'median ms': median(one), 'slowest ms': slowest } },
      { label: 'the whole shape', values: { 'median ms': median(all), 'slowest ms': Math.max(...all) } },
    ],
    bars: [
      {
        what: 'rebuild of the dragged part, slowest of all moves',
        bar: 'within one 60 Hz frame (16.7 ms)',
        reached: `${slowest.toFixed(2)} ms, ${ratio.toFixed(0)} times less than the whole shape`,
        met: slowest < FRAME_MS,
      },
    ],
  };
}

function rebuild(parts: readonly ConvexPart[]): void {
  for (const part of parts) {
    const polytope = partPolytope(part);
    if (polytope.ok) partBuffers(polytope.value);
  }
}

function partOf(planes: Float64Array, index: number): ConvexPart {
  return {
    id: `part-${index}`,
    name: `Part ${index + 1}`,
    index,
    translation: [0, 0, 0],
    planes: Array.from({ length: planes.length / 4 }, (_, h) => ({
      normal: [planes[4 * h], planes[4 * h + 1], planes[4 * h + 2]],
      offset: planes[4 * h + 3],
      locked: false,
    })),
    smoothness: 175,
    visible: true,
    locked: false,
  };
}

function moved(part: ConvexPart, distance: number): ConvexPart {
  const planes = part.planes.map((plane, h) =>
    h === 0 ? { ...plane, offset: plane.offset + distance } : plane,
  );
  return { ...part, planes };
}

function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
