import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../../shared/random';
import { latentVariances, sampleCodes, type CodeSource } from './codes';
import { collectVotes, heldOutAccuracy, majorityAccuracy } from './factor-votes';
import { informationGap, informationTable } from './information';
import { scoreDisentanglement } from './score';

/** Fewer values than dSprites' turns and places have: trees are grown per value. */
const FACTORS = [3, 6, 8, 8, 8];

/** A code that a formula makes of one picture's factors. */
function codeOf(latent: number, code: (values: readonly number[]) => readonly number[]): CodeSource {
  return {
    factors: FACTORS,
    latent,
    draw: async (values) => {
      const codes = new Float64Array((values.length / FACTORS.length) * latent);
      for (let i = 0; i < codes.length / latent; i++) {
        codes.set(code([...values.subarray(i * FACTORS.length, (i + 1) * FACTORS.length)]), i * latent);
      }
      return codes;
    },
  };
}

function randomCode(seed: number, latent: number): CodeSource {
  const random = createRandom(seed);
  return codeOf(latent, () => Array.from({ length: latent }, () => random.normal()));
}

/** Each latent a fixed random mixture of all factors. */
function mixedCode(seed: number, latent: number): CodeSource {
  const random = createRandom(seed);
  const rows = Array.from({ length: latent }, () => FACTORS.map((count) => random.normal() / count));
  return codeOf(latent, (values) => rows.map((row) => row.reduce((sum, w, k) => sum + w * values[k], 0)));
}

const perfect = codeOf(5, (values) => values);
const duplicated = codeOf(10, (values) => [...values, ...values]);
const constant = codeOf(4, () => [1, 2, 3, 4]);

const quiet = async (): Promise<void> => {};
const scored = async (source: CodeSource, share: number) =>
  (await scoreDisentanglement(source, { share, seed: 1, divergence: null }, quiet)).scores;

describe('a perfect code', () => {
  it('has the best scores', async () => {
    const scores = await scored(perfect, 0.04);
    expect(scores.factorvae_train800).toBe(1);
    expect(scores.factorvae_eval).toBe(1);
    expect(scores.betavae).toBe(1);
    expect(scores.dci_disentanglement).toBeGreaterThan(0.95);
    expect(scores.dci_completeness).toBeGreaterThan(0.95);
    expect(scores.dci_informativeness).toBeGreaterThan(0.95);
    expect(scores.sap).toBeGreaterThan(0.1);
  });

  it('has the gap that 20 equal bins allow for', async () => {
    // Shape, scale, orientation and place of dSprites.
    const factors = [3, 6, 40, 32, 32];
    const source: CodeSource = { factors, latent: 5, draw: async (values) => Float64Array.from(values) };
    const sample = await sampleCodes(source, 10_000, createRandom(2));
    const table = informationTable(sample);
    // By brute force: a bin of B of V equally likely values has log(V / B) nats to tell.
    const told = factors.map((count) => {
      const sizes = Array.from({ length: 20 }, () => 0);
      for (let v = 0; v < count; v++) sizes[Math.min(Math.floor((v * 20) / (count - 1)), 19)]++;
      return sizes.reduce((sum, size) => sum + (size > 0 ? (size / count) * Math.log(count / size) : 0), 0);
    });
    told.forEach((nats, k) => expect(Math.abs(table[k][k] - nats)).toBeLessThan(0.05));
    const expected = told.reduce((sum, nats, k) => sum + nats / Math.log(factors[k]) / 5, 0);
    const gap = informationGap(table, sample);
    expect(gap).toBeLessThan(expected + 0.005);
    expect(gap).toBeGreaterThan(expected - 0.03);
    const few = informationGap([table[0], table[1]], {
      ...sample,
      values: sample.values.filter((_, i) => i % 5 < 2),
      factors: factors.slice(0, 2),
    });
    expect(few).toBeGreaterThan(0.99);
  });
});

describe('a duplicated code', () => {
  it('has no lead of one latent over the next', async () => {
    const scores = await scored(duplicated, 0.04);
    expect(scores.mig).toBe(0);
    expect(scores.sap).toBe(0);
    expect(scores.dci_completeness).toBeLessThan(0.8);
    expect(scores.dci_disentanglement).toBeGreaterThan(0.95);
  });
});

