import type { PackedShape } from '../../../shared/shape/types';

/** Gradients of a scalar with respect to every input of the field; the layouts are those of PackedShape. */
export interface FieldGradient {
  readonly normals: Float32Array;
  readonly offsets: Float32Array;
  readonly translations: Float32Array;
  readonly smoothness: Float32Array;
  /** [N, D] */
  readonly points: Float32Array;
}

/**
 * The convex field C_k(x) = sigmoid(-sigma * (1/delta_k) log sum_h exp(delta_k H_kh(x))) of CvxNet (Deng et al. 2020), for all
 * parts and points. No buffer grows with parts x planes x points.
 */
export interface ConvexFieldKernel {
  readonly name: string;
  /** Indicators [K, N], row-major, into `out`. `points` is [N, D]. */
  forward(shape: PackedShape<Float32Array>, points: Float32Array, out: Float32Array): void;
  /**
   * Accumulates nothing: overwrites `out` with the gradient of sum_kn upstream[k,n] * C_k(x_n). `indicator` is what
   * forward returned for the same inputs.
   */
  backward(
    shape: PackedShape<Float32Array>,
    points: Float32Array,
    indicator: Float32Array,
    upstream: Float32Array,
    out: FieldGradient,
  ): void;
}
