import { memory, Tensor } from '@tensorflow/tfjs-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunRow } from '../../../shared/contract/learning';
import { COMPACT_DEPTH_TRAINING, type CvxNetTraining } from '../../../shared/recipes/training';
import type { TrainingConfig } from '../../../shared/recipes/training';
import type { VaeTraining } from '../../../shared/recipes/vae';
import { DIGITS_TRAINING } from '../../../shared/recipes/vae-presets';
import { unwrap, type Result } from '../../../shared/result';
import { startTensorflow } from '../../compute/tensorflow';
import { openDatasets } from '../../files/dataset';
import { writeShapesDataset } from '../../files/dataset/write-shapes';
import { ALONE } from '../../learning/training/exchange';
import type { LearnerState } from '../../learning/training/state';
import type { Course } from './course';
import { openCvxNetCourse } from './cvxnet-course';
import { CONTROL, type TrainingProgress } from './messages';
import { train } from './train';
import { openVaeCourse } from './vae/course';
import { barPictures } from './vae/pictures.fixture';

const CVXNET: CvxNetTraining = {
  ...COMPACT_DEPTH_TRAINING,
  network: {
    ...COMPACT_DEPTH_TRAINING.network,
    parts: 3,
    planes: 6,
    latent: 8,
    inputSize: 16,
    encoderWidth: 0.0625,
    decoderWidths: [12],
  },
  batch: 2,
  teacher: { steps: 1, batch: 2, rate: 1e-3, grid: 4, width: 8, weight: 1 },
  steps: 2,
  boxPoints: 32,
  nearPoints: 32,
  validation: { every: 2, shapes: 2 },
  checkpointEvery: 2,
};
const VAE: VaeTraining = {
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
      hidden: [],
    },
    decoder: {
      hidden: [24],
      start: { height: 2, width: 2, channels: 6 },
      layers: [
        { filters: 4, kernel: 4, stride: 2, padding: 1 },
        { filters: 1, kernel: 4, stride: 2, padding: 1 },
      ],
      batchNorm: true,
    },
  },
  batch: 4,
  steps: 34,
  validation: { every: 17, pictures: 6 },
  checkpointEvery: 13,
};
const DISENTANGLED: VaeTraining = {
  ...VAE,
  steps: 2,
  factor: { gamma: 2, width: 8, layers: 1, rate: 1e-3, beta1: 0.5, beta2: 0.9 },
  attention: { weight: 1, mode: 'full', pairs: 'top2', layer: 1, latent: 'z' },
};

const folder = mkdtempSync(join(tmpdir(), 'reads-'));
let runs = 0;
beforeAll(async () => {
  await startTensorflow('cpu');
  const options = { count: 12, views: 1, imageSize: 16, pointsPerSet: 200, seed: 3, families: ['chair'] };
  unwrap(await writeShapesDataset(join(folder, 'data'), options));
}, 120_000);
afterEach(() => vi.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Open = (resumed: LearnerState | null) => Promise<Result<Course>>;
const vaeCourse =
  (config: VaeTraining): Open =>
  (resumed) =>
    openVaeCourse(config, barPictures(), ALONE, resumed);

/** Trains; says at which steps figures were read. */
async function run(config: TrainingConfig, open: Open, stopAt = Infinity) {
  const rows: RunRow[] = [];
  const reads: number[] = [];
  const progress: TrainingProgress[] = [];
  await train({
    config,
    open: async (resumed) => {
      const course = unwrap(await open(resumed));
      const { figures } = course;
      course.figures = () => {
        reads.push(course.step);
        return figures();
      };
      return { ok: true, value: course };
    },
    runFolder: join(folder, `run-${runs++}`),
    resume: false,
    exchange: ALONE,
    control: () => ((progress.at(-1)?.step ?? 0) >= stopAt ? CONTROL.stop : CONTROL.run),
    tell: (message) => {
      if (message.type === 'rows') rows.push(...message.rows);
      if (message.type === 'progress') progress.push(message.progress);
    },
  });
  return { rows, reads, progress };
}

describe('a training by one worker', () => {
  it.each<[string, TrainingConfig, Open]>([
    ['a VAE with a discriminator and the two strongest latents', DISENTANGLED, vaeCourse(DISENTANGLED)],
    [
      'a CvxNet through both stages',
      CVXNET,
      async (resumed) =>
        openCvxNetCourse(CVXNET, unwrap(await openDatasets([join(folder, 'data')])), ALONE, resumed),
    ],
  ])('never reads synchronously, and leaves no tensor behind: %s', async (_name, config, open) => {
    for (const method of ['dataSync', 'arraySync', 'bufferSync'] as const) {
      vi.spyOn(Tensor.prototype, method).mockImplementation(() => {
        throw new Error(`${method}: a GPU cannot do this.`);
      });
    }
    const before = memory().numTensors;
    const { rows } = await run(config, open);
    expect(rows.at(-1)?.values.total).toBeGreaterThan(0);
    expect(memory().numTensors).toBe(before);
  });

  it('reads figures for rows alone while steps are fast: the first, every tenth, validations, checkpoints', async () => {
    vi.spyOn(performance, 'now').mockReturnValue(0);
    const { rows, reads, progress } = await run(VAE, vaeCourse(VAE));
    expect(rows.map(({ step }) => step)).toEqual([1, 10, 13, 17, 20, 26, 30, 34]);
    for (const { step, values } of rows) expect(values.total, `step ${step}`).toBeGreaterThan(0);
    expect(reads).toEqual(rows.map(({ step }) => step));
    // What is shown is the last that was read.
    expect(progress.map(({ step }) => step)).toEqual(Array.from({ length: 34 }, (_, i) => i + 1));
    for (const { step, loss } of progress) {
      expect(loss).toBe(rows.findLast((row) => row.step <= step)?.values.total);
    }
  });

  it('shows every step that takes a second, and records no more for it', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 1001));
    const { rows, reads } = await run({ ...VAE, steps: 12 }, vaeCourse(VAE));
    expect(reads).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(rows.map(({ step }) => step)).toEqual([1, 10, 12]);
  });

  it('has the figures of the step that it was stopped at, and records none twice', async () => {
    vi.spyOn(performance, 'now').mockReturnValue(0);
    const { rows } = await run(VAE, vaeCourse(VAE), 4);
    expect(rows.map(({ step }) => step)).toEqual([1, 4]);
    expect(rows[1].values).toMatchObject({ checkpoint: 4, total: expect.any(Number) });
    const atRow = await run(VAE, vaeCourse(VAE), 10);
    expect(atRow.rows.slice(1).map(({ values }) => 'total' in values)).toEqual([true, false]);
    expect(atRow.reads).toEqual([1, 10]);
  });
});
