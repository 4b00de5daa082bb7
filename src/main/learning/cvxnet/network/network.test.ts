import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import {
  add,
  conv2d,
  dispose,
  memory,
  moments,
  mul,
  setBackend,
  tensor,
  tidy,
  zeros,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../../shared/random';
import { logitCount } from '../../../../shared/shape/parameters';
import { registerConvolutionGradients } from '../../../compute/kernels/conv/register';
import { relativeDifference } from '../../../compute/kernels/random-case.fixture';
import { registerConvexField } from '../../../compute/kernels/register';
import { takeScalars } from '../../../compute/read';
import { createWasmFieldKernel } from '../../../compute/kernels/wasm';
import { createAdam, REFERENCE_ADAM } from '../../training/adam';
import {
  networkConfigSchema,
  REFERENCE_DEPTH,
  REFERENCE_RGB,
  type NetworkConfig,
} from '../../../../shared/recipes/network';
import { encode } from './encoder';
import { isTrainable, type Weights } from '../../network/weights';
import { initialWeights } from './initialise';
import { weightSpecs } from './layout';
import { inferLogits, stepGradients, type TrainingBatch } from './model';
import { inferencePass } from '../../network/pass';

const tiny: NetworkConfig = {
  dims: 3,
  parts: 4,
  planes: 6,
  latent: 16,
  inputSize: 16,
  inputChannels: 3,
  encoderWidth: 1 / 16,
  decoderWidths: [32, 32, 64],
  sharpness: 75,
  smoothness: { from: 50, to: 300 },
};

beforeAll(async () => {
  await setBackend('cpu');
  registerConvexField('cpu');
  registerConvexField('wasm', await createWasmFieldKernel());
  registerConvolutionGradients();
});

/** `count` boxes of different size, each drawn as a rectangle of its own colour in noise, with samples inside and out. */
function boxes(
  { dims, inputSize, inputChannels }: NetworkConfig,
  count: number,
  samples: number,
): TrainingBatch {
  const random = createRandom(3);
  const images = new Float32Array(count * inputSize ** 2 * inputChannels);
  const points = Float32Array.from({ length: count * samples * dims }, () => random.uniform() - 0.5);
  const labels = new Float32Array(count * samples);
  for (let b = 0; b < count; b++) {
    const half = Array.from({ length: dims }, () => 0.15 + 0.2 * random.uniform());
    for (let i = 0; i < samples; i++) {
      const at = (b * samples + i) * dims;
      labels[b * samples + i] = half.every((size, axis) => Math.abs(points[at + axis]) <= size) ? 1 : 0;
    }
    for (let pixel = 0; pixel < inputSize ** 2; pixel++) {
      const place = [pixel % inputSize, Math.floor(pixel / inputSize)].map(
        (i) => (i + 0.5) / inputSize - 0.5,
      );
      const isInside = place.every((value, axis) => Math.abs(value) <= half[axis]);
      for (let channel = 0; channel < inputChannels; channel++) {
        const value = (isInside ? half[channel % dims] * 2 : 0) + 0.3 * random.uniform();
        images[(b * inputSize ** 2 + pixel) * inputChannels + channel] = value;
      }
    }
  }
  return {
    images: tensor(images, [count, inputSize, inputSize, inputChannels]) as Tensor4D,
    points: tensor(points, [count, samples, dims]),
    labels: tensor(labels, [count, samples]),
    boxCount: samples / 2,
  };
}

function disposeAll(...owned: Weights[]): void {
  for (const weights of owned) dispose([...weights.values()]);
}

/** Trains from seed 1 on one batch; every step's total. */
async function train(config: NetworkConfig, batch: TrainingBatch, steps: number, rate: number) {
  const adam = createAdam({ ...REFERENCE_ADAM, rate });
  let weights = initialWeights(config, createRandom(1));
  const totals: number[] = [];
  const tensors: number[] = [];
  for (let i = 0; i < steps; i++) {
    const { losses, gradients, moved } = stepGradients(config, weights, batch);
    const { weights: updated } = await adam.update(weights, gradients);
    const { total } = await takeScalars(losses);
    disposeAll(weights, gradients);
    weights = new Map([...updated, ...moved]);
    totals.push(total);
    tensors.push(memory().numTensors);
  }
  disposeAll(weights);
  adam.dispose();
  return { totals, tensors };
}

describe('the network', () => {
  const countOf = (config: NetworkConfig, trainableOnly: boolean) =>
    weightSpecs(config)
      .filter((spec) => !trainableOnly || isTrainable(spec))
      .reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);

  it('has the parameters of the reference, trainable and with moving statistics', () => {
    expect(countOf(REFERENCE_RGB, true)).toBe(22_813_358);
    expect(countOf(REFERENCE_RGB, false)).toBe(22_822_958);
    expect(countOf(REFERENCE_DEPTH, true)).toBe(30_550_420);
    expect(countOf(REFERENCE_DEPTH, false)).toBe(30_560_020);
    expect([REFERENCE_RGB, REFERENCE_DEPTH].map(logitCount)).toEqual([3950, 7700]);
  });

  it('refuses a configuration that cannot bound a part or is out of range', () => {
    expect(networkConfigSchema.safeParse(REFERENCE_DEPTH).success).toBe(true);
    expect(networkConfigSchema.safeParse({ ...tiny, planes: 3 }).success).toBe(false);
    expect(networkConfigSchema.safeParse({ ...tiny, parts: 1e9 }).success).toBe(false);
    expect(networkConfigSchema.safeParse({ ...tiny, depth: 18 }).success).toBe(false);
  });

  it('gives every weight another name, and the same start to the same seed', () => {
    const specs = weightSpecs(tiny);
    expect(new Set(specs.map(({ name }) => name)).size).toBe(specs.length);
    const [one, same, other] = [1, 1, 2].map((seed) => initialWeights(tiny, createRandom(seed)));
    const values = (weights: Weights) => [...weights.values()].map((each) => Array.from(each.dataSync()));
    expect(values(one)).toEqual(values(same));
    expect(values(one)).not.toEqual(values(other));
    const limit = Math.sqrt(6 / (9 * (4 + 4)));
    const kernel = one.get('encoder/stage1/block1/conv1/kernel')?.dataSync() as Float32Array;
    expect(Math.max(...kernel)).toBeLessThanOrEqual(limit);
    expect(Math.max(...kernel)).toBeGreaterThan(0.8 * limit);
    disposeAll(one, same, other);
  });
});

