import { kernelAndNorm, type WeightSpec } from './weights';

export interface BlockSpec {
  readonly name: string;
  readonly stride: 1 | 2;
  readonly inputs: number;
  readonly outputs: number;
  /** Whether the shortcut is a strided 1 x 1 convolution instead of the identity. */
  readonly projected: boolean;
}

const STAGES = 4;
const BLOCKS = 2;

/** Channels of ResNet-18's last map; stage i has 2^i times the stem's. */
export function lastWidth(stem: number): number {
  return stem * 2 ** (STAGES - 1);
}

/** The eight residual blocks of ResNet-18 (He et al. 2016) in order. */
export function residualBlocks(stem: number): BlockSpec[] {
  const blocks: BlockSpec[] = [];
  let inputs = stem;
  for (let stage = 0; stage < STAGES; stage++) {
    const outputs = stem * 2 ** stage;
    for (let block = 0; block < BLOCKS; block++) {
      const shrinks = stage > 0 && block === 0;
      const name = `encoder/stage${stage + 1}/block${block + 1}`;
      blocks.push({ name, stride: shrinks ? 2 : 1, inputs, outputs, projected: shrinks });
      inputs = outputs;
    }
  }
  return blocks;
}

export function blockSpecs({ name, inputs, outputs, projected }: BlockSpec): WeightSpec[] {
  return [
    ...kernelAndNorm(`${name}/conv1`, [3, 3, inputs, outputs], outputs),
    ...kernelAndNorm(`${name}/conv2`, [3, 3, outputs, outputs], outputs),
    ...(projected ? kernelAndNorm(`${name}/shortcut`, [1, 1, inputs, outputs], outputs) : []),
  ];
}
