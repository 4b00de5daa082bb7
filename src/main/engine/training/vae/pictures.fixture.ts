import type { DatasetPicture, PictureDataset } from '../../../../shared/dataset/pictures';
import { createRandom } from '../../../../shared/random';
import { ok } from '../../../../shared/result';

const SIZE = 8;
const COUNTS = { train: 60, validation: 20, test: 20 } as const;
const OFFSETS = { train: 0, validation: 1000, test: 2000 } as const;

/** Bars of 8 x 8 pixels, lying ("lying") or standing ("standing"), each at a place of its own. */
export function barPictures(): PictureDataset {
  const draw = (seed: number, isStanding: boolean): DatasetPicture => {
    const at = createRandom(seed).integer(SIZE);
    const pixels = new Uint8Array(SIZE * SIZE);
    for (let i = 0; i < SIZE; i++) pixels[isStanding ? i * SIZE + at : at * SIZE + i] = 255;
    return { width: SIZE, height: SIZE, channels: 1, pixels };
  };
  return {
    name: 'bars',
    format: 'drawn',
    classes: ['lying', 'standing'],
    factors: [],
    size: { width: SIZE, height: SIZE, channels: 1 },
    notes: [],
    count: (split) => COUNTS[split],
    at: (split, index) => ({ id: `${split}-${index}`, class: index % 2, anomalous: null, factors: null }),
    read: async (split, index) => ok(draw(OFFSETS[split] + index, index % 2 === 1)),
    mask: async () => ok(null),
  };
}
