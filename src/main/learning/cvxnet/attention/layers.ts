import type { EncoderLayer } from '../../../../shared/contract/explain';
import type { NetworkConfig } from '../../../../shared/recipes/network';
import { residualBlocks } from '../../network/residual';
import { stemWidth } from '../network/layout';

/** A map of the encoder that attention can be read from: the last of a stage. */
export interface AttentionLayer extends EncoderLayer {
  /** Residual blocks up to and with the one that makes the map. */
  readonly blocks: number;
}

/**
 * Of the first models that shipped, the stage whose attention follows best what emptying squares of the object does to
 * the parts: rank correlations of 0.43 (depth) and 0.41 (colour). The stage before has 0.61 and 0.10, the next 0.41
 * and 0.27, the last 0.30 and 0.15.
 */
const DEFAULT_STAGE = 'stage2';

/** The last map of each stage of ResNet-18, finest first. */
export function attentionLayers(config: NetworkConfig): AttentionLayer[] {
  const blocks = residualBlocks(stemWidth(config));
  // Stem and pooling halve the picture, each with "same" padding.
  let size = halved(halved(config.inputSize));
  return blocks.flatMap(({ name, stride, outputs }, i) => {
    if (stride === 2) size = halved(size);
    const stage = name.split('/')[1];
    if (blocks[i + 1]?.name.split('/')[1] === stage) return [];
    return [{ name: stage, height: size, width: size, channels: outputs, blocks: i + 1 }];
  });
}

/** A layer by its name, or the one to begin with; null when there is none of that name. */
export function attentionLayer(config: NetworkConfig, name: string = DEFAULT_STAGE): AttentionLayer | null {
  return attentionLayers(config).find((layer) => layer.name === name) ?? null;
}

function halved(size: number): number {
  return Math.ceil(size / 2);
}
