import { dispose, valueAndGrads, type Tensor } from '@tensorflow/tfjs-core';
import '../../compute/kernels/generated/stock-gradients';
import type { Weights } from '../network/weights';

/** Scalars by name; `total` is what is minimised. */
type Scalars = { readonly total: Tensor } & Readonly<Record<string, Tensor>>;

export interface Gradients<S extends Scalars> {
  /** Every scalar that was computed. */
  readonly losses: { readonly [Name in keyof S]: number };
  /** Of every named weight, in their order; the caller's to dispose. */
  readonly gradients: Weights;
}

/** The scalars of `compute`, and the gradients of their total in the named weights. */
export function gradientsOf<S extends Scalars>(
  weights: Weights,
  names: readonly string[],
  compute: () => S,
): Gradients<S> {
  const losses: Record<string, number> = {};
  const { value, grads } = valueAndGrads(() => {
    const scalars = compute();
    for (const [name, scalar] of Object.entries(scalars)) losses[name] = scalar.dataSync()[0];
    return scalars.total;
  })(names.map((name) => weights.get(name) as Tensor));
  dispose(value);
  return {
    losses: losses as Gradients<S>['losses'],
    gradients: new Map(names.map((name, i) => [name, grads[i]])),
  };
}
