import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BuiltinPictures } from '../../../shared/recipes/vae';
import { unwrap } from '../../../shared/result';
import { builtinPictures } from '../../files/pictures';
import { ALONE } from '../../learning/training/exchange';
import { createGrants } from '../service/grants';
import { shippedNames } from './model-files';
import { validateVae } from '../training/vae/held-out';
import { openPictureSource } from '../training/vae/source';
import { openVae } from './vaes';

const modelsFolder = join(process.cwd(), 'resources/models');
const access = { grants: createGrants(), backend: 'wasm', modelsFolder } as const;
const LARGEST_BYTES = 3_000_000;
const PICTURES = 100;

/** What each learned from, and of which classes. */
const SHIPPED: readonly [name: string, data: BuiltinPictures, classes: readonly string[] | null][] = [
  ['digit-1', 'digits', ['1']],
  ['digit-3', 'digits', ['3']],
  ['digits', 'digits', null],
  ['dsprites', 'dsprites', null],
];

describe('the VAEs that ship', () => {
  it('are these', async () => {
    expect(await shippedNames(modelsFolder, 'vae')).toEqual(SHIPPED.map(([name]) => name));
  });

  it.each(SHIPPED)(
    '%s: is small, and describes held-out pictures as its card says',
    async (name, data, classes) => {
      const vae = unwrap(await openVae({ name }, access));
      const { training, test, normal, network } = vae.card;
      expect(vae.bytes).toBeLessThanOrEqual(LARGEST_BYTES);
      expect(training.classes).toEqual(classes);
      expect(normal.divergence.filter((value) => value > 0.01).length).toBeGreaterThanOrEqual(2);
      const source = unwrap(
        openPictureSource(unwrap(await builtinPictures(data)), 'test', training, PICTURES),
      );
      const config = { ...training, attention: null, validation: { every: 1, pictures: PICTURES } };
      const validated = vae.withWeights((weights) => validateVae(config, source, weights, ALONE));
      const { validationReconstruction, validationDivergence } = unwrap(await validated).figures;
      // Some of the pictures that the card was measured on.
      expect(Math.abs(validationReconstruction / test!.reconstruction - 1)).toBeLessThan(0.15);
      expect(Math.abs(validationDivergence / test!.divergence - 1)).toBeLessThan(0.1);
      // A picture of noise is no picture that it knows.
      const pixels = network.width * network.height;
      expect(validationReconstruction).toBeLessThan(pixels * Math.LN2 * 0.5);
    },
  );
});
