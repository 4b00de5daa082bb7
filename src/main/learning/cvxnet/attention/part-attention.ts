import { tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { NetworkConfig } from '../../../../shared/recipes/network';
import { takeValues } from '../../../compute/read';
import type { Weights } from '../../network/weights';
import { codeAttention } from './code-attention';
import type { AttentionLayer } from './layers';
import { physicalDerivatives, type PhysicalDerivatives } from './physical';
import { pushForward } from './push-forward';
import type { PartSurface } from './surface';

/** Which of a part's parameters are explained: where it is, how its planes lie about that, or both. */
export type PartTarget = 'all' | 'place' | 'planes';

/**
 * Attention of parts over the map of a layer, [parts, h, w], not negative, learning units.
 *
 * A part's parameters are its translation c, and per plane offset d and unit normal n. Each has a signed map of its
 * own (`codeAttention` through the decoder): what the parameter would lose, to first order, if the layer said at a
 * place what it says of an empty picture. The map of a part is the root mean square over its surface of how far that moves it,
 *   place^2 = |dc|^2,   planes^2 = sum_h a_h (dd_h^2 + r^2 |dn_h|^2),   all^2 = place^2 + planes^2,
 * a_h the share of the surface on plane h and r the lever. Lengths of vectors do not depend on the choice of axes,
 * as sums over parameters would; parameters of different units become lengths; and planes that make no face, which
 * the network leaves anywhere, do not drown the others. Smoothness is left out: it only rounds edges.
 */
export async function partAttention(
  config: NetworkConfig,
  weights: Weights,
  image: Float32Array,
  layer: AttentionLayer,
  surfaces: readonly PartSurface[],
  target: PartTarget,
): Promise<Float32Array> {
  const { code, shares } = await codeAttention(config, weights, image, layer);
  const places = layer.height * layer.width;
  const pushed = tidy(() => ({
    ...pushForward(
      config,
      weights,
      tensor2d(code, [1, code.length]),
      tensor2d(shares, [places, code.length]),
    ),
  }));
  const [logits, along] = await takeValues(pushed.logits, pushed.along);
  const derivatives = physicalDerivatives(logits, config);
  const out = new Float32Array(surfaces.length * places);
  for (let place = 0; place < places; place++) {
    const change = along.subarray(place * logits.length, (place + 1) * logits.length);
    for (const [i, surface] of surfaces.entries()) {
      const moved = target === 'planes' ? 0 : placeMoved(config, change, surface);
      const turned = target === 'place' ? 0 : planesMoved(config, change, surface, derivatives);
      out[i * places + place] = Math.sqrt(moved + turned);
    }
  }
  return out;
}

/** |dc|^2 of a change of the logits. */
function placeMoved({ parts }: NetworkConfig, change: ArrayLike<number>, { index }: PartSurface): number {
  const at = parts + 3 * index;
  return change[at] ** 2 + change[at + 1] ** 2 + change[at + 2] ** 2;
}

/** Mean over the surface of dd^2 + r^2 |dn|^2. */
function planesMoved(
  { parts, planes }: NetworkConfig,
  change: ArrayLike<number>,
  { index, shares, radius }: PartSurface,
  { offsets, normals }: PhysicalDerivatives,
): number {
  let sum = 0;
  for (let h = 0; h < planes; h++) {
    if (shares[h] === 0) continue;
    const plane = 3 * (index * planes + h);
    const at = 4 * parts + plane;
    const offset = change[at + 2] * offsets[plane + 2];
    let turn = 0;
    for (const normal of normals) {
      turn += (change[at] * normal[plane] + change[at + 1] * normal[plane + 1]) ** 2;
    }
    sum += shares[h] * (offset ** 2 + radius ** 2 * turn);
  }
  return sum;
}
