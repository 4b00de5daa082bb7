import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { dispose, memory, setBackend, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAdam, REFERENCE_ADAM, type Adam } from './adam';

const settings = { ...REFERENCE_ADAM, rate: 0.1 };
const maps = (a: number[], b: number[]) =>
  new Map<string, Tensor>([
    ['a', tensor(a, [a.length])],
    ['b', tensor(b, [1, b.length])],
  ]);
const numbers = (tensors: ReadonlyMap<string, Tensor>) =>
  [...tensors.values()].flatMap((each) => Array.from(each.dataSync()));

/** Three steps with gradients that differ from step to step; the first two are inside the clip. */
async function steps(adam: Adam, from: number, to: number, weights: ReadonlyMap<string, Tensor>) {
  let current = weights;
  for (let i = from; i < to; i++) {
    ({ weights: current } = await adam.update(current, maps([i, -0.5], [0.25 * i * i])));
  }
  return current;
}

for (const backend of ['cpu', 'wasm']) {
  describe(`Adam on ${backend}`, () => {
    beforeAll(async () => {
      await setBackend(backend);
    });

    it('takes the steps computed by hand', async () => {
      const adam = createAdam({ ...settings, epsilon: 0.01 });
      const first = await adam.update(maps([1, 2], [3]), maps([0.5, -1], [0]));
      // m = 0.1 g, v = 0.001 g^2, corrected rate 0.1 sqrt(0.001) / 0.1: epsilon counts 1 / sqrt(0.001) times.
      const move = (g: number) =>
        (Math.sqrt(0.001) * 0.1 * Math.abs(g)) / (Math.sqrt(0.001) * Math.abs(g) + 0.01);
      numbers(first.weights).forEach((value, i) =>
        expect(value).toBeCloseTo([1 - move(0.5), 2 + move(1), 3][i], 6),
      );
      expect(first.norm).toBeCloseTo(Math.sqrt(1.25), 6);
      const second = await adam.update(first.weights, maps([1, 0], [0]));
      const m = 0.9 * 0.05 + 0.1;
      const v = 0.999 * 0.00025 + 0.001;
      const rate = (0.1 * Math.sqrt(1 - 0.999 ** 2)) / (1 - 0.9 ** 2);
      const expected = 1 - move(0.5) - (rate * m) / (Math.sqrt(v) + 0.01);
      expect(numbers(second.weights)[0]).toBeCloseTo(expected, 6);
    });

    it('scales gradients of norm 50 down to 5 and leaves those of norm 5 alone', async () => {
      const clipped = createAdam(settings);
      const reference = createAdam(settings);
      expect((await clipped.update(maps([0, 0], [0]), maps([30, 0], [-40]))).norm).toBeCloseTo(50, 4);
      expect((await reference.update(maps([0, 0], [0]), maps([3, 0], [-4]))).norm).toBeCloseTo(5, 5);
      const [{ first: ours }, { first: theirs }] = [await clipped.state(), await reference.state()];
      expect(ours.get('a')?.values[0]).toBeCloseTo(0.3, 6);
      expect(ours.get('b')?.values[0]).toBeCloseTo(theirs.get('b')?.values[0] as number, 6);
    });

    it('resumes from its state to the same bytes', async () => {
      const whole = createAdam(settings);
      const uninterrupted = numbers(await steps(whole, 1, 7, maps([1, 2], [3])));
      const before = createAdam(settings);
      const half = await steps(before, 1, 4, maps([1, 2], [3]));
      const after = createAdam(settings, await before.state());
      expect(numbers(await steps(after, 4, 7, half))).toEqual(uninterrupted);
      expect(await after.state()).toEqual(await whole.state());
    });

    it('changes nothing where a gradient is not finite', async () => {
      const adam = createAdam(settings);
      const { weights, norm } = await adam.update(maps([1, 2], [3]), maps([Number.NaN, 1], [1]));
      expect(norm).toBeNaN();
      expect(numbers(weights)).toEqual([1, 2, 3]);
      expect((await adam.state()).step).toBe(0);
    });

    it('leaves no tensor behind', async () => {
      const before = memory().numTensors;
      const adam = createAdam(settings);
      const weights = maps([1, 2], [3]);
      const gradients = maps([1, 2], [3]);
      const { weights: updated } = await adam.update(weights, gradients);
      dispose([...weights.values(), ...gradients.values(), ...updated.values()]);
      adam.dispose();
      expect(memory().numTensors).toBe(before);
    });
  });
}
