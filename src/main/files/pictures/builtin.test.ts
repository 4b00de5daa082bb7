import { describe, expect, it } from 'vitest';
import { SPLITS } from '../../../shared/dataset/types';
import { DSPRITES } from '../../synthetic/pictures/dsprites';
import { unwrap } from '../../../shared/result';
import { builtinPictures } from './index';

describe('collections that ship', () => {
  it('has 10,000 digits, every class in every split', async () => {
    const digits = unwrap(await builtinPictures('digits'));
    expect(SPLITS.reduce((sum, split) => sum + digits.count(split), 0)).toBe(10_000);
    expect(digits.size).toEqual({ width: 28, height: 28, channels: 1 });
    expect(digits.classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    const ids = new Set<string>();
    for (const split of SPLITS) {
      const perClass = Array.from({ length: 10 }, () => 0);
      for (let i = 0; i < digits.count(split); i++) {
        const { id, class: own } = digits.at(split, i);
        ids.add(id);
        perClass[own!]++;
      }
      expect(Math.min(...perClass)).toBeGreaterThan(split === 'train' ? 680 : 80);
    }
    expect(ids.size).toBe(10_000);
    const { pixels } = unwrap(await digits.read('train', 17));
    expect(pixels.length).toBe(784);
    // Ink is bright on black, in the middle.
    expect(Math.max(...pixels)).toBeGreaterThan(200);
    expect(pixels.subarray(0, 28).every((value) => value === 0)).toBe(true);
    expect(unwrap(await digits.mask('train', 17))).toBeNull();
  });

  it('draws dSprites by place: every combination once, in the same mixed order each time', async () => {
    const sprites = unwrap(await builtinPictures('dsprites'));
    const again = unwrap(await builtinPictures('dsprites'));
    const seen = new Uint8Array(737_280);
    const places = SPLITS.flatMap((split) => {
      for (let i = 0; i < sprites.count(split); i++) seen[Number(sprites.at(split, i).id)]++;
      return [sprites.count(split)];
    });
    expect(places.reduce((sum, count) => sum + count, 0)).toBe(737_280);
    expect(seen.every((times) => times === 1)).toBe(true);
    const id = sprites.at('test', 123);
    expect(again.at('test', 123)).toEqual(id);
    const { pixels } = unwrap(await sprites.read('test', 123));
    expect(pixels).toEqual(DSPRITES.draw(id.factors!).map((value) => value * 255));
    expect(id.class).toBe(id.factors![0]);
  });

  it('plants anomalies in half of the test pictures', async () => {
    const planted = unwrap(await builtinPictures('planted'));
    expect(SPLITS.map((split) => planted.count(split))).toEqual([2000, 200, 400]);
    let anomalous = 0;
    for (let i = 0; i < 400; i++) if (planted.at('test', i).anomalous) anomalous++;
    expect(anomalous).toBe(200);
    for (const i of [0, 1, 2, 3]) {
      const mask = unwrap(await planted.mask('test', i))!.mask;
      expect(mask.some((value) => value === 255)).toBe(planted.at('test', i).anomalous);
    }
    const again = unwrap(await builtinPictures('planted'));
    expect(unwrap(await again.read('train', 7))).toEqual(unwrap(await planted.read('train', 7)));
    expect(unwrap(await planted.read('train', 7))).not.toEqual(unwrap(await planted.read('train', 8)));
  });

  it.each(['digits', 'dsprites', 'planted'] as const)('says that %s has no such picture', async (name) => {
    const dataset = unwrap(await builtinPictures(name));
    for (const index of [-1, 0.5, dataset.count('test')]) {
      const read = await dataset.read('test', index);
      expect(read.ok ? null : read.error.code).toBe('picture-missing');
    }
  });
});
