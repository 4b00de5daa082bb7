import type { NetworkConfig } from '../../../../shared/recipes/network';
import { logitCount } from '../../../../shared/shape/parameters';
import { blockSpecs, lastWidth, residualBlocks } from '../../network/residual';
import { denseSpecs, kernelAndNorm, type DenseSpec, type WeightSpec } from '../../network/weights';

const BASE_WIDTH = 64;

/** Channels after the stem. */
export function stemWidth({ encoderWidth }: NetworkConfig): number {
  return Math.max(1, Math.round(BASE_WIDTH * encoderWidth));
}

/** From the last feature map's mean to the latent code. */
export function latentLayer(config: NetworkConfig): DenseSpec {
  return { name: 'encoder/latent', inputs: lastWidth(stemWidth(config)), outputs: config.latent };
}

/** The decoder's layers; the last gives the K + K D + K H D logits. */
export function decoderLayers(config: NetworkConfig): DenseSpec[] {
  const widths = [...config.decoderWidths, logitCount(config)];
  return widths.map((outputs, i) => ({
    name: `decoder/dense${i + 1}`,
    inputs: i === 0 ? config.latent : widths[i - 1],
    outputs,
  }));
}

/** Every weight in a fixed order: that of checkpoints, of the optimiser and of the seeded start. */
export function weightSpecs(config: NetworkConfig): WeightSpec[] {
  const stem = stemWidth(config);
  return [
    ...kernelAndNorm('encoder/stem', [7, 7, config.inputChannels, stem], stem),
    ...residualBlocks(stem).flatMap(blockSpecs),
    ...[latentLayer(config), ...decoderLayers(config)].flatMap(denseSpecs),
  ];
}
