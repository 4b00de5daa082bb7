import { keep, valueAndGrads, type Tensor } from '@tensorflow/tfjs-core';
import '../../compute/kernels/generated/stock-gradients';
import type { Weights } from '../network/weights';

/** Scalars by name; `total` is what is minimised. */
export type Scalars = { readonly total: Tensor } & Readonly<Record<string, Tensor>>;

export interface Gradients<S extends Scalars> {
  /** Every scalar that was computed, still on the backend; the caller's to dispose. */
  readonly losses: S;
  /** Of every named weight, in their order; the caller's to dispose. */
  readonly gradients: Weights;
}

/** The scalars of `compute`, and the gradients of their total in the named weights. Reads nothing. */
export function gradientsOf<S extends Scalars>(
  weights: Weights,
  names: readonly string[],
  compute: () => S,
): Gradients<S> {
  let losses: S | null = null;
  const { grads } = valueAndGrads(() => {
    const scalars = compute();
    losses = Object.fromEntries(Object.entries(scalars).map(([name, one]) => [name, keep(one)])) as S;
    return scalars.total;
  })(names.map((name) => weights.get(name) as Tensor));
  return {
    losses: losses as unknown as S,
    gradients: new Map(names.map((name, i) => [name, grads[i]])),
  };
}
