import '@tensorflow/tfjs-backend-cpu';
import {
  dispose,
  memory,
  setBackend,
  slice,
  sum as sumOver,
  tensor2d,
  tidy,
  tile,
  zeros,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  anomalyOptionsSchema,
  attentionOptionsSchema,
  type AnomalyOptions,
} from '../../../../shared/contract/explain';
import { relativeDifference } from '../../../compute/kernels/random-case.fixture';
import { createRandom } from '../../../../shared/random';
import { inferencePass } from '../../network/pass';
import { attentionMaps } from '../attention';
import { mapsOfSeeds } from '../attention/maps';
import { traceEncoder } from '../network/encoder';
import { randomPictures, randomWeights, TINY, valuesOf } from '../network/fixtures';
import { anomalyMaps, signedAnomalyMaps } from './index';
import { differenceSeeds, sumSeeds } from './seeds';

beforeAll(() => setBackend('cpu'));

const NORMAL = { mean: [0.3, -0.2], variance: [0.5, 0.8] };
const options = (some: Partial<AnomalyOptions>): AnomalyOptions =>
  anomalyOptionsSchema.parse({ layer: 'conv2', ...some });
const setting = () => ({ weights: randomWeights(TINY, 1), images: randomPictures(TINY, 3, 2) });

const mapsOf = (some: Partial<AnomalyOptions>, normal: typeof NORMAL | null = NORMAL): number[] => {
  const { weights, images } = setting();
  const { values } = anomalyMaps(TINY, weights, images, options(some), normal);
  expect(values.shape).toEqual([3, 1, 4, 4]);
  return valuesOf(values);
};

describe('the sum of the means', () => {
  it("is the sum of the latents' signed maps, then its absolute or its positive value", () => {
    for (const activation of ['pre', 'post'] as const) {
      const { weights, images } = setting();
      const each = attentionMaps(
        TINY,
        weights,
        images,
        attentionOptionsSchema.parse({ layer: 'conv2', activation }),
      ).values;
      const sums = valuesOf(sumOver(each, 1));
      expect(sums.some((value) => value < 0)).toBe(true);
      const abs = mapsOf({ activation });
      expect(relativeDifference(abs, sums.map(Math.abs))).toBeLessThan(1e-5);
      const relu = mapsOf({ activation, sign: 'relu' });
      expect(
        relativeDifference(
          relu,
          sums.map((value) => Math.max(value, 0)),
        ),
      ).toBeLessThan(1e-5);
    }
  });
});

describe('the mean of the maps', () => {
  it("takes each latent's sign first (Eq. 3)", () => {
    const { weights, images } = setting();
    const { values } = attentionMaps(
      TINY,
      weights,
      images,
      attentionOptionsSchema.parse({ layer: 'conv2', activation: 'post' }),
    );
    const [one, two] = [0, 1].map((i) => valuesOf(slice(values, [0, i, 0, 0], [-1, 1, -1, -1])));
    const expected = one.map((value, i) => (Math.max(value, 0) + Math.max(two[i], 0)) / 2);
    const actual = mapsOf({ score: 'meanOfMaps', sign: 'relu', activation: 'post' });
    expect(relativeDifference(actual, expected)).toBeLessThan(1e-5);
    const sum = mapsOf({ sign: 'relu', activation: 'post' }).map((value) => value / 2);
    expect(relativeDifference(actual, sum)).toBeGreaterThan(0.01);
  });
});

