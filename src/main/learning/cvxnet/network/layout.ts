import { logitCount } from '../../../../shared/shape/parameters';
import type { NetworkConfig } from '../../../../shared/contract/network';

/** What a weight is, which decides how it starts; moving statistics follow the data and are not trained. */
export type WeightRole = 'kernel' | 'bias' | 'scale' | 'shift' | 'movingMean' | 'movingVariance';

export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: WeightRole;
}

export interface BlockSpec {
  readonly name: string;
  readonly stride: 1 | 2;
  readonly inputs: number;
  readonly outputs: number;
  /** Whether the shortcut is a strided 1 x 1 convolution instead of the identity. */
  readonly projected: boolean;
}

export interface DenseSpec {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
}

const BASE_WIDTH = 64;
const STAGES = 4;
const BLOCKS = 2;

/** Channels after the stem; stage i has 2^i times as many. */
export function stemWidth({ encoderWidth }: NetworkConfig): number {
  return Math.max(1, Math.round(BASE_WIDTH * encoderWidth));
}

/** The eight residual blocks of ResNet-18 in order. */
export function residualBlocks(config: NetworkConfig): BlockSpec[] {
  const blocks: BlockSpec[] = [];
  let inputs = stemWidth(config);
  for (let stage = 0; stage < STAGES; stage++) {
    const outputs = stemWidth(config) * 2 ** stage;
    for (let block = 0; block < BLOCKS; block++) {
      const shrinks = stage > 0 && block === 0;
      const name = `encoder/stage${stage + 1}/block${block + 1}`;
      blocks.push({ name, stride: shrinks ? 2 : 1, inputs, outputs, projected: shrinks });
      inputs = outputs;
    }
  }
  return blocks;
}

/** From the last feature map's mean to the latent code. */
export function latentLayer(config: NetworkConfig): DenseSpec {
  return {
    name: 'encoder/latent',
    inputs: stemWidth(config) * 2 ** (STAGES - 1),
    outputs: config.latent,
  };
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
    ...convolution('encoder/stem', 7, config.inputChannels, stem),
    ...residualBlocks(config).flatMap(({ name, inputs, outputs, projected }) => [
      ...convolution(`${name}/conv1`, 3, inputs, outputs),
      ...convolution(`${name}/conv2`, 3, outputs, outputs),
      ...(projected ? convolution(`${name}/shortcut`, 1, inputs, outputs) : []),
    ]),
    ...[latentLayer(config), ...decoderLayers(config)].flatMap(dense),
  ];
}

export function isTrainable({ role }: WeightSpec): boolean {
  return role !== 'movingMean' && role !== 'movingVariance';
}

/** A convolution without bias and its batch normalisation. */
function convolution(name: string, taps: number, inputs: number, outputs: number): WeightSpec[] {
  const roles = ['scale', 'shift', 'movingMean', 'movingVariance'] as const;
  return [
    { name: `${name}/kernel`, shape: [taps, taps, inputs, outputs], role: 'kernel' },
    ...roles.map((role) => ({ name: `${name}/${role}`, shape: [outputs], role })),
  ];
}

function dense({ name, inputs, outputs }: DenseSpec): WeightSpec[] {
  return [
    { name: `${name}/kernel`, shape: [inputs, outputs], role: 'kernel' },
    { name: `${name}/bias`, shape: [outputs], role: 'bias' },
  ];
}
