import type { Numbers } from '../geometry/types';
import type { PackedShape } from './types';

export type AnyPackedShape = PackedShape<Float32Array | Float64Array>;

export interface FieldValues {
  /** [K, N] smooth signed distance; negative inside. */
  readonly phi: Float64Array;
  /** [K, N] indicator in (0, 1); 1 inside. */
  readonly indicator: Float64Array;
}

/** Gradient of a scalar with respect to every input of the field; the layouts are those of PackedShape. */
export interface ShapeGradient<A extends Float32Array | Float64Array = Float64Array> {
  readonly normals: A;
  readonly offsets: A;
  readonly translations: A;
  readonly smoothness: A;
}

export interface PointFieldGradient extends ShapeGradient {
  /** [N, D] */
  readonly points: Float64Array;
}

/** 1 / (1 + exp(-x)) without overflow on either side. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/**
 * The smooth convex field in float64, the oracle of every fast kernel (CvxNet, Deng et al. 2020, sec. 3):
 * H_kh = n_kh . (x - c_k) - d_kh, Phi_k = (1/delta_k) log sum_h exp(delta_k H_kh), C_k = sigmoid(-sigma Phi_k).
 * `points` is [N, D].
 */
export function evaluateField(shape: AnyPackedShape, points: Numbers): FieldValues {
  const { parts, dims, sharpness } = shape;
  const count = points.length / dims;
  const phi = new Float64Array(parts * count);
  const indicator = new Float64Array(parts * count);
  const distances = new Float64Array(shape.planes);
  for (let k = 0; k < parts; k++) {
    for (let n = 0; n < count; n++) {
      const value = smoothMaximum(shape, k, points, n, distances);
      phi[k * count + n] = value;
      indicator[k * count + n] = sigmoid(-sharpness * value);
    }
  }
  return { phi, indicator };
}

/** Phi_k(x_n); leaves the H signed distances in `distances`. */
function smoothMaximum(
  shape: AnyPackedShape,
  k: number,
  points: Numbers,
  n: number,
  distances: Float64Array,
): number {
  const { dims, planes, normals, offsets, translations, smoothness } = shape;
  let largest = -Infinity;
  for (let h = 0; h < planes; h++) {
    const plane = k * planes + h;
    let distance = -offsets[plane];
    for (let i = 0; i < dims; i++) {
      distance += normals[plane * dims + i] * (points[n * dims + i] - translations[k * dims + i]);
    }
    distances[h] = distance;
    if (distance > largest) largest = distance;
  }
  let sum = 0;
  for (let h = 0; h < planes; h++) sum += Math.exp(smoothness[k] * (distances[h] - largest));
  return largest + Math.log(sum) / smoothness[k];
}

/**
 * Gradient of sum_kn upstream[k,n] C_k(x_n) by the analytic formulas, w_h = softmax_h(delta H_h):
 * dPhi/dH_h = w_h, dPhi/dx = -dPhi/dc = sum_h w_h n_h, dPhi/ddelta = (sum_h w_h H_h - Phi) / delta,
 * dC/dPhi = -sigma C (1 - C). `upstream` is [K, N].
 */
export function fieldGradient(shape: AnyPackedShape, points: Numbers, upstream: Numbers): PointFieldGradient {
  const { dims, parts, planes, normals, translations, smoothness, sharpness } = shape;
  const count = points.length / dims;
  const gradient: PointFieldGradient = {
    normals: new Float64Array(parts * planes * dims),
    offsets: new Float64Array(parts * planes),
    translations: new Float64Array(parts * dims),
    smoothness: new Float64Array(parts),
    points: new Float64Array(count * dims),
  };
  const distances = new Float64Array(planes);
  for (let k = 0; k < parts; k++) {
    const delta = smoothness[k];
    for (let n = 0; n < count; n++) {
      if (upstream[k * count + n] === 0) continue;
      const phi = smoothMaximum(shape, k, points, n, distances);
      const slope =
        -upstream[k * count + n] * sharpness * sigmoid(-sharpness * phi) * sigmoid(sharpness * phi);
      let mean = 0;
      for (let h = 0; h < planes; h++) {
        const weight = Math.exp(delta * (distances[h] - phi));
        mean += weight * distances[h];
        const plane = k * planes + h;
        gradient.offsets[plane] -= slope * weight;
        for (let i = 0; i < dims; i++) {
          const along = slope * weight * normals[plane * dims + i];
          gradient.normals[plane * dims + i] +=
            slope * weight * (points[n * dims + i] - translations[k * dims + i]);
          gradient.translations[k * dims + i] -= along;
          gradient.points[n * dims + i] += along;
        }
      }
      gradient.smoothness[k] += (slope * (mean - phi)) / delta;
    }
  }
  return gradient;
}

/** The union's indicator max_k C_k(x_n), [N], of indicators [K, N]; 0 everywhere for a shape without parts. */
export function unionIndicator(indicator: Numbers, parts: number, count: number): Float64Array {
  const union = new Float64Array(count);
  for (let k = 0; k < parts; k++) {
    for (let n = 0; n < count; n++) union[n] = Math.max(union[n], indicator[k * count + n]);
  }
  return union;
}

/** `points` [N, D] followed by the K translations: the M = N + K queries of the losses. */
export function appendCentres<A extends Float32Array | Float64Array>(points: A, shape: PackedShape<A>): A {
  const Buffer = points.constructor as new (length: number) => A;
  const all = new Buffer(points.length + shape.translations.length);
  all.set(points);
  all.set(shape.translations, points.length);
  return all;
}
