import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { Random } from '../../../shared/random';

/** What a weight is, which decides how it starts; moving statistics follow the data and are not trained. */
export type WeightRole = 'kernel' | 'bias' | 'scale' | 'shift' | 'movingMean' | 'movingVariance';

export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: WeightRole;
}

/** Weights by name; a network's specs give the names in order. */
export type Weights = ReadonlyMap<string, Tensor>;

export interface DenseSpec {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
}

export function isTrainable({ role }: WeightSpec): boolean {
  return role !== 'movingMean' && role !== 'movingVariance';
}

/** A kernel and a bias: a fully connected layer, or a convolution if the kernel has taps. */
export function kernelAndBias(name: string, kernel: readonly number[], outputs: number): WeightSpec[] {
  return [
    { name: `${name}/kernel`, shape: kernel, role: 'kernel' },
    { name: `${name}/bias`, shape: [outputs], role: 'bias' },
  ];
}

export function denseSpecs({ name, inputs, outputs }: DenseSpec): WeightSpec[] {
  return kernelAndBias(name, [inputs, outputs], outputs);
}

/** A kernel without bias and the batch normalisation of its outputs. */
export function kernelAndNorm(name: string, kernel: readonly number[], outputs: number): WeightSpec[] {
  const roles = ['scale', 'shift', 'movingMean', 'movingVariance'] as const;
  return [
    { name: `${name}/kernel`, shape: kernel, role: 'kernel' },
    ...roles.map((role) => ({ name: `${name}/${role}`, shape: [outputs], role })),
  ];
}

/**
 * The start of training: kernels Glorot-uniform (limit sqrt(6 / (fan in + fan out))), scales and moving variances 1,
 * the rest 0, in the order of the specs. The tensors are the caller's to dispose.
 */
export function drawWeights(specs: readonly WeightSpec[], random: Random): Weights {
  return new Map(specs.map((spec) => [spec.name, tensor(initialValues(spec, random), [...spec.shape])]));
}

function initialValues({ role, shape }: WeightSpec, random: Random): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  if (role === 'scale' || role === 'movingVariance') values.fill(1);
  if (role === 'kernel') {
    const [inputs, outputs] = shape.slice(-2);
    const taps = values.length / (inputs * outputs);
    const limit = Math.sqrt(6 / (taps * (inputs + outputs)));
    for (let i = 0; i < values.length; i++) values[i] = limit * (2 * random.uniform() - 1);
  }
  return values;
}
