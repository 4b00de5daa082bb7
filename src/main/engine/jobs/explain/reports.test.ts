import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anomalyOptionsSchema } from '../../../../shared/contract/explain';
import type { Factor, PictureDataset } from '../../../../shared/dataset/pictures';
import { createRandom } from '../../../../shared/random';
import { ok, unwrap, type Problem, type Result } from '../../../../shared/result';
import { writeVae } from '../../../files/model';
import { TINY_VAE, tinyVaeCard } from '../../../files/model/fixtures';
import { createGrants } from '../../service/grants';
import { tinyVaeWeights } from '../../models/vae.fixture';
import { openVae, type OpenVae } from '../../models/vaes';
import { reportAnomalies, spreadOver } from './anomaly-report';
import { reportDisentanglement } from './disentanglement-report';
import { openFactorCodes } from './factor-codes';

let folder = '';
let vae: OpenVae;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halfspace-reports-'));
  await mkdir(join(folder, 'tiny'));
  const weights = tinyVaeWeights(TINY_VAE, 3);
  const card = tinyVaeCard(TINY_VAE);
  unwrap(await writeVae(join(folder, 'tiny', 'model.safetensors'), { weights, card, precision: 'F32' }));
  const access = { grants: createGrants(), backend: 'cpu' as const, modelsFolder: folder };
  vae = unwrap(await openVae({ name: 'tiny' }, access));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const SIDE = 16;
const FACTORS: readonly Factor[] = [
  { name: 'colour', values: 1 },
  { name: 'row', values: 4 },
  { name: 'column', values: 5 },
];

function context(stopAfter = Infinity) {
  const abort = new AbortController();
  const told: number[] = [];
  return {
    signal: abort.signal,
    told,
    progress: ({ fraction }: { fraction: number | null }) => {
      told.push(fraction ?? 1);
      if (told.length >= stopAfter) abort.abort();
    },
  };
}

interface Made {
  /** Position of a bright square; null leaves grey noise. */
  readonly square: readonly [number, number] | null;
  readonly masked: boolean;
  readonly factors: readonly number[] | null;
}

/** Pictures of noise with a bright square of 4 x 4, marked by its mask, all in the test split. */
function dataset(pictures: readonly Made[], factors: readonly Factor[] = []): PictureDataset {
  const inSquare = (square: readonly [number, number], i: number): boolean => {
    const [y, x] = [Math.floor(i / SIDE) - square[0], (i % SIDE) - square[1]];
    return y >= 0 && y < 4 && x >= 0 && x < 4;
  };
  return {
    name: 'squares',
    format: 'made for a test',
    classes: [],
    factors,
    size: { width: SIDE, height: SIDE, channels: 1 },
    notes: [],
    count: (split) => (split === 'test' ? pictures.length : 0),
    at: (_, index) => ({
      id: String(index),
      class: null,
      anomalous: null,
      factors: pictures[index].factors,
    }),
    read: async (_, index) => {
      const random = createRandom(index + 1);
      const { square } = pictures[index];
      const pixels = Uint8Array.from({ length: SIDE * SIDE }, (_, i) =>
        square !== null && inSquare(square, i) ? 255 : 110 + random.integer(20),
      );
      return ok({ width: SIDE, height: SIDE, channels: 1, pixels });
    },
    mask: async (_, index) => {
      const { square, masked } = pictures[index];
      if (!masked) return ok(null);
      // Twice the size, so that it must be resized.
      const mask = Uint8Array.from({ length: 4 * SIDE * SIDE }, (_, i) => {
        const [y, x] = [Math.floor(i / (2 * SIDE)) >> 1, (i % (2 * SIDE)) >> 1];
        return square !== null && inSquare(square, y * SIDE + x) ? 255 : 0;
      });
      return ok({ width: 2 * SIDE, height: 2 * SIDE, mask });
    },
  };
}

const planted = Array.from({ length: 24 }, (_, i): Made => ({
  square: i % 2 === 0 ? [(i * 5) % 12, (i * 7) % 12] : null,
  masked: i !== 5,
  factors: null,
}));

const request = {
  split: 'test' as const,
  options: anomalyOptionsSchema.parse({ layer: 'conv1' }),
};

function problemOf(result: Result<unknown>): Problem {
  expect(result.ok).toBe(false);
  return result.ok ? { code: '', message: '' } : result.error;
}