describe('the normal difference (Eq. 4)', () => {
  const weighting = { variant: 'paper', activation: 'pre' } as const;
  function signed(noise: (latent: number) => Tensor): { difference: number[]; sum: number[] } {
    const { weights, images } = setting();
    const encoder = traceEncoder(TINY, inferencePass(weights), images);
    const seeds = differenceSeeds(encoder, NORMAL.variance, noise(TINY.latent));
    return {
      difference: valuesOf(mapsOfSeeds(encoder, 1, seeds, weighting)),
      sum: valuesOf(mapsOfSeeds(encoder, 1, sumSeeds(TINY.latent), weighting)),
    };
  }

  it('without noise is minus the sum of the means: equal with abs, complementary with ReLU', () => {
    const { difference, sum } = signed((latent) => zeros([1, latent]));
    expect(difference.map(Math.abs)).toEqual(sum.map(Math.abs));
    expect(difference.map((value) => Math.max(value, 0))).toEqual(sum.map((value) => Math.max(-value, 0)));
    expect(sum.some((value) => value > 0) && sum.some((value) => value < 0)).toBe(true);
  });

  it('over 4096 draws has minus the map of the sum as its mean, within 3 standard errors', () => {
    const { weights, images } = setting();
    const picture = slice(images, [0, 0, 0, 0], [1, -1, -1, -1]) as Tensor4D;
    const random = createRandom(7);
    const draws = 4096;
    // The map is linear in the noise, and every row of a batch of equal pictures has noise of its own.
    const { difference, sum } = tidy(() => {
      const many = tile(picture, [draws, 1, 1, 1]) as Tensor4D;
      const encoder = traceEncoder(TINY, inferencePass(weights), many);
      const noise = Float32Array.from({ length: draws * TINY.latent }, () => random.normal());
      const seeds = differenceSeeds(encoder, NORMAL.variance, tensor2d(noise, [draws, TINY.latent]));
      const one = traceEncoder(TINY, inferencePass(weights), picture);
      return {
        difference: valuesOf(mapsOfSeeds(encoder, 1, seeds, weighting)),
        sum: valuesOf(mapsOfSeeds(one, 1, sumSeeds(TINY.latent), weighting)),
      };
    });
    const pixels = sum.length;
    sum.forEach((value, p) => {
      const drawn = Array.from({ length: draws }, (_, i) => difference[i * pixels + p]);
      const mean = drawn.reduce((a, b) => a + b) / draws;
      const variance = drawn.reduce((total, each) => total + (each - mean) ** 2, 0) / (draws - 1);
      expect(Math.abs(mean + value)).toBeLessThanOrEqual(3 * Math.sqrt(variance / draws) + 1e-7);
    });
    expect(Math.max(...difference)).toBeGreaterThan(Math.max(...sum.map((value) => -value)));
  });

  it('goes by the seed and the statistics it is told to', () => {
    const difference = { score: 'normalDifference' } as const;
    const base = mapsOf(difference);
    expect(mapsOf(difference)).toEqual(base);
    expect(mapsOf({ ...difference, seed: 2 })).not.toEqual(base);
    expect(mapsOf({ ...difference, normalStatistics: 'prior' })).not.toEqual(base);
    expect(mapsOf({ ...difference, normalStatistics: 'prior' }, null)).toEqual(
      mapsOf(difference, { mean: [0, 0], variance: [1, 1] }),
    );
  });

  it('says when there are no statistics, or of other latents', () => {
    expect(() => mapsOf({ score: 'normalDifference' }, null)).toThrow('says nothing');
    expect(() => mapsOf({ score: 'normalDifference' }, { mean: [0], variance: [1] })).toThrow('1 latents');
  });
});

it('frees what it takes', () => {
  const { weights, images } = setting();
  for (const score of ['sumMu', 'normalDifference', 'meanOfMaps'] as const) {
    const before = memory().numTensors;
    const { mu, logvar, values } = anomalyMaps(TINY, weights, images, options({ score }), NORMAL);
    expect(memory().numTensors).toBe(before + 3);
    dispose([mu, logvar, values]);
    const unsigned = signedAnomalyMaps(TINY, weights, images, options({ score }), NORMAL);
    dispose([unsigned.mu, unsigned.logvar, unsigned.values]);
    expect(memory().numTensors).toBe(before);
  }
});
