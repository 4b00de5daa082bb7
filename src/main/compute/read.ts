import { stack, tidy, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Values of tensors as the processor sees them. On a GPU they arrive only after everything that was asked of it
 * before, so nothing here or elsewhere reads synchronously: that would stop the thread, and WebGPU cannot do it.
 */

/** The values of float32 tensors that nobody needs any more, copies: read together, then disposed, come what may. */
export async function takeValues(...tensors: readonly Tensor[]): Promise<Float32Array[]> {
  try {
    const read = await Promise.all(tensors.map((one) => one.data()));
    return read.map((values) => Float32Array.from(values));
  } finally {
    for (const one of tensors) one.dispose();
  }
}

/** Scalars by name as numbers: one read for all of them. They are disposed. */
export async function takeScalars<Name extends string>(
  scalars: Readonly<Record<Name, Tensor>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(scalars) as Name[];
  const tensors = names.map((name) => scalars[name]);
  const together = tidy(() => stack(tensors));
  for (const one of tensors) one.dispose();
  const [values] = await takeValues(together);
  return Object.fromEntries(names.map((name, i) => [name, values[i]])) as Record<Name, number>;
}

/** Arrays by the names of the tensors that they were read from, which stay. */
export async function readArrays(
  tensors: ReadonlyMap<string, Tensor>,
): Promise<ReadonlyMap<string, ReadArray>> {
  const values = await Promise.all([...tensors.values()].map((one) => one.data()));
  return new Map(
    [...tensors].map(([name, { shape }], i) => [name, { values: values[i] as Float32Array, shape }]),
  );
}

/** A tensor's values, row by row. They may be the backend's own: read, never written. */
export interface ReadArray {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}
