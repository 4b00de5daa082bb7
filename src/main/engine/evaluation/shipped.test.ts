import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../shared/result';
import { createGrants } from '../grants';
import { shippedNames } from '../model-files';
import { openNetwork } from '../networks';
import { measureSubset, readSubset } from './subset';

const modelsFolder = join(process.cwd(), 'resources/models');
const room = { grants: createGrants(), backend: 'wasm', modelsFolder } as const;
const LARGEST_BYTES = 16_000_000;

describe('the models that ship', () => {
  it('are one for depth and one for colour', async () => {
    expect(await shippedNames(modelsFolder, 'cvxnet')).toEqual(['depth', 'rgb']);
  });

  for (const name of ['depth', 'rgb'] as const) {
    it(`${name}: is small, has a card with scores and a library, and scores on the subset what it did`, async () => {
      const network = unwrap(await openNetwork({ name }, room));
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
});
