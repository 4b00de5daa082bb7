import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../shared/result';
import { openDataset } from '../../files/dataset';
import { writeShapesDataset } from '../../files/dataset/write-shapes';
import { createWasmFieldKernel } from '../../compute/kernels/wasm';
import { createGrants } from '../service/grants';
import { shippedNames } from '../models/model-files';
import { openNetwork } from '../models/networks';
import { evaluateNetwork } from './evaluate';
import { measureSubset, readSubset } from './subset';

const modelsFolder = join(process.cwd(), 'resources/models');
const access = { grants: createGrants(), backend: 'wasm', modelsFolder } as const;
const LARGEST_BYTES = 16_000_000;

describe('the models that ship', () => {
  it('are one for depth and one for colour', async () => {
    expect(await shippedNames(modelsFolder, 'cvxnet')).toEqual(['depth', 'rgb']);
  });

  for (const name of ['depth', 'rgb'] as const) {
    it(`${name}: is small, has a card with scores and a library, and scores on the subset what it did`, async () => {
      const network = unwrap(await openNetwork({ name }, access));
      expect(network.input).toBe(name);
      expect(network.bytes).toBeLessThanOrEqual(LARGEST_BYTES);
      const { card, library } = network;
      expect(card.network).toEqual(network.config);
      expect(Object.keys(card.test?.families ?? {}).length).toBeGreaterThanOrEqual(12);
      expect(library?.ids.length).toBeGreaterThanOrEqual(100);
      const subset = unwrap(await readSubset(join(modelsFolder, name, 'subset.safetensors')));
      const ious = await measureSubset(network, subset);
      expect(ious.length).toBe(15);
      // Sums of another order move a point at the border now and then.
      ious.forEach((iou, i) => expect(iou).toBeCloseTo(subset.ious[i], 1.5));
      const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
      expect(Math.abs(mean(ious) - mean(subset.ious))).toBeLessThan(0.005);
      // One shape of most families: near the mean over families that the card tells.
      expect(Math.abs(mean(ious) - card.test!.macro.iou)).toBeLessThan(0.15);
    });
  }

  it('depth: refining on a view from a told place brings new shapes nearer to the truth', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'halfspace-shipped-'));
    try {
      const options = { count: 30, views: 1, imageSize: 80, pointsPerSet: 4096, seed: 77 };
      unwrap(await writeShapesDataset(folder, { ...options, families: ['chair', 'car', 'table'] }));
      const methods = unwrap(
        await evaluateNetwork({
          network: unwrap(await openNetwork({ name: 'depth' }, access)),
          dataset: unwrap(await openDataset(folder)),
          split: 'test',
          shapes: 3,
          baselines: false,
          fits: 0,
          refined: 3,
          tools: { kernel: await createWasmFieldKernel(), seed: 1, signal: new AbortController().signal },
          onProgress: () => undefined,
        }),
      );
      const iouOf = (name: string) => methods.find(({ method }) => method === name)!.macro.iou;
      expect(iouOf('refined')).toBeGreaterThan(iouOf('before refining') + 0.03);
      expect(iouOf('refined, pose searched for')).toBeGreaterThan(iouOf('before refining') - 0.03);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
