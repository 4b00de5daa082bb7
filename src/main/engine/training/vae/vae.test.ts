import { memory } from '@tensorflow/tfjs-core';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRow } from '../../../../shared/contract/learning';
import type { Picture } from '../../../../shared/contract/inputs';
import type { VaeTraining } from '../../../../shared/recipes/vae';
import { DIGITS_TRAINING } from '../../../../shared/recipes/vae-presets';
import { ProblemError, unwrap, type Problem } from '../../../../shared/result';
import { readVae } from '../../../files/model';
import { readCheckpoint } from '../../../files/safetensors/checkpoint';
import { ALONE } from '../../../learning/training/exchange';
import { startTensorflow } from '../../../compute/tensorflow';
import { loadCheckpoint } from '../checkpoint';
import { CONTROL, type ControlWord } from '../messages';
import { beginRun, readRun } from '../run-folder';
import { train } from '../train';
import { openVaeCourse } from './course';
import { barPictures } from './pictures.fixture';

const CONFIG: VaeTraining = {
  ...DIGITS_TRAINING,
  network: {
    height: 8,
    width: 8,
    channels: 1,
    latent: 3,
    standardise: null,
    encoder: {
      kind: 'convolutions',
      layers: [
        { filters: 4, kernel: 4, stride: 2, padding: 1 },
        { filters: 6, kernel: 4, stride: 2, padding: 1 },
      ],
      hidden: [{ width: 16, relu: true }],
    },
    decoder: {
      hidden: [16, 24],
      start: { height: 2, width: 2, channels: 6 },
      layers: [
        { filters: 4, kernel: 4, stride: 2, padding: 1 },
        { filters: 1, kernel: 4, stride: 2, padding: 1 },
      ],
      batchNorm: false,
    },
  },
  batch: 8,
  steps: 6,
  optimiser: { ...DIGITS_TRAINING.optimiser, rate: 3e-3 },
  validation: { every: 3, pictures: 20 },
  checkpointEvery: 3,
};
/** Everything at once: total correlation, its discriminator, and the overlap of attention. */
const DISENTANGLED: VaeTraining = {
  ...CONFIG,
  factor: { gamma: 2, width: 12, layers: 2, rate: 1e-3, beta1: 0.5, beta2: 0.9 },
  attention: { weight: 1, mode: 'full', pairs: 'random', layer: 1, latent: 'mu' },
};

