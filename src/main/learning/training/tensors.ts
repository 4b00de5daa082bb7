import { add, dispose, mul, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { readArrays } from '../../compute/read';
import { hasTrainingKernels, runTrainingKernel } from '../../compute/kernels/training/register';
import type { Exchange } from './exchange';

type Tensors = ReadonlyMap<string, Tensor>;

/** The mean of every tensor over the workers; with one worker the tensors themselves, else new ones and the old gone. */
export async function averageTensors(tensors: Tensors, exchange: Exchange): Promise<Tensors> {
  if (exchange.count === 1) return tensors;
  const read = await readArrays(tensors);
  const total = [...tensors.values()].reduce((sum, { size }) => sum + size, 0);
  const flat = new Float32Array(total);
  let at = 0;
  for (const { values } of read.values()) {
    flat.set(values, at);
    at += values.length;
  }
  exchange.average(flat);
  at = 0;
  const averaged = new Map<string, Tensor>();
  for (const [name, one] of tensors) {
    averaged.set(name, tensor(flat.slice(at, at + one.size), one.shape));
    at += one.size;
  }
  dispose([...tensors.values()]);
  return averaged;
}

/** decay average + (1 - decay) weights; the old average is disposed. */
export function moveAverage(average: Tensors, weights: Tensors, decay: number): Tensors {
  const moved = new Map<string, Tensor>();
  for (const [name, weight] of weights) {
    moved.set(name, blend(average.get(name) as Tensor, weight, decay));
  }
  dispose([...average.values()]);
  return moved;
}

/** from + share (to - from). */
export function partWay(from: Tensor, to: Tensor, share: number): Tensor {
  return blend(from, to, 1 - share);
}

/** share a + (1 - share) b */
function blend(a: Tensor, b: Tensor, share: number): Tensor {
  if (hasTrainingKernels()) return runTrainingKernel('Blend', { a, b }, { share });
  return tidy(() => add(mul(share, a), mul(1 - share, b)));
}

/** The same values under handles of their own: a tensor never changes, so nothing is copied. */
export function copyTensors(tensors: Tensors): Tensors {
  return new Map([...tensors].map(([name, one]) => [name, one.clone()]));
}
