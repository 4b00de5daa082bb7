import {
  dispose,
  eye,
  grad,
  mul,
  slice,
  sub,
  sum,
  tensor4d,
  tidy,
  tile,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { NetworkConfig } from '../../../../shared/recipes/network';
import { takeValues } from '../../../compute/read';
import { inferencePass } from '../../network/pass';
import type { Weights } from '../../network/weights';
import { emptyInput } from '../input';
import { encode, encodeFeatures } from '../network/encoder';
import type { AttentionLayer } from './layers';

/** What an encoder's map gives to each entry of the code. */
export interface CodeAttention {
  /** [L] the code itself. */
  readonly code: Float32Array;
  /** [h w, L] by place: signed shares of the code's entries. */
  readonly shares: Float32Array;
}

/** Bytes of the layer's maps that one backward pass may hold; the maps above hold a small multiple. */
const PASS_BYTES = 2 ** 21;

/**
 * For one picture [S, S, C] and every entry l of the code, at each place p of a map A:
 *   Z[p, l] = sum_c dz_l/dA_c(p) (A_c(p) - B_c(p)),
 * B the map of an empty picture, by the moving statistics. It is what z_l, to first order, would lose if the layer
 * said at p what it says of nothing; background then gives nothing. The gradient stays local, where Grad-CAM's average
 * over space does not (Draelos & Carin 2020); on the last map the two gradients are the same (Selvaraju et al. 2017)
 * and the shares sum to z_l less that of an empty picture. Several entries per backward pass, as many as the layer's
 * size allows.
 */
export async function codeAttention(
  config: NetworkConfig,
  weights: Weights,
  image: Float32Array,
  layer: AttentionLayer,
): Promise<CodeAttention> {
  const { latent } = config;
  const places = layer.height * layer.width;
  const perPass = Math.min(latent, Math.max(1, Math.floor(PASS_BYTES / (4 * places * layer.channels))));
  const pass = inferencePass(weights);
  const { code, maps, differences, identity } = tidy(() => {
    const seen = encodeTo(config, weights, image, layer);
    const nothing = encodeTo(config, weights, emptyInput(config.inputSize, config.inputChannels), layer);
    return { ...seen, differences: sub(seen.maps, nothing.maps), identity: eye(latent) };
  });
  const shares = new Float32Array(places * latent);
  try {
    const [values] = await takeValues(code);
    for (let from = 0; from < latent; from += perPass) {
      const count = Math.min(perPass, latent - from);
      const [rows] = await takeValues(
        tidy(() => {
          const wanted = slice(identity, [from, 0], [count, latent]);
          const copies: Tensor4D = tile(maps, [count, 1, 1, 1]);
          const gradient = grad((features) =>
            sum(mul(encodeFeatures(config, pass, features as Tensor4D, layer.blocks), wanted)),
          );
          return sum(mul(gradient(copies), differences), 3);
        }),
      );
      for (let l = 0; l < count; l++) {
        for (let p = 0; p < places; p++) shares[p * latent + from + l] = rows[l * places + p];
      }
    }
    return { code: values, shares };
  } finally {
    dispose([maps, differences, identity]);
  }
}

/** The code [1, L] of a picture, and the layer's maps [1, h, w, C] on the way there. */
function encodeTo(
  config: NetworkConfig,
  weights: Weights,
  image: Float32Array,
  { blocks }: AttentionLayer,
): { readonly code: Tensor; readonly maps: Tensor4D } {
  const { inputSize: size, inputChannels } = config;
  const shown: Tensor4D[] = [];
  const batch = tensor4d(image, [1, size, size, inputChannels]);
  const code = encode(config, inferencePass(weights), batch, (maps) => shown.push(maps));
  return { code, maps: shown[BEFORE_BLOCKS + blocks - 1] };
}

/** `encode` shows the maps of the stem and of the pooling first. */
const BEFORE_BLOCKS = 2;
