import { add, conv2d, maxPool, mean, relu, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { NetworkConfig } from '../../../../shared/recipes/network';
import { dense } from '../../network/dense';
import { residualBlocks, type BlockSpec } from '../../network/residual';
import { latentLayer, stemWidth } from './layout';
import type { Pass } from '../../network/pass';

/**
 * ResNet-18 v1 (He et al. 2016): images [B, S, S, C] to latent codes [B, L]. Padding is TensorFlow's "same", which puts
 * the odd row and column behind; `onFeatures` sees the feature maps after stem, pooling and each stage.
 */
export function encode(
  config: NetworkConfig,
  pass: Pass,
  images: Tensor4D,
  onFeatures: (features: Tensor4D) => void = () => {},
): Tensor {
  const stem = relu(convolve(pass, 'encoder/stem', images, 2));
  onFeatures(stem);
  const pooled = maxPool(stem, 3, 2, 'same');
  onFeatures(pooled);
  return encodeFeatures(config, pass, pooled, 0, onFeatures);
}

/** The rest of `encode`, from the maps [B, h, w, C] after the first `done` of the eight residual blocks. */
export function encodeFeatures(
  config: NetworkConfig,
  pass: Pass,
  maps: Tensor4D,
  done: number,
  onFeatures: (features: Tensor4D) => void = () => {},
): Tensor {
  let features = maps;
  for (const block of residualBlocks(stemWidth(config)).slice(done)) {
    features = residual(pass, block, features);
    onFeatures(features);
  }
  const { name } = latentLayer(config);
  return dense(mean(features, [1, 2]), pass.weight(`${name}/kernel`), pass.weight(`${name}/bias`));
}

function residual(pass: Pass, { name, stride, projected }: BlockSpec, features: Tensor4D): Tensor4D {
  const inner = relu(convolve(pass, `${name}/conv1`, features, stride));
  const outer = convolve(pass, `${name}/conv2`, inner, 1);
  const shortcut = projected ? convolve(pass, `${name}/shortcut`, features, stride) : features;
  return relu(add(outer, shortcut));
}

function convolve(pass: Pass, name: string, features: Tensor4D, stride: 1 | 2): Tensor4D {
  const kernel = pass.weight(`${name}/kernel`) as Tensor4D;
  return pass.normalise(name, conv2d(features, kernel, stride, 'same'));
}
