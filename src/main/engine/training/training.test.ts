import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobControl, RunRow } from '../../../shared/contract/learning';
import { COMPACT_DEPTH_TRAINING, type CvxNetTraining } from '../../../shared/recipes/training';
import { unwrap } from '../../../shared/result';
import type { ConvexShape } from '../../../shared/shape/types';
import { meshesOptionsSchema } from '../../../shared/dataset/made';
import { writeMeshesDataset } from '../../files/dataset/write-meshes';
import { boxMesh, encodeObj } from '../../files/read/fixtures';
import { sphereMesh } from '../../files/source/fixtures';
import { writeShapesDataset } from '../../files/dataset/write-shapes';
import { readModel } from '../../files/model';
import { readCheckpoint } from '../../files/safetensors/checkpoint';
import { buildForNode } from '../../compute/build.fixture';
import { superviseTraining } from './supervise';

const CONFIG: CvxNetTraining = {
  ...COMPACT_DEPTH_TRAINING,
  network: {
    ...COMPACT_DEPTH_TRAINING.network,
    parts: 5,
    planes: 7,
    latent: 12,
    inputSize: 16,
    encoderWidth: 0.0625,
    decoderWidths: [24],
  },
  batch: 4,
  teacher: { steps: 2, batch: 8, rate: 1e-3, grid: 6, width: 16, weight: 1 },
  steps: 4,
  boxPoints: 64,
  nearPoints: 64,
  validation: { every: 3, shapes: 4 },
  checkpointEvery: 3,
};

// Below the project, so that the built worker finds the packages.
mkdirSync('.cache', { recursive: true });
const built = mkdtempSync(join(process.cwd(), '.cache/training-'));
const folder = mkdtempSync(join(tmpdir(), 'training-'));
const dataFolder = join(folder, 'data');
let workerFile = '';
let runs = 0;

beforeAll(async () => {
  workerFile = await buildForNode(join(import.meta.dirname, 'train-worker.ts'), built, 'train-worker');
  const options = {
    count: 30,
    views: 2,
    imageSize: 24,
    pointsPerSet: 600,
    seed: 3,
    families: ['chair', 'mug', 'tower'],
  };
  unwrap(await writeShapesDataset(dataFolder, options));
}, 120_000);
afterAll(() => {
  for (const path of [folder, built]) rmSync(path, { recursive: true, force: true });
});

interface Watch {
  readonly rows: RunRow[];
  readonly stages: string[];
  readonly shapes: ConvexShape[];
}

/** Trains into a new folder, or on in one; `onStep` may pause, resume and stop. */
async function runTraining(
  config: CvxNetTraining,
  options: {
    workers?: number;
    resumed?: string;
    data?: string;
    onStep?(
      say: (word: JobControl) => void,
      stage: string,
      step: number,
      figures: Readonly<Record<string, number>>,
    ): void;
  } = {},
) {
  const runFolder = options.resumed ?? join(folder, `run-${runs++}`);
  const watch: Watch = { rows: [], stages: [], shapes: [] };
  let say: (word: JobControl) => void = () => undefined;
  const end = await superviseTraining({
    config,
    data: { paths: [options.data ?? dataFolder] },
    runFolder,
    resume: options.resumed !== undefined,
    workers: options.workers ?? 1,
    backend: 'wasm',
    workerFile,
    context: {
      signal: new AbortController().signal,
      progress: ({ stage, figures }) => {
        watch.stages.push(stage);
        options.onStep?.(say, stage, figures.stepsDone, figures);
      },
      preview: (shape) => void watch.shapes.push(shape()),
      flatPreview: () => undefined,
      picturePreview: () => undefined,
      rows: (rows) => void watch.rows.push(...rows),
      onControl: (listener) => {
        say = listener;
      },
    },
  });
  return { end, runFolder, ...watch };
}