for (const backend of ['cpu', 'wasm']) {
  describe(`the network on ${backend}`, () => {
    beforeAll(async () => {
      await setBackend(backend);
    });

    it('has feature maps of 112, 56, 56, 28, 14 and 7 at 224', () => {
      const config = { ...tiny, inputSize: 224, encoderWidth: 1 / 64 };
      const weights = initialWeights(config, createRandom(1));
      const sizes: number[][] = [];
      tidy(() => {
        const images = zeros([1, 224, 224, 3]) as Tensor4D;
        const latent = encode(config, inferencePass(weights), images, ({ shape }) =>
          sizes.push(shape.slice(1)),
        );
        expect(latent.shape).toEqual([1, config.latent]);
      });
      const expected = [112, 56, 56, 56, 28, 28, 14, 14, 7, 7];
      expect(sizes.map(([height]) => height)).toEqual(expected);
      expect(sizes.map(([, width]) => width)).toEqual(expected);
      expect(sizes.map(([, , channels]) => channels)).toEqual([1, 1, 1, 1, 2, 2, 4, 4, 8, 8]);
      disposeAll(weights);
    });

    it('keeps the tensor count flat over 20 steps, and in 2D', async () => {
      for (const [dims, steps] of [
        [3, 20],
        [2, 4],
      ] as const) {
        const config = { ...tiny, dims };
        const { tensors } = await train(config, boxes(config, 2, 64), steps, 1e-3);
        expect(new Set(tensors).size).toBe(1);
      }
    });

    it('frees what inference takes', () => {
      const weights = initialWeights(tiny, createRandom(1));
      const { images } = boxes(tiny, 2, 64);
      const before = memory().numTensors;
      const logits = inferLogits(tiny, weights, images);
      expect(logits.shape).toEqual([2, logitCount(tiny)]);
      dispose(logits);
      expect(memory().numTensors).toBe(before);
    });
  });
}

/** Of the finite differences, small because the normalisation of a tiny batch bends the loss. */
const STEP = 3e-5;