describe('an anomaly report', () => {
  it('scores the attention with the reconstruction error beside it', async () => {
    const control = context();
    const report = unwrap(await reportAnomalies(vae, dataset(planted), request, control));
    expect(report.methods.map(({ name }) => name)).toEqual(['attention', 'reconstruction error']);
    expect(report.pictures).toBe(23);
    expect(report.pixels).toBe(23 * SIDE * SIDE);
    const [attention, error] = report.methods;
    // An untrained network reconstructs grey: what is white stands out.
    expect(error.pixelAuroc).toBeGreaterThan(0.99);
    expect(error.pictureAuroc).toBe(1);
    expect(error.aupro).toBeGreaterThan(0.95);
    expect(error.bestIou.linear.iou).toBeGreaterThan(0.9);
    expect(attention.pixelAuroc).toBeGreaterThan(0);
    expect(attention.pixelAuroc).toBeLessThan(1);
    expect(attention.histogram.anomalous.reduce((a, b) => a + b, 0)).toBe(12 * 16);
    expect(report.notes.join(' ')).toContain('1 pictures without a mask');
    expect(report.notes.join(' ')).toContain('oracle');
    expect(report.notes[1]).toContain('is above');
    expect(control.told.at(-1)).toBe(1);
  });

  it('calls nothing found that other pictures’ masks find as well', async () => {
    const alike = planted.map((one): Made => ({ ...one, square: [6, 6] }));
    const report = unwrap(await reportAnomalies(vae, dataset(alike), request, context()));
    const { pixelAuroc } = report.methods[1];
    expect(pixelAuroc).toBeGreaterThan(0.99);
    expect(report.notes[1]).toContain(`${pixelAuroc.toFixed(3)} is not above ${pixelAuroc.toFixed(3)}`);
    expect(report.notes[1]).toContain(`(${pixelAuroc.toFixed(3)} with deviation 0.000, 20 shuffles)`);
  });

  it('can look at fewer pictures, spread evenly', async () => {
    const few = unwrap(await reportAnomalies(vae, dataset(planted), { ...request, pictures: 8 }, context()));
    expect(few.pictures).toBe(8);
    expect(few.notes.join(' ')).toContain('8 of 24 pictures');
  });

  it('says what is missing, and stops', async () => {
    const bare = planted.map((one) => ({ ...one, masked: false }));
    expect(problemOf(await reportAnomalies(vae, dataset(bare), request, context())).code).toBe('no-masks');
    const normal = planted.map((one) => ({ ...one, square: null }));
    const one = problemOf(await reportAnomalies(vae, dataset(normal), request, context()));
    expect(one.code).toBe('one-kind-of-pixel');
    const unknown = { ...request, options: { ...request.options, layer: 'conv9' } };
    expect(problemOf(await reportAnomalies(vae, dataset(planted), unknown, context())).message).toContain(
      'conv9',
    );
    expect(problemOf(await reportAnomalies(vae, dataset(planted), request, context(1))).code).toBe(
      'cancelled',
    );
  });
});

describe('pictures spread over a split', () => {
  it('are all different, of every kind where kinds take turns, and all where all are wanted', () => {
    for (const [all, count] of [
      [400, 100],
      [400, 200],
      [24, 8],
      [90, 30],
    ]) {
      const indices = spreadOver(all, count);
      expect(new Set(indices).size).toBe(count);
      expect(Math.max(...indices)).toBeLessThan(all);
      const odd = indices.filter((index) => index % 2 === 1).length;
      expect(odd / count).toBeGreaterThan(0.35);
      expect(odd / count).toBeLessThan(0.65);
    }
    expect(spreadOver(7, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

describe('a disentanglement report', () => {
  const drawn = Array.from({ length: 20 }, (_, i): Made => {
    const [row, column] = [Math.floor(i / 5), i % 5];
    return { square: [row * 4, column * 3], masked: false, factors: [0, row, column] };
  });

  it('scores the factors that take more than one value, and is the same again', async () => {
    const control = context();
    const asked = { share: 0.01, seed: 1 };
    const report = unwrap(await reportDisentanglement(vae, dataset(drawn, FACTORS), asked, control));
    expect(report.factors).toEqual(['row', 'column']);
    expect(report.mutualInformation).toHaveLength(4);
    expect(report.mutualInformation[0]).toHaveLength(2);
    for (const value of Object.values(report.scores)) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
    // Every picture has its own code, and trees tell them apart.
    expect(report.scores.dci_informativeness).toBe(1);
    expect(unwrap(await reportDisentanglement(vae, dataset(drawn, FACTORS), asked, context()))).toEqual(
      report,
    );
    expect(control.told).toEqual(control.told.toSorted((a, b) => a - b));
  });

  it('encodes each picture once and gives the code of the wanted factors', async () => {
    let asked = 0;
    const counted: PictureDataset = {
      ...dataset(drawn, FACTORS),
      read: (split, index) => {
        asked++;
        return dataset(drawn, FACTORS).read(split, index);
      },
    };
    const source = unwrap(openFactorCodes(vae, counted, context()));
    const values = Uint16Array.from([2, 4, 0, 1, 2, 4]);
    const codes = await source.draw(values);
    await source.draw(values);
    expect(asked).toBe(2);
    expect(source.encoded()).toBe(2);
    expect(codes.subarray(0, 4)).toEqual(codes.subarray(8, 12));
    const picture = unwrap(await counted.read('test', 14));
    const { mu: own } = await vae.encode(Float32Array.from(picture.pixels, (value) => value / 255));
    own.forEach((value, j) => expect(codes[j]).toBeCloseTo(value, 5));
  });

  it('says what is missing, and stops', async () => {
    const some = dataset(drawn.slice(1), FACTORS);
    const asked = { share: 0.01, seed: 1 };
    const missing = problemOf(await reportDisentanglement(vae, some, asked, context()));
    expect(missing).toMatchObject({ code: 'factors-incomplete' });
    expect(missing.message).toContain('1 of the 20');
    expect(problemOf(await reportDisentanglement(vae, dataset(drawn), asked, context())).code).toBe(
      'no-factors',
    );
    const stopped = await reportDisentanglement(vae, dataset(drawn, FACTORS), asked, context(4));
    expect(problemOf(stopped).code).toBe('cancelled');
  });
});
