import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REFERENCE_DEPTH_TRAINING, type CvxNetTraining } from '../../../shared/recipes/training';
import { DIGITS_TRAINING } from '../../../shared/recipes/vae-presets';
import { unwrap } from '../../../shared/result';
import { buildForNode } from '../../compute/build.fixture';
import { writeShapesDataset } from '../../files/dataset/write-shapes';
import { createGrants } from '../service/grants';
import type { JobContext, JobEnvironment } from '../service/job';
import { trainJob } from './train';

const CONFIG: CvxNetTraining = {
  ...REFERENCE_DEPTH_TRAINING,
  network: {
    ...REFERENCE_DEPTH_TRAINING.network,
    parts: 4,
    planes: 6,
    latent: 8,
    inputSize: 8,
    inputChannels: 1,
    encoderWidth: 0.0625,
    decoderWidths: [8],
  },
  batch: 2,
  steps: 2,
  boxPoints: 20,
  nearPoints: 20,
};

// Below the project, so that the built worker finds the packages.
mkdirSync('.cache', { recursive: true });
const built = mkdtempSync(join(process.cwd(), '.cache/train-job-'));
const root = mkdtempSync(join(tmpdir(), 'train-job-'));
let trainWorker = '';
let names = 0;

beforeAll(async () => {
  trainWorker = await buildForNode(
    join(import.meta.dirname, '../training/train-worker.ts'),
    built,
    'train-worker',
  );
}, 120_000);
afterAll(() => {
  for (const path of [root, built]) rmSync(path, { recursive: true, force: true });
});

const place = (): string => join(root, `place-${names++}`);

async function shapes(): Promise<string> {
  const folder = place();
  const options = { count: 6, views: 1, imageSize: 8, pointsPerSet: 40, seed: 2, families: ['mug'] };
  unwrap(await writeShapesDataset(folder, options));
  return folder;
}

async function train(
  data: string,
  destination: string,
  change: Partial<Parameters<typeof trainJob.run>[0]> = {},
) {
  const grants = createGrants();
  grants.add('data', data, false);
  grants.add('run', destination, true);
  const context: JobContext = {
    signal: new AbortController().signal,
    progress: () => undefined,
    preview: () => undefined,
    flatPreview: () => undefined,
    picturePreview: () => undefined,
    rows: () => undefined,
    onControl: () => undefined,
  };
  const request = {
    kind: 'train',
    config: CONFIG,
    data: ['data'],
    destination: 'run',
    resume: false,
    workers: 1,
    ...change,
  };
  const environment = { grants, backend: 'wasm', trainWorker } as unknown as JobEnvironment;
  return trainJob.run(request as Parameters<typeof trainJob.run>[0], environment, context);
}

describe('a training that fails over its data', () => {
  it('leaves no folder of a run', async () => {
    const [data, run] = [place(), place()];
    await mkdir(data);
    await writeFile(join(data, 'a.obj'), 'v 0 0 0');
    const end = await train(data, run);
    expect(end.ok ? null : end.error.code).toBe('dataset-unknown');
    expect(existsSync(run)).toBe(false);
  });

  it('leaves a folder that was there as it was', async () => {
    const [data, run] = [place(), place()];
    await mkdir(data);
    await mkdir(run);
    await writeFile(join(run, 'best.safetensors'), 'mine');
    expect((await train(data, run)).ok).toBe(false);
    expect(await readdir(run)).toEqual(['best.safetensors']);
  });

  it('leaves none when the first shapes turn out to be damaged', async () => {
    const [data, run] = [await shapes(), place()];
    for (const id of await readdir(join(data, 'mug')))
      await writeFile(join(data, 'mug', id, 'samples.npz'), 'x');
    expect((await train(data, run)).ok).toBe(false);
    expect(existsSync(run)).toBe(false);
  });

  it('leaves none when there is no first stage to begin with', async () => {
    const run = place();
    const end = await train(await shapes(), run, { config: DIGITS_TRAINING, firstStage: 'data' });
    expect(end.ok ? null : end.error.code).toBe('no-first-stage');
    const other = await train(await shapes(), run, { firstStage: 'data' });
    expect(other.ok ? null : other.error.code).toBe('no-first-stage');
    expect(existsSync(run)).toBe(false);
  });

  it('keeps the run that it was to go on with', async () => {
    const [data, run] = [await shapes(), place()];
    expect(unwrap(await train(data, run)).stopped).toBe('steps done');
    const kept = await readdir(run);
    expect(kept).toContain('checkpoint.safetensors');
    await rm(data, { recursive: true });
    const end = await train(data, run, { resume: true, config: { ...CONFIG, steps: 3 } });
    expect(end.ok).toBe(false);
    expect(await readdir(run)).toEqual(kept);
  });
});
