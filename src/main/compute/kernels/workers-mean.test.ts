import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { registerWorkersMean, workersMean } from './workers-mean';

/** As if another worker had put down 3 everywhere. */
const withThree = (values: Float32Array): void => values.forEach((value, i) => (values[i] = (value + 3) / 2));

describe('the mean over workers', () => {
  it('is not there on a backend without it: a GPU trains by one worker', async () => {
    await setBackend('cpu');
    expect(() => workersMean(tensor([1]), withThree)).toThrow('WorkersMean');
  });

  for (const backend of ['cpu', 'wasm']) {
    it(`is a new tensor on ${backend}`, async () => {
      await setBackend(backend);
      registerWorkersMean(backend);
      const values = tensor([1, 5, -3], [1, 3]);
      const before = memory().numTensors;
      const mean = workersMean(values, withThree);
      expect(mean.shape).toEqual([1, 3]);
      expect([...(await mean.data())]).toEqual([2, 4, 0]);
      expect([...(await values.data())]).toEqual([1, 5, -3]);
      mean.dispose();
      expect(memory().numTensors).toBe(before);
    });
  }
});