describe('training', () => {
  it('has the same losses, gradients and moving statistics on wasm as on cpu, to 1e-3', async () => {
    const results = [];
    for (const backend of ['cpu', 'wasm']) {
      await setBackend(backend);
      const weights = initialWeights(tiny, createRandom(1));
      const { losses, gradients, moved } = stepGradients(tiny, weights, boxes(tiny, 4, 128));
      const values = (tensors: Weights) => [...tensors.values()].map((each) => each.dataSync());
      const read = Object.values(await takeScalars(losses));
      results.push({ losses: read, gradients: values(gradients), moved: values(moved) });
    }
    const [cpu, wasm] = results;
    expect(relativeDifference(wasm.losses, cpu.losses)).toBeLessThan(1e-3);
    const all = (values: ArrayLike<number>[]) => values.flatMap((each) => Array.from(each));
    expect(wasm.gradients.length).toBe(weightSpecs(tiny).filter(isTrainable).length);
    const largest = Math.max(...all(cpu.gradients).map(Math.abs));
    cpu.gradients.forEach((expected, i) => {
      expect(relativeDifference(wasm.gradients[i], expected, largest)).toBeLessThan(1e-3);
    });
    expect(relativeDifference(all(wasm.moved), all(cpu.moved))).toBeLessThan(1e-3);
  });

  it("moves the statistics by a hundredth of the way to the batch's, the variance unbiased", async () => {
    await setBackend('cpu');
    const weights = initialWeights(tiny, createRandom(1));
    const batch = boxes(tiny, 4, 64);
    const { moved } = stepGradients(tiny, weights, batch);
    const stem = conv2d(batch.images, weights.get('encoder/stem/kernel') as Tensor4D, 2, 'same');
    const { mean, variance } = moments(stem, [0, 1, 2]);
    const count = stem.size / stem.shape[3];
    const expectedMean = Array.from(mean.dataSync(), (value) => 0.01 * value);
    const expectedVariance = Array.from(
      variance.dataSync(),
      (value) => 0.99 + (0.01 * value * count) / (count - 1),
    );
    const actual = (name: string) => (moved.get(`encoder/stem/${name}`) as Tensor).dataSync();
    expect(relativeDifference(actual('movingMean'), expectedMean)).toBeLessThan(1e-4);
    expect(relativeDifference(actual('movingVariance'), expectedVariance)).toBeLessThan(1e-5);
    expect(moved.size).toBe(2 * 20);
  });

  it('has the gradient of finite differences along itself', async () => {
    await setBackend('cpu');
    const config = { ...tiny, sharpness: 10, inputSize: 32 };
    const batch = boxes(config, 4, 64);
    const weights = initialWeights(config, createRandom(4));
    const { gradients } = stepGradients(config, weights, batch);
    for (const role of ['kernel', 'bias', 'scale', 'shift']) {
      const names = [...gradients.keys()].filter((name) => name.endsWith(`/${role}`));
      const squares = names.reduce((total, name) => {
        const values = (gradients.get(name) as Tensor).dataSync() as Float32Array;
        return values.reduce((sum, g) => sum + g * g, total);
      }, 0);
      const length = STEP / Math.sqrt(squares);
      const totalAt = async (distance: number): Promise<number> => {
        const losses = tidy(() => {
          const moved = new Map(weights);
          for (const name of names) {
            const direction = mul(gradients.get(name) as Tensor, distance);
            moved.set(name, add(weights.get(name) as Tensor, direction));
          }
          return stepGradients(config, moved, batch).losses;
        });
        return (await takeScalars(losses)).total;
      };
      const slope = ((await totalAt(length)) - (await totalAt(-length))) / (2 * length);
      expect(Math.abs(slope / squares - 1)).toBeLessThan(0.02);
    }
  });

  it('starts at a total of 50 to 200 with 50 parts, with a gradient beyond the clip of 5', async () => {
    await setBackend('wasm');
    const config = {
      ...tiny,
      parts: 50,
      planes: 25,
      latent: 256,
      decoderWidths: REFERENCE_RGB.decoderWidths,
    };
    const weights = initialWeights(config, createRandom(1));
    const { losses: scalars, gradients } = stepGradients(config, weights, boxes(config, 2, 128));
    const losses = await takeScalars(scalars);
    expect(losses.total).toBeGreaterThan(50);
    expect(losses.total).toBeLessThan(200);
    expect(0.1 * losses.overlap).toBeGreaterThan(0.9 * losses.total);
    const adam = createAdam(REFERENCE_ADAM);
    expect((await adam.update(weights, gradients)).norm).toBeGreaterThan(5);
  });

  it('fits one batch of four boxes below a total of 0.05 within 100 steps', async () => {
    await setBackend('wasm');
    const { totals } = await train(tiny, boxes(tiny, 4, 256), 100, 1e-2);
    expect(totals[0]).toBeGreaterThan(0.3);
    expect(Math.min(...totals.slice(-10))).toBeLessThan(0.05);
  });
});
