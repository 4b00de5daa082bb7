import '@tensorflow/tfjs-backend-cpu';
import { memory, scalar, setBackend, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { readArrays, takeScalars, takeValues } from './read';

beforeAll(async () => {
  await setBackend('cpu');
});

describe('reading', () => {
  it('takes values as copies and frees their tensors', async () => {
    const before = memory().numTensors;
    const kept = tensor([1, 2, 3]);
    const [taken, other] = await takeValues(kept.clone(), tensor([4]));
    taken[0] = 9;
    expect([...other]).toEqual([4]);
    const [again] = await takeValues(kept);
    expect([...again]).toEqual([1, 2, 3]);
    expect(memory().numTensors).toBe(before);
  });

  it('frees tensors whose values do not come', async () => {
    const before = memory().numTensors;
    const broken = tensor([1]);
    vi.spyOn(broken, 'data').mockRejectedValue(new Error('The device is lost.'));
    await expect(takeValues(tensor([2]), broken)).rejects.toThrow('The device is lost.');
    expect(memory().numTensors).toBe(before);
  });

  it('takes scalars by name in one read', async () => {
    const before = memory().numTensors;
    const scalars = { total: scalar(1.5), part: scalar(-2) };
    const alone = Object.values(scalars).map((one) => vi.spyOn(one, 'data'));
    expect(await takeScalars(scalars)).toEqual({ total: 1.5, part: -2 });
    for (const read of alone) expect(read).not.toHaveBeenCalled();
    expect(memory().numTensors).toBe(before);
  });

  it('reads tensors by name and leaves them', async () => {
    const tensors = new Map<string, Tensor>([
      ['a', tensor([1, 2], [2, 1])],
      ['b', tensor([3])],
    ]);
    const before = memory().numTensors;
    const read = await readArrays(tensors);
    expect([...read].map(([name, { values, shape }]) => [name, [...values], shape])).toEqual([
      ['a', [1, 2], [2, 1]],
      ['b', [3], [1]],
    ]);
    expect(memory().numTensors).toBe(before);
  });
});
