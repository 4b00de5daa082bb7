import type { PictureDataset } from '../../../shared/dataset/pictures';
import type { Split } from '../../../shared/dataset/types';
import { DSPRITES, DSPRITES_COUNT, DSPRITES_SIZE, dspritesFactors } from '../../synthetic/pictures/dsprites';
import { drawPlanted, PLANTED_SIZE } from '../../synthetic/pictures/planted';
import { ok } from '../../../shared/result';
import { outOfRange } from './problems';

/** A prime that does not divide the number of sprites: steps of it visit every one in a mixed order. */
const STRIDE = 330_017;
const DSPRITES_HELD_OUT = 40_000;

/** dSprites, drawn on demand: every combination once, mixed, 40,000 each for validation and test. */
export function drawnDsprites(): PictureDataset {
  const begins: Record<Split, number> = {
    validation: 0,
    test: DSPRITES_HELD_OUT,
    train: 2 * DSPRITES_HELD_OUT,
  };
  const sizes: Record<Split, number> = {
    validation: DSPRITES_HELD_OUT,
    test: DSPRITES_HELD_OUT,
    train: DSPRITES_COUNT - 2 * DSPRITES_HELD_OUT,
  };
  const place = (split: Split, index: number): number => ((begins[split] + index) * STRIDE) % DSPRITES_COUNT;
  const dataset: PictureDataset = {
    name: 'dSprites',
    format: 'dSprites, drawn on demand',
    classes: ['square', 'ellipse', 'heart'],
    factors: DSPRITES.factors,
    size: { width: DSPRITES_SIZE, height: DSPRITES_SIZE, channels: 1 },
    notes: [],
    count: (split) => sizes[split],
    at: (split, index) => {
      const factors = dspritesFactors(place(split, index));
      return { id: String(place(split, index)), class: factors[0], anomalous: null, factors };
    },
    read: async (split, index) => {
      const problem = outOfRange(dataset, split, index);
      if (problem) return problem;
      const pixels = DSPRITES.draw(dspritesFactors(place(split, index))).map((value) => value * 255);
      return ok({ width: DSPRITES_SIZE, height: DSPRITES_SIZE, channels: 1, pixels });
    },
    mask: async () => ok(null),
  };
  return dataset;
}

const PLANTED_COUNTS: Record<Split, number> = { train: 2000, validation: 200, test: 400 };
const PLANTED_SEED = 59;

/** Textures with something planted in half of the test pictures; the others are normal. */
export function drawnPlanted(): PictureDataset {
  const isAnomalous = (split: Split, index: number): boolean => split === 'test' && index % 2 === 1;
  const draw = (split: Split, index: number) =>
    drawPlanted(`${PLANTED_SEED} ${split} ${index}`, isAnomalous(split, index));
  const dataset: PictureDataset = {
    name: 'Planted anomalies',
    format: 'drawn textures',
    classes: ['good', 'planted'],
    factors: [],
    size: { width: PLANTED_SIZE, height: PLANTED_SIZE, channels: 1 },
    notes: [],
    count: (split) => PLANTED_COUNTS[split],
    at: (split, index) => ({
      id: `${split}-${String(index).padStart(4, '0')}`,
      class: isAnomalous(split, index) ? 1 : 0,
      anomalous: isAnomalous(split, index),
      factors: null,
    }),
    read: async (split, index) => {
      const problem = outOfRange(dataset, split, index);
      if (problem) return problem;
      const { pixels } = draw(split, index);
      return ok({ width: PLANTED_SIZE, height: PLANTED_SIZE, channels: 1, pixels });
    },
    mask: async (split, index) => {
      const problem = outOfRange(dataset, split, index);
      if (problem) return problem;
      return ok({ width: PLANTED_SIZE, height: PLANTED_SIZE, mask: draw(split, index).mask });
    },
  };
  return dataset;
}
