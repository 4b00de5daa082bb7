import { memory, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensorflow } from '../../compute/tensorflow';
import { uploadWeights } from './uploaded-weights';

const ARRAYS = new Map([['a', { shape: [2], data: Float32Array.of(1, 2) }]]);

beforeAll(() => startTensorflow('cpu'));

const read = async (weights: ReadonlyMap<string, Tensor>): Promise<number[]> => [
  ...(await weights.get('a')!.data()),
];

describe('uploaded weights', () => {
  it('stay for who has them when they are let go in between, and go with the last', async () => {
    const before = memory().numTensors;
    const { withWeights, dispose } = await uploadWeights(ARRAYS, 'cpu');
    let goOn: () => void = () => undefined;
    const wait = new Promise<void>((resolve) => (goOn = resolve));
    const late = withWeights(async (weights) => {
      await wait;
      return read(weights);
    });
    const soon = withWeights(read);
    dispose();
    expect(await soon).toEqual([1, 2]);
    expect(memory().numTensors).toBe(before + 1);
    goOn();
    expect(await late).toEqual([1, 2]);
    expect(memory().numTensors).toBe(before);
  });

  it('come back for who asks for them later, and go after it, whether it works or fails', async () => {
    const before = memory().numTensors;
    const { withWeights, dispose } = await uploadWeights(ARRAYS, 'cpu');
    dispose();
    expect(memory().numTensors).toBe(before);
    expect(await withWeights(read)).toEqual([1, 2]);
    await expect(withWeights(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(memory().numTensors).toBe(before);
  });
});
