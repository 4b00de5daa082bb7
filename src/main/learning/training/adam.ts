import {
  add,
  concat,
  dispose,
  div,
  mul,
  reshape,
  sqrt,
  square,
  sub,
  sum,
  tensor,
  tidy,
  zerosLike,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { readArrays, takeValues, type ReadArray } from '../../compute/read';
import { hasTrainingKernels, runTrainingKernel, sumOfSquares } from '../../compute/kernels/training/register';

type Tensors = ReadonlyMap<string, Tensor>;

export interface AdamSettings {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Gradients whose joint norm is larger are scaled down to it. */
  readonly clipNorm: number;
}

/** CvxNet (Deng et al. 2020), with TensorFlow's other defaults. */
export const REFERENCE_ADAM: AdamSettings = {
  rate: 1e-4,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  clipNorm: 5,
};

/** What a checkpoint holds of the optimiser: the count of steps and both moments of every weight, by its name. */
export interface AdamState {
  readonly step: number;
  readonly first: ReadonlyMap<string, ReadArray>;
  readonly second: ReadonlyMap<string, ReadArray>;
}

export interface Adam {
  /**
   * One step: the updated weights, for each gradient one. `norm` is that of all gradients before the clip; where it is
   * not finite nothing changes and the weights come back as copies. Nothing is disposed.
   */
  update(weights: Tensors, gradients: Tensors, rate?: number): Promise<{ weights: Tensors; norm: number }>;
  state(): Promise<AdamState>;
  dispose(): void;
}

/**
 * Adam (Kingma & Ba 2015) with a clip by the global norm. As in TensorFlow 1, epsilon stands outside the correction of
 * the bias: w -= rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon). Continues from `saved`.
 */
export function createAdam(settings: AdamSettings, saved?: AdamState): Adam {
  const { beta1, beta2, epsilon, clipNorm } = settings;
  let step = saved?.step ?? 0;
  const first = restore(saved?.first);
  const second = restore(saved?.second);
  const replace = (moments: Map<string, Tensor>, name: string, next: Tensor) => {
    dispose(moments.get(name) ?? []);
    moments.set(name, next);
  };
  const move = (moment: Tensor | undefined, beta: number, value: Tensor): Tensor =>
    tidy(() => add(mul(beta, moment ?? zerosLike(value)), mul(1 - beta, value)));

  const composed = (name: string, weight: Tensor, gradient: Tensor, scale: number, rate: number): Tensor => {
    const clipped = mul(gradient, scale) as Tensor;
    replace(first, name, move(first.get(name), beta1, clipped));
    const squared = square(clipped);
    replace(second, name, move(second.get(name), beta2, squared));
    dispose([clipped, squared]);
    return tidy(() => {
      const size = add(sqrt(second.get(name) as Tensor), epsilon);
      return sub(weight, mul(rate, div(first.get(name) as Tensor, size)));
    });
  };
  const momentOf = (moments: Map<string, Tensor>, name: string, weight: Tensor): Tensor => {
    const moment = moments.get(name) ?? zerosLike(weight);
    moments.set(name, moment);
    return moment;
  };
  const fused = (name: string, weight: Tensor, gradient: Tensor, scale: number, rate: number): Tensor => {
    const inputs = {
      weight,
      gradient,
      first: momentOf(first, name, weight),
      second: momentOf(second, name, weight),
    };
    return runTrainingKernel('AdamStep', inputs, { scale, beta1, beta2, rate, epsilon });
  };

  return {
    update: async (weights, gradients, rate = settings.rate) => {
      const norm = await globalNorm(gradients);
      const updated = new Map<string, Tensor>();
      const usable = Number.isFinite(norm);
      if (usable) step++;
      const scale = norm > clipNorm ? clipNorm / norm : 1;
      const corrected = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
      for (const [name, gradient] of gradients) {
        const weight = weights.get(name);
        if (weight === undefined) throw new Error(`There is a gradient but no weight named ${name}.`);
        if (!usable) {
          updated.set(name, weight.clone());
          continue;
        }
        const next = hasTrainingKernels()
          ? fused(name, weight, gradient, scale, corrected)
          : composed(name, weight, gradient, scale, corrected);
        updated.set(name, next);
      }
      return { weights: updated, norm };
    },
    state: async () => {
      const at = step;
      const [means, squares] = await Promise.all([save(first), save(second)]);
      return { step: at, first: means, second: squares };
    },
    dispose: () => dispose([...first.values(), ...second.values()]),
  };
}

/**
 * The Euclidean norm of all tensors as one vector; rows on the backend, their sum in double precision. It decides
 * whether and how far a step goes, so it is known at every one: by a kernel, else by one read of all rows.
 */
async function globalNorm(gradients: Tensors): Promise<number> {
  let total = 0;
  if (hasTrainingKernels()) {
    for (const gradient of gradients.values()) total += sumOfSquares(gradient);
    return Math.sqrt(total);
  }
  const rows = tidy(() =>
    concat([...gradients.values()].map((gradient) => reshape(sum(square(gradient), -1), [-1]))),
  );
  const [values] = await takeValues(rows);
  for (const row of values) total += row;
  return Math.sqrt(total);
}

/** Copies: the moments move on in place. */
async function save(moments: ReadonlyMap<string, Tensor>): Promise<ReadonlyMap<string, ReadArray>> {
  const read = await readArrays(moments);
  return new Map([...read].map(([name, { values, shape }]) => [name, { values: values.slice(), shape }]));
}

function restore(moments: ReadonlyMap<string, ReadArray> = new Map()): Map<string, Tensor> {
  return new Map([...moments].map(([name, { values, shape }]) => [name, tensor(values, [...shape])]));
}
