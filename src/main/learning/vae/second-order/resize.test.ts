import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import {
  add,
  grad,
  image,
  mul,
  setBackend,
  square,
  sub,
  sum,
  tensor,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { createRandom } from '../../../../shared/random';
import { relativeDifference } from '../../../compute/kernels/random-case.fixture';
import { resizeBilinear, resizeMatrix } from './resize';

beforeEach(async () => {
  await setBackend('cpu');
});

function random(shape: number[], seed: number): Tensor4D {
  const source = createRandom(seed);
  const count = shape.reduce((a, b) => a * b, 1);
  const drawn: Tensor = tensor(
    Float32Array.from({ length: count }, () => source.normal()),
    shape,
  );
  return drawn as Tensor4D;
}

const values = (of: Tensor): number[] => Array.from(of.dataSync());

describe('the bilinear resize', () => {
  it('has the shares of half-pixel centres: 7 to 28 and 12 to 100', () => {
    /** [new, first old, its share, share of the next] */
    const tables: [number, number, [number, number, number, number][]][] = [
      [
        7,
        28,
        [
          [0, 0, 1, 0],
          [1, 0, 1, 0],
          [2, 0, 0.875, 0.125],
          [3, 0, 0.625, 0.375],
          [4, 0, 0.375, 0.625],
          [5, 0, 0.125, 0.875],
          [6, 1, 0.875, 0.125],
          [25, 5, 0.125, 0.875],
          [26, 6, 1, 0],
          [27, 6, 1, 0],
        ],
      ],
      [
        12,
        100,
        [
          [0, 0, 1, 0],
          [3, 0, 1, 0],
          [4, 0, 0.96, 0.04],
          [5, 0, 0.84, 0.16],
          [12, 1, 1, 0],
          [13, 1, 0.88, 0.12],
          [50, 5, 0.44, 0.56],
          [95, 10, 0.04, 0.96],
          [96, 11, 1, 0],
          [99, 11, 1, 0],
        ],
      ],
    ];
    for (const [old, size, rows] of tables) {
      const matrix = resizeMatrix(old, size);
      for (const [row, first, share, next] of rows) {
        const expected = new Float32Array(old);
        expected[first] = share;
        if (next > 0) expected[first + 1] = next;
        expect(relativeDifference(matrix.subarray(row * old, (row + 1) * old), expected)).toBeLessThan(1e-5);
      }
    }
  });

  it('is the forward value of TensorFlow.js, up and down, and keeps a constant', () => {
    for (const [from, to] of [
      [
        [7, 7],
        [28, 28],
      ],
      [
        [12, 5],
        [100, 3],
      ],
      [
        [1, 4],
        [6, 4],
      ],
    ]) {
      const x = random([2, ...from, 3], 1);
      const stock = image.resizeBilinear(x, to as [number, number], false, true);
      expect(relativeDifference(values(resizeBilinear(x, to[0], to[1])), values(stock))).toBeLessThan(1e-5);
      const constant = add(mul(random([1, ...from, 1], 6), 0), 3.25) as Tensor4D;
      expect(
        values(resizeBilinear(constant, to[0], to[1])).every((value) => Math.abs(value - 3.25) < 1e-5),
      ).toBe(true);
    }
  });

  it('has its adjoint as gradient: <U x, y> is <x, U^T y>, on wasm, too', async () => {
    for (const backend of ['cpu', 'wasm']) {
      await setBackend(backend);
      const x = random([1, 7, 6, 2], 2);
      const y = random([1, 28, 15, 2], 3);
      const product = (at: Tensor) => sum(mul(resizeBilinear(at as Tensor4D, 28, 15), y));
      const adjoint = grad(product)(x);
      const [forward, back] = [product(x), sum(mul(x, adjoint))].map((each) => values(each)[0]);
      expect(Math.abs(forward - back)).toBeLessThan(1e-4 * Math.abs(forward));
    }
  });

  it('has the gradient of central differences to 1e-3', () => {
    const x = random([1, 5, 5, 1], 4);
    const target = random([1, 12, 9, 1], 5);
    const loss = (at: Tensor) => sum(square(sub(resizeBilinear(at as Tensor4D, 12, 9), target)));
    const start = values(x);
    const expected = start.map((_, i) => {
      const moved = (distance: number) =>
        values(
          loss(
            tensor(
              start.map((value, j) => (i === j ? value + distance : value)),
              x.shape,
            ),
          ),
        )[0];
      return (moved(0.05) - moved(-0.05)) / 0.1;
    });
    expect(relativeDifference(values(grad(loss)(x)), expected)).toBeLessThan(1e-3);
  });
});
