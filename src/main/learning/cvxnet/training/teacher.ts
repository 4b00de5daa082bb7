import { leakyRelu, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { CvxNetTraining } from '../../../../shared/recipes/training';
import type { OccupancySamples } from '../../../../shared/geometry/occupancy';
import { decode } from '../network/decoder';
import { dense } from '../../network/dense';
import type { Weights } from '../../network/weights';
import type { WeightSpec } from '../../network/weights';
import { decoderLayers } from '../network/layout';
import { shapeLosses, type StepGradients, type StepOptions, type PointBatch } from '../network/model';
import { gradientsOf } from '../../training/gradients';

/** Half the edge of the cube that the grid divides, that of the uniform samples. */
const HALF_SIZE = 0.55;
const SLOPE = 0.2;

type Teacher = NonNullable<CvxNetTraining['teacher']>;

/** Share of interior samples per cell of a grid over the cube, [grid^3]; 0 where no sample fell. */
export function occupancyGrid({ box, nearSurface }: OccupancySamples, grid: number): Float32Array {
  const inside = new Float32Array(grid ** 3);
  const all = new Float32Array(grid ** 3);
  for (const { points, inside: labels } of [box, nearSurface]) {
    for (let i = 0; i < labels.length; i++) {
      let cell = 0;
      for (let c = 0; c < 3; c++) {
        const at = Math.floor(((points[i * 3 + c] + HALF_SIZE) / (2 * HALF_SIZE)) * grid);
        cell = cell * grid + Math.min(grid - 1, Math.max(0, at));
      }
      inside[cell] += labels[i];
      all[cell]++;
    }
  }
  return inside.map((count, cell) => (all[cell] === 0 ? 0 : count / all[cell]));
}

/** The weights between grid and code; none without a teacher. */
export function teacherSpecs({ teacher, network }: CvxNetTraining): WeightSpec[] {
  if (teacher === null) return [];
  const sizes = [teacher.grid ** 3, teacher.width, network.latent];
  return [1, 2].flatMap((layer): WeightSpec[] => [
    { name: `teacher/dense${layer}/kernel`, shape: [sizes[layer - 1], sizes[layer]], role: 'kernel' },
    { name: `teacher/dense${layer}/bias`, shape: [sizes[layer]], role: 'bias' },
  ]);
}

/** Grids [B, grid^3] to codes [B, L]. */
export function teacherCodes(weights: Weights, grids: Tensor): Tensor {
  const layer = (input: Tensor, index: number): Tensor =>
    dense(
      input,
      weights.get(`teacher/dense${index}/kernel`) as Tensor,
      weights.get(`teacher/dense${index}/bias`) as Tensor,
    );
  return layer(leakyRelu(layer(grids, 1), SLOPE), 2);
}

/** Losses of shapes decoded from their own grids, and the gradients of teacher and decoder. */
export function teacherGradients(
  config: CvxNetTraining,
  weights: Weights,
  batch: PointBatch & { readonly grids: Tensor },
  options: StepOptions,
): Omit<StepGradients, 'moved'> {
  const { network } = config;
  const names = [
    ...teacherSpecs(config).map(({ name }) => name),
    ...decoderLayers(network).flatMap(({ name }) => [`${name}/kernel`, `${name}/bias`]),
  ];
  const weight = (name: string): Tensor => weights.get(name) as Tensor;
  return gradientsOf(weights, names, () =>
    shapeLosses(network, decode(network, { weight }, teacherCodes(weights, batch.grids)), batch, options),
  );
}

/** Logits of shapes from their grids, each [grid^3]. */
export function teacherLogits(
  { network, teacher }: CvxNetTraining & { readonly teacher: Teacher },
  weights: Weights,
  grids: readonly Float32Array[],
): Tensor {
  return tidy(() => {
    const joined = new Float32Array(grids.length * teacher.grid ** 3);
    grids.forEach((grid, i) => joined.set(grid, i * grid.length));
    const codes = teacherCodes(weights, tensor(joined, [grids.length, teacher.grid ** 3]));
    return decode(network, { weight: (name) => weights.get(name) as Tensor }, codes);
  });
}