describe('a constant code', () => {
  it('has none', async () => {
    const scores = await scored(constant, 0.02);
    expect(scores.factorvae_train800).toBe(0);
    expect(scores.factorvae_eval).toBe(0);
    expect(scores.mig).toBe(0);
    expect(scores.sap).toBe(0);
    expect(scores.dci_disentanglement).toBeCloseTo(0, 9);
    expect(scores.betavae).toBeLessThan(0.4);
  });
});

describe('a random code', () => {
  it('is at chance', async () => {
    const scores = await scored(randomCode(3, 10), 0.04);
    expect(scores.factorvae_eval).toBeGreaterThan(0.1);
    expect(scores.factorvae_eval).toBeLessThan(0.35);
    expect(scores.mig).toBeLessThan(0.02);
    expect(scores.sap).toBeLessThan(0.05);
    expect(scores.betavae).toBeLessThan(0.35);
    expect(scores.dci_disentanglement).toBeLessThan(0.2);
  });

  it('that is fixed has nearly the same score in both variants', async () => {
    const source = mixedCode(7, 6);
    const { codes, latent, count } = await sampleCodes(source, 10_000, createRandom(9));
    const scale = { variances: latentVariances(codes, latent, 0, count), active: codesActive(latent) };
    const random = createRandom(4);
    const few = { count: 800, pictures: 100, factorOf: (vote: number) => Math.floor(vote / 160) };
    const many = { count: 4000, pictures: 64, factorOf: () => random.integer(FACTORS.length) };
    const trained = majorityAccuracy(await collectVotes(source, scale, few, random, quiet));
    const learned = await collectVotes(source, scale, many, random, quiet);
    const judged = await collectVotes(source, scale, many, random, quiet);
    const held = heldOutAccuracy(learned, judged);
    expect(held).toBeGreaterThan(0.25);
    expect(held).toBeLessThan(0.99);
    expect(Math.abs(trained - held)).toBeLessThan(0.03);
  });
});

describe('votes', () => {
  it('leave out latents that say nothing of the picture', async () => {
    const noisy = codeOf(6, (values) => [...values, 1e-9 * values[0]]);
    const known = { share: 0.02, seed: 1, divergence: [1, 1, 1, 1, 1, 0] };
    const { scores } = await scoreDisentanglement(noisy, known, quiet);
    expect(scores.factorvae_train800).toBe(1);
    expect(scores.factorvae_eval).toBe(1);
    const none = { ...known, divergence: [0, 0, 0, 0, 0, 0] };
    expect((await scoreDisentanglement(noisy, none, quiet)).scores.factorvae_train800).toBe(0);
  });

  it('are counted as defined', () => {
    const learned = [
      [5, 1],
      [2, 4],
      [0, 0],
    ];
    const judged = [
      [1, 3],
      [0, 6],
      [2, 0],
    ];
    expect(majorityAccuracy(learned)).toBe(9 / 12);
    expect(heldOutAccuracy(learned, judged)).toBe(9 / 12);
    expect(
      heldOutAccuracy(learned, [
        [0, 0],
        [0, 0],
        [0, 0],
      ]),
    ).toBe(0);
  });
});

describe('a run', () => {
  it('is the same for the same seed, tells how far it is, and ends when told so', async () => {
    const request = { share: 0.02, seed: 3, divergence: null };
    const told: number[] = [];
    const first = await scoreDisentanglement(mixedCode(1, 3), request, async (_, done) => {
      told.push(done);
    });
    const again = await scoreDisentanglement(mixedCode(1, 3), request, quiet);
    expect(again).toEqual(first);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBeGreaterThan(0.9);
    const stopped = scoreDisentanglement(mixedCode(1, 3), request, async (_, done) => {
      if (done > 0.5) throw new Error('stopped');
    });
    await expect(stopped).rejects.toThrow('stopped');
  });
});

function codesActive(latent: number): boolean[] {
  return Array.from({ length: latent }, () => true);
}