async function weightsOf(runFolder: string): Promise<Map<string, Float32Array>> {
  const { tensors } = unwrap(await readCheckpoint(join(runFolder, 'checkpoint.safetensors')));
  return new Map([...tensors].map(([name, { data }]) => [name, data as Float32Array]));
}

describe('training', () => {
  it('records, validates, previews, and leaves a checkpoint and a model that can be read', async () => {
    const { end, runFolder, rows, shapes } = await runTraining(CONFIG);
    expect(unwrap(end)).toMatchObject({ stopped: 'steps done' });
    expect(unwrap(end).samplesPerSecond).toBeGreaterThan(0);
    // Step 2 ends the first stage.
    expect(rows.map(({ step }) => step)).toEqual([1, 2, 3, 6]);
    expect(rows[3].values.total).toBeGreaterThan(0);
    expect(rows[3].values.validationIou).toBeGreaterThanOrEqual(0);
    expect(shapes[0].parts.length).toBe(5);
    const model = unwrap(await readModel(join(runFolder, 'best.safetensors')));
    expect(model.card.curve.length).toBeGreaterThan(0);
    const events = readFileSync(join(runFolder, 'metrics.jsonl'), 'utf8').trim().split('\n');
    expect(events.map((line) => JSON.parse(line) as RunRow)).toEqual(rows);
  });

  it('ends with the same weights, to the bit, when it is stopped and resumed', async () => {
    const whole = await runTraining(CONFIG);
    const halves = await runTraining(CONFIG, {
      onStep: (say, _stage, step) => {
        if (step === 2) say('stop');
      },
    });
    expect(unwrap(halves.end).stopped).toBe('stopped');
    const rest = await runTraining(CONFIG, { resumed: halves.runFolder });
    expect(unwrap(rest.end).stopped).toBe('steps done');
    const [expected, resumed] = [await weightsOf(whole.runFolder), await weightsOf(rest.runFolder)];
    expect([...resumed.keys()]).toEqual([...expected.keys()]);
    for (const [name, values] of expected)
      expect(Buffer.compare(bytes(resumed.get(name)!), bytes(values))).toBe(0);
  });

  it('learns the same with two workers as with one', async () => {
    const config = { ...CONFIG, steps: 2, validation: { every: 4, shapes: 4 } };
    const alone = await runTraining(config);
    const shared = await runTraining(config, { workers: 2 });
    expect(unwrap(shared.end).stopped).toBe('steps done');
    const loss = (run: typeof alone): number => run.rows.at(-1)!.values.total;
    expect(Math.abs(loss(shared) - loss(alone))).toBeLessThan(1e-4 * loss(alone));
    const [one, two] = [await weightsOf(alone.runFolder), await weightsOf(shared.runFolder)];
    for (const [name, values] of one) {
      // Adam's first steps divide a gradient by its own size: of gradients near zero only the sign remains.
      if (!name.startsWith('weights/') && !name.startsWith('first/')) continue;
      const other = two.get(name)!;
      const scale = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length) + 1e-4;
      const apart = values.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i])), 0);
      expect(apart / scale, name).toBeLessThan(0.02);
    }
  });

  it('pauses, goes on and stops when told', async () => {
    let told: 'nothing' | 'pause' | 'resume' = 'nothing';
    const shown: Record<string, number>[] = [];
    const run = await runTraining(
      { ...CONFIG, steps: 4000 },
      {
        onStep: (say, stage, _step, figures) => {
          if (told !== 'resume') shown.push(figures);
          if (told === 'nothing') say((told = 'pause'));
          else if (told === 'pause' && stage === 'Paused') say((told = 'resume'));
          else if (told === 'resume' && stage !== 'Paused') say('stop');
        },
      },
    );
    expect(unwrap(run.end).stopped).toBe('stopped');
    expect(run.stages).toContain('Paused');
    // The last one is said by the pause.
    expect(shown.at(-1)).toEqual(shown.at(-2));
    expect(existsSync(join(run.runFolder, 'checkpoint.safetensors'))).toBe(true);
  });

  it('stops early when validation no longer improves', async () => {
    const run = await runTraining({
      ...CONFIG,
      optimiser: { ...CONFIG.optimiser, rate: 1e-12, finalRate: 1e-12 },
      average: null,
      steps: 30,
      validation: { every: 1, shapes: 2 },
      patience: 3,
    });
    expect(unwrap(run.end).stopped).toBe('early stop');
  });

  it('answers a batch that cannot be shared, another network, and a damaged checkpoint', async () => {
    const uneven = await runTraining({ ...CONFIG, batch: 5 }, { workers: 2 });
    expect(uneven.end).toMatchObject({ ok: false, error: { code: 'batch-uneven' } });
    const run = await runTraining({ ...CONFIG, steps: 3 });
    const other = { ...CONFIG, network: { ...CONFIG.network, parts: 6 } };
    expect((await runTraining(other, { resumed: run.runFolder })).end).toMatchObject({
      ok: false,
      error: { code: 'checkpoint-mismatch' },
    });
    const path = join(run.runFolder, 'checkpoint.safetensors');
    await writeFile(path, readFileSync(path).subarray(0, 1000));
    expect((await runTraining(CONFIG, { resumed: run.runFolder })).end).toMatchObject({
      ok: false,
      error: { code: 'file-truncated' },
    });
  });

  it('learns from a data set that was made of three meshes, one of them open', async () => {
    const meshes = join(folder, 'meshes');
    await mkdir(meshes);
    const { positions, indices } = boxMesh([0.2, 0.3, 0.5]);
    await writeFile(join(meshes, 'box.obj'), encodeObj({ positions, indices }));
    await writeFile(join(meshes, 'open.obj'), encodeObj({ positions, indices: indices.slice(6) }));
    await writeFile(join(meshes, 'ball.obj'), encodeObj(sphereMesh(8, 12)));
    const data = join(folder, 'of-meshes');
    const options = meshesOptionsSchema.parse({ views: 1, imageSize: 16, pointsPerSet: 200 });
    unwrap(await writeMeshesDataset(meshes, data, options));
    const { end, rows, runFolder } = await runTraining(CONFIG, { data });
    expect(unwrap(end)).toMatchObject({ stopped: 'steps done' });
    expect(rows.at(-1)).toMatchObject({ step: 6 });
    expect(rows.every(({ values }) => values.total === undefined || Number.isFinite(values.total))).toBe(
      true,
    );
    expect(rows.at(-1)!.values.validationIou).toBeGreaterThanOrEqual(0);
    const { card } = unwrap(await readModel(join(runFolder, 'best.safetensors')));
    expect(card.data).toBe('3 shapes made of meshes in meshes, seed 1');
  });

  it('answers a data set that has nothing to validate on', async () => {
    const data = join(folder, 'two');
    const options = { count: 2, views: 1, imageSize: 8, pointsPerSet: 50, seed: 1, families: ['mug'] };
    unwrap(await writeShapesDataset(data, options));
    const { end } = await runTraining(CONFIG, { data });
    expect(end).toMatchObject({ ok: false, error: { code: 'data-too-small' } });
    expect(end.ok ? '' : end.error.message).toMatch(/seed 1 has no shapes in its validation split/);
  });

  it('answers data that are not there', async () => {
    const empty = join(folder, 'empty');
    await mkdir(empty);
    const end = await superviseTraining({
      config: CONFIG,
      data: { paths: [dataFolder, empty] },
      runFolder: join(folder, 'none'),
      resume: false,
      workers: 2,
      backend: 'wasm',
      workerFile,
      context: {
        signal: new AbortController().signal,
        progress: () => undefined,
        preview: () => undefined,
        flatPreview: () => undefined,
        picturePreview: () => undefined,
        rows: () => undefined,
        onControl: () => undefined,
      },
    });
    expect(end.ok).toBe(false);
    if (!end.ok) expect(end.error.message).toContain('empty');
  });
});

function bytes(values: Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}
