import '@tensorflow/tfjs-backend-cpu';
import { dispose, setBackend } from '@tensorflow/tfjs-core';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPACT_DEPTH_TRAINING, type CvxNetTraining } from '../../../shared/recipes/training';
import { createRandom } from '../../../shared/random';
import { unwrap } from '../../../shared/result';
import { drawWeights } from '../../learning/network/weights';
import { allSpecs } from '../../learning/cvxnet/training/learner';
import { createAdam } from '../../learning/training/adam';
import { loadCheckpoint, saveCheckpoint } from './checkpoint';
import { takeFirstStage } from './first-stage';
import { runFiles } from './run-folder';

const CONFIG: CvxNetTraining = {
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
  teacher: { steps: 5, batch: 8, rate: 1e-3, grid: 4, width: 6, weight: 1 },
  seed: 7,
};
/** The same parts from colour: only the encoder differs. */
const COLOUR: CvxNetTraining = { ...CONFIG, network: { ...CONFIG.network, inputChannels: 4 } };

const folder = mkdtempSync(join(tmpdir(), 'first-stage-'));
const donor = join(folder, 'donor');

beforeAll(async () => {
  await setBackend('cpu');
  mkdirSync(donor);
  const weights = drawWeights(allSpecs(CONFIG), createRandom(1));
  const average = drawWeights(allSpecs(CONFIG), createRandom(2));
  unwrap(
    await saveCheckpoint(
      runFiles(donor).firstStage,
      CONFIG,
      { step: 5, weights, average, adam: await createAdam(CONFIG.optimiser).state() },
      { best: null, sinceBest: 0 },
    ),
  );
  dispose([...weights.values(), ...average.values()]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function values(path: string, part: 'weights' | 'average'): Promise<Map<string, number[]>> {
  const { learner } = unwrap(await loadCheckpoint(path));
  const found = new Map([...learner[part]!].map(([name, one]) => [name, [...one.dataSync()]]));
  dispose([...learner.weights.values(), ...(learner.average?.values() ?? [])]);
  return found;
}

describe('the first stage of another run', () => {
  it("gives decoder and teacher by their average; the encoder is the new run's own", async () => {
    const to = join(folder, 'colour');
    mkdirSync(to);
    unwrap(await takeFirstStage(COLOUR, donor, to));
    const { config, learner } = unwrap(await loadCheckpoint(runFiles(to).checkpoint));
    expect(config).toEqual(COLOUR);
    expect(learner.step).toBe(5);
    const theirs = await values(runFiles(donor).firstStage, 'average');
    const own = await values(runFiles(to).checkpoint, 'weights');
    for (const [name, value] of own) {
      if (name.startsWith('encoder/')) continue;
      expect(value).toEqual(theirs.get(name));
    }
    const stem = own.get('encoder/stem/kernel')!;
    expect(stem.length).toBe(theirs.get('encoder/stem/kernel')!.length * 4);
    expect(new Set(stem).size).toBeGreaterThan(100);
    expect(await values(runFiles(to).checkpoint, 'average')).toEqual(own);
  });

  it('refuses another decoder, a configuration without teacher and a run without a first stage', async () => {
    const to = join(folder, 'refused');
    const wider = { ...COLOUR, network: { ...COLOUR.network, decoderWidths: [13] } };
    expect(await takeFirstStage(wider, donor, to)).toMatchObject({
      ok: false,
      error: { code: 'first-stage-mismatch', message: expect.stringContaining('decoder/dense1/kernel') },
    });
    expect(await takeFirstStage({ ...CONFIG, teacher: null }, donor, to)).toMatchObject({
      ok: false,
      error: { code: 'no-first-stage' },
    });
    expect(await takeFirstStage(CONFIG, folder, to)).toMatchObject({
      ok: false,
      error: { code: 'no-first-stage', message: expect.stringContaining(folder) },
    });
  });
});
