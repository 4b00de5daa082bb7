import { add, conv2dTranspose, relu, reshape, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { VaeNetwork } from '../../../../shared/recipes/vae';
import { dense } from '../../network/dense';
import type { Pass } from '../../network/pass';
import { decoderDense, decoderSizes } from './layout';

/** Codes [N, D] to logits [N, H, W, C]; the picture is their sigmoid. */
export function decodeWith(network: VaeNetwork, pass: Pass, codes: Tensor): Tensor4D {
  const { decoder } = network;
  const hidden = decoderDense(network).reduce(
    (values, { name }) => relu(dense(values, pass.weight(`${name}/kernel`), pass.weight(`${name}/bias`))),
    codes,
  );
  const [start, ...sizes] = decoderSizes(network);
  const count = codes.shape[0];
  return decoder.layers.reduce<Tensor4D>(
    (map, { stride, padding }, i) => {
      const name = `decoder/conv${i + 1}`;
      const kernel = pass.weight(`${name}/kernel`) as Tensor4D;
      const values = conv2dTranspose(map, kernel, [count, ...sizes[i]], stride, padding);
      const isLast = i === decoder.layers.length - 1;
      if (decoder.batchNorm && !isLast) return relu(pass.normalise(name, values));
      const moved = add(values, pass.weight(`${name}/bias`)) as Tensor4D;
      return isLast ? moved : relu(moved);
    },
    reshape(hidden, [count, ...start]),
  );
}
