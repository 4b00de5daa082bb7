import type { CvxNetTraining } from '../../../../shared/recipes/training';
import type { DatasetShape } from '../../../../shared/dataset/types';
import type { LabelledPoints } from '../../../../shared/geometry/occupancy';
import type { Random } from '../../../../shared/random';
import { fail, ok, type Result } from '../../../../shared/result';
import { networkInput, viewsPerInput } from '../input';
import { occupancyGrid } from './teacher';

/** One shape of a batch. */
export interface TrainingRow {
  /** [S, S, C]; null where the stage takes none. */
  readonly image: Float32Array | null;
  /** [grid^3]; null without a teacher. */
  readonly grid: Float32Array | null;
  /** [N, 3]: the box points, then the near ones. */
  readonly points: Float32Array;
  /** [N] 0 or 1 */
  readonly labels: Float32Array;
}

/** What the guidance loss takes of every part. */
const LEAST_INTERIOR = 20;

/**
 * Draws points of a shape with replacement, and a view where `pictures` says so. Where too few of the points lie
 * inside, the last of the box points are drawn again from those that do: the localisation loss has no gradient
 * without, and the guidance loss pays a constant. A shape none of whose samples lies inside is a problem.
 */
export function drawRow(
  shape: DatasetShape,
  config: CvxNetTraining,
  pictures: boolean,
  random: Random,
): Result<TrainingRow> {
  const { boxPoints, nearPoints, teacher } = config;
  const { box, nearSurface } = shape.samples;
  const image = pictures ? drawImage(shape, config, random) : ok(null);
  if (!image.ok) return image;
  const count = boxPoints + nearPoints;
  const points = new Float32Array(count * 3);
  const labels = new Float32Array(count);
  let interior = 0;
  const put = (slot: number, from: LabelledPoints, index: number): void => {
    interior += from.inside[index] - labels[slot];
    labels[slot] = from.inside[index];
    for (let c = 0; c < 3; c++) points[slot * 3 + c] = from.points[index * 3 + c];
  };
  for (let i = 0; i < count; i++) {
    const from = i < boxPoints ? box : nearSurface;
    put(i, from, random.integer(from.inside.length));
  }
  for (let slot = boxPoints - 1; interior < Math.min(LEAST_INTERIOR, count) && slot >= 0; slot--) {
    if (labels[slot] === 1) continue;
    const found = interiorSample(box, random) ?? interiorSample(nearSurface, random);
    if (found === null) return fail(hollow(shape.id));
    put(slot, ...found);
  }
  const grid = teacher && occupancyGrid(shape.samples, teacher.grid);
  return ok({ image: image.value, grid, points, labels });
}

function drawImage(shape: DatasetShape, { network }: CvxNetTraining, random: Random): Result<Float32Array> {
  const wanted = viewsPerInput(network);
  if (shape.views.length < wanted) {
    return fail({
      code: 'view-missing',
      message: `Shape ${shape.id} has ${shape.views.length} views; the network takes ${wanted}.`,
      hint: 'Choose a configuration for what the data set holds.',
    });
  }
  const first = wanted === 1 ? random.integer(shape.views.length) : 0;
  const image = networkInput(network, shape.views.slice(first, first + wanted));
  return image.ok ? image : fail({ ...image.error, message: `Shape ${shape.id}: ${image.error.message}` });
}

/** An interior sample at or after a random place, around the end. */
function interiorSample(samples: LabelledPoints, random: Random): [LabelledPoints, number] | null {
  const { inside } = samples;
  if (inside.length === 0) return null;
  const start = random.integer(inside.length);
  const after = inside.indexOf(1, start);
  const index = after >= 0 ? after : inside.indexOf(1);
  return index < 0 ? null : [samples, index];
}

function hollow(id: string) {
  return {
    code: 'shape-without-inside',
    message: `No sample of shape ${id} lies inside it.`,
    hint: 'Take the shape out of the data set, or sample it again with more points.',
  };
}
