import type { CvxNetTraining } from '../../../shared/recipes/training';
import type { ShapeDataset } from '../../../shared/dataset/types';
import { fail, ok, type Result } from '../../../shared/result';
import { drawWeights, type Weights } from '../../learning/network/weights';
import { allSpecs } from '../../learning/cvxnet/training/learner';
import { startFromClusters } from '../../learning/cvxnet/training/start';
import { randomFor } from '../../learning/training/data-order';
import { spread } from './held-out';

/** Shapes and interior points of each whose clusters place the parts. */
const SHAPES = 300;
const POINTS = 40;

/** The weights that a run begins with: the same on every worker. */
export async function startingWeights(
  dataset: ShapeDataset,
  config: CvxNetTraining,
): Promise<Result<Weights>> {
  const random = randomFor(config.seed, 'start', 0);
  const weights = drawWeights(allSpecs(config), random);
  if (config.start === 'reference') return ok(weights);
  const interior: number[] = [];
  for (const { id } of spread(dataset, 'train', SHAPES)) {
    const shape = await dataset.read(id);
    if (!shape.ok) return shape;
    const { points, inside } = shape.value.samples.box;
    for (let i = 0, taken = 0; i < inside.length && taken < POINTS; i++) {
      if (inside[i] === 0) continue;
      for (let c = 0; c < 3; c++) interior.push(points[i * 3 + c]);
      taken++;
    }
  }
  if (interior.length === 0) {
    return fail({
      code: 'data-without-inside',
      message: `No sample of the data set ${dataset.name} lies inside a shape.`,
      hint: 'Check how the samples were labelled: 1 is inside.',
    });
  }
  return ok(await startFromClusters(config.network, weights, Float32Array.from(interior), random));
}
