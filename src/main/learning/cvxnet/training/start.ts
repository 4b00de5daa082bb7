import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { NetworkConfig } from '../../../../shared/recipes/network';
import type { Random } from '../../../../shared/random';
import { gatherPoints, kMeans } from '../fit/clusters';
import { fibonacciDirections } from '../fit/directions';
import type { Weights } from '../../network/weights';
import { decoderLayers } from '../network/layout';

/** How much of the last layer's random start remains: the bias alone should decide where parts begin. */
const KERNEL_SHARE = 0.1;
/** Largest share of an offset's range that a cluster may fill at the start, so that gradients still pass. */
const OFFSET_SHARE = 0.9;
/** Near the upper end of the range: corners rounder than that shrink thin parts to nothing. */
const BLEND_LOGIT = 2;

/**
 * Weights whose last bias spreads the parts over the training shapes: part k stands at the k-means centre k of
 * `interior` [N, 3], its planes along Fibonacci directions at the distance that 80 % of the cluster's points keep.
 * The start of the reference points every normal at +z with all parts in one place. Three dimensions only.
 * The replaced tensors are disposed.
 */
export async function startFromClusters(
  config: NetworkConfig,
  weights: Weights,
  interior: Float32Array,
  random: Random,
): Promise<Weights> {
  const { name } = decoderLayers(config).at(-1)!;
  const started = new Map(weights);
  const replace = (key: string, values: Float32Array): void => {
    const old = weights.get(key) as Tensor;
    started.set(key, tensor(values, old.shape));
    old.dispose();
  };
  const kernel = await (weights.get(`${name}/kernel`) as Tensor).data<'float32'>();
  replace(
    `${name}/kernel`,
    kernel.map((value) => value * KERNEL_SHARE),
  );
  replace(`${name}/bias`, clusterBias(config, interior, random));
  return started;
}

/** Logits in the order of shapesOfLogits: blend, translations, then per plane azimuth, altitude, offset. */
function clusterBias(
  { parts, planes, dims }: NetworkConfig,
  interior: Float32Array,
  random: Random,
): Float32Array {
  const bias = new Float32Array(parts + parts * dims + parts * planes * dims);
  const clusters = kMeans(interior, parts, random);
  const directions = fibonacciDirections(planes);
  bias.fill(BLEND_LOGIT, 0, parts);
  for (let k = 0; k < parts; k++) {
    const points = gatherPoints(interior, clusters[k % clusters.length]);
    const centre = meanOf(points);
    bias.set(centre, parts + k * dims);
    for (let h = 0; h < planes; h++) {
      const normal = directions.subarray(h * 3, h * 3 + 3);
      const extent = Math.min(OFFSET_SHARE * 0.5, Math.max(0.01, extentAlong(points, centre, normal)));
      const at = parts + parts * dims + (k * planes + h) * dims;
      bias[at] = Math.atanh(Math.atan2(normal[1], normal[0]) / Math.PI);
      bias[at + 1] = Math.atanh(Math.acos(normal[2]) / Math.PI);
      bias[at + 2] = Math.log(extent / (0.5 - extent));
    }
  }
  return bias;
}

function meanOf(points: Float32Array): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < points.length; i++) sum[i % 3] += points[i] / (points.length / 3);
  return sum;
}

/** Distance along a direction that four fifths of the points do not exceed. */
function extentAlong(points: Float32Array, centre: readonly number[], normal: Float64Array): number {
  const along = new Float64Array(points.length / 3);
  for (let i = 0; i < along.length; i++) {
    for (let c = 0; c < 3; c++) along[i] += normal[c] * (points[i * 3 + c] - centre[c]);
  }
  return along.sort()[Math.floor(along.length * 0.8)];
}