const folder = mkdtempSync(join(tmpdir(), 'vae-training-'));
let runs = 0;
beforeAll(() => startTensorflow('wasm'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Trains into a new folder or on in one; stops after `stopAt` steps. */
async function run(config: VaeTraining, options: { resumed?: string; stopAt?: number } = {}) {
  const runFolder = options.resumed ?? join(folder, `run-${runs++}`);
  if (options.resumed === undefined) unwrap(await beginRun(runFolder, config, { builtin: 'digits' }));
  const rows: RunRow[] = [];
  const strips: Picture[] = [];
  let word: ControlWord = CONTROL.run;
  await train({
    config,
    open: (resumed) => openVaeCourse(config, barPictures(), ALONE, resumed),
    runFolder,
    resume: options.resumed !== undefined,
    exchange: ALONE,
    control: () => word,
    tell: (message) => {
      if (message.type === 'rows') rows.push(...message.rows);
      if (message.type === 'preview' && message.preview.kind === 'pictures') {
        strips.push(message.preview.picture);
      }
      if (message.type === 'progress' && message.progress.step === options.stopAt) word = CONTROL.stop;
    },
  });
  return { runFolder, rows, strips };
}

async function tensorsOf(runFolder: string): Promise<Map<string, Buffer>> {
  const { tensors } = unwrap(await readCheckpoint(join(runFolder, 'checkpoint.safetensors')));
  return new Map(
    [...tensors].map(([name, { data }]) => [
      name,
      Buffer.from(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength),
    ]),
  );
}

async function problemOf(config: VaeTraining): Promise<Problem> {
  try {
    await run(config);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('There was no problem.');
}

describe('a VAE in training', () => {
  it('learns to draw bars, and leaves a model with what is normal and a curve that falls', async () => {
    const config = { ...CONFIG, steps: 500, validation: { every: 100, pictures: 20 } };
    const { runFolder, rows, strips } = await run(config);
    const losses = rows.flatMap(({ values }) => values.validationLoss ?? []);
    expect(losses.at(-1)).toBeLessThan(losses[0]);
    // Half of what a decoder costs that knows nothing.
    expect(losses.at(-1)).toBeLessThan(0.5 * 64 * Math.log(2));
    // Six held-out bars above what is made of them: of the last ones, most white stays white.
    const strip = strips.at(-1)!;
    expect([strip.width, strip.height]).toEqual([6 * 8, 2 * 8]);
    let white = 0;
    for (let i = 0; i < 48 * 8; i++) if (strip.rgba[i * 4] === 255) white++;
    expect(white).toBe(6 * 8);
    const below = (i: number): number => strip.rgba[(48 * 8 + i) * 4];
    const mean = (bright: boolean): number => {
      const chosen = [...Array(48 * 8).keys()].filter((i) => (strip.rgba[i * 4] === 255) === bright);
      return chosen.reduce((sum, i) => sum + below(i), 0) / chosen.length;
    };
    expect(mean(true)).toBeGreaterThan(2 * mean(false));
    const { card, weights } = unwrap(await readVae(join(runFolder, 'best.safetensors')));
    expect(card.curve.map(([step]) => step)).toEqual([100, 200, 300, 400, 500].slice(0, card.curve.length));
    expect(card.normal.variance.every((value) => value > 0 && value < 2)).toBe(true);
    expect(card.layers.map(({ name }) => name)).toEqual(['conv1', 'conv2']);
    expect(weights.get('encoder/mu/kernel')?.shape).toEqual([16, 3]);
    const kept = unwrap(await readRun(runFolder));
    expect(kept.best).toBe(Math.min(...losses));
    expect(kept.checkpointStep).toBe(500);
    expect(kept.builtin).toBe('digits');
  });

  it('leaves no tensor behind', async () => {
    await run(DISENTANGLED);
    const before = memory().numTensors;
    await run(DISENTANGLED);
    expect(memory().numTensors).toBe(before);
  });

  for (const [name, config] of [
    ['alone', CONFIG],
    ['with a discriminator and the overlap of attention', DISENTANGLED],
  ] as const) {
    it(`ends with the same bytes, ${name}, when it is stopped and resumed`, async () => {
      const whole = await run(config);
      const { runFolder } = await run(config, { stopAt: 2 });
      await run(config, { resumed: runFolder });
      const [expected, resumed] = [await tensorsOf(whole.runFolder), await tensorsOf(runFolder)];
      expect([...resumed.keys()]).toEqual([...expected.keys()]);
      expect([...expected.keys()].some((one) => one.startsWith('discriminator/first/'))).toBe(
        config.factor !== null,
      );
      for (const [tensor, bytes] of expected) expect(resumed.get(tensor)!.equals(bytes), tensor).toBe(true);
      const best = (of: string) => readFileSync(join(of, 'best.safetensors'));
      expect(best(runFolder).equals(best(whole.runFolder))).toBe(true);
    });
  }

  it('records what disentangles: total correlation, discriminator, overlap, divergence per latent', async () => {
    const { rows } = await run(DISENTANGLED);
    const [{ values }] = rows.filter((row) => row.values.validationLoss !== undefined);
    expect(values.validationOverlap).toBeGreaterThanOrEqual(0);
    expect(values.validationOverlap).toBeLessThanOrEqual(1);
    const perLatent = [1, 2, 3].map((d) => values[`divergenceOfLatent${d}`]);
    expect(perLatent.reduce((sum, value) => sum + value, 0)).toBeCloseTo(values.validationDivergence, 5);
    const { values: last } = rows.at(-1)!;
    expect(last.discriminator).toBeGreaterThan(0);
    expect(last.total).toBeCloseTo(
      last.reconstruction + last.divergence + 2 * last.totalCorrelation + last.attentionOverlap,
      3,
    );
  });

  it('keeps codes nearer to the prior with a larger beta', async () => {
    const longer = { ...CONFIG, steps: 150, validation: { every: 150, pictures: 20 } };
    const divergence = async (beta: number) =>
      (await run({ ...longer, beta })).rows.at(-1)!.values.validationDivergence;
    expect(await divergence(20)).toBeLessThan(0.5 * (await divergence(0.5)));
  });

  it('learns one class alone: the other one fits worse', async () => {
    const longer = { ...CONFIG, steps: 300, validation: { every: 300, pictures: 20 } };
    const { runFolder } = await run({ ...longer, classes: ['standing'] });
    const loss = async (classes: string[]) => {
      const own = { ...longer, steps: 300, classes };
      const { learner } = unwrap(await loadCheckpoint(join(runFolder, 'checkpoint.safetensors')));
      const course = unwrap(await openVaeCourse(own, barPictures(), ALONE, learner));
      const { value } = unwrap(await course.validate());
      course.dispose();
      return value!;
    };
    expect(await loss(['lying'])).toBeGreaterThan(1.2 * (await loss(['standing'])));
  });

  it('names a class that is missing, a collection too small, and a network that cannot be', async () => {
    expect(await problemOf({ ...CONFIG, classes: ['slanted'] })).toMatchObject({
      code: 'class-missing',
      message: 'bars has no class "slanted".',
      hint: 'It has lying, standing.',
    });
    expect(await problemOf({ ...CONFIG, batch: 40, classes: ['lying'] })).toMatchObject({
      code: 'data-too-small',
      message: expect.stringContaining('30 pictures of "lying"'),
    });
    expect(await problemOf({ ...CONFIG, network: { ...CONFIG.network, height: 9 } })).toMatchObject({
      code: 'bad-network',
    });
    const attention = { ...DISENTANGLED.attention!, layer: 2 };
    expect(await problemOf({ ...CONFIG, attention })).toMatchObject({
      code: 'bad-network',
      message: expect.stringContaining('the encoder has 2 maps'),
    });
  });

  it('does not go on with a checkpoint of another network or discriminator', async () => {
    const { runFolder } = await run(DISENTANGLED, { stopAt: 2 });
    const wider = { ...DISENTANGLED, factor: { ...DISENTANGLED.factor!, width: 13 } };
    const other = { ...DISENTANGLED, network: { ...CONFIG.network, latent: 4 } };
    for (const [config, differs] of [
      [wider, 'their discriminators differ'],
      [other, 'their networks differ'],
    ] as const) {
      await expect(run(config, { resumed: runFolder })).rejects.toMatchObject({
        problem: { code: 'checkpoint-mismatch', message: expect.stringContaining(differs) },
      });
    }
  });
});
