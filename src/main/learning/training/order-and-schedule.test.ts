import { describe, expect, it } from 'vitest';
import {
  COMPACT_DEPTH_TRAINING,
  REFERENCE_RGB_TRAINING,
  samplesSeen,
  totalSteps,
  trainingConfigSchema,
  type CvxNetTraining,
} from '../../../shared/recipes/training';
import { createDataOrder, randomFor } from './data-order';
import {
  averageDecay,
  decoderShareAt,
  rateAt,
  sharpnessAt,
  teacherWeightAt,
} from '../../../shared/recipes/schedule';

const config: CvxNetTraining = {
  ...COMPACT_DEPTH_TRAINING,
  batch: 16,
  steps: 1000,
  teacher: { steps: 200, batch: 64, rate: 2e-3, grid: 8, width: 16, weight: 2 },
  sharpness: { from: 40, steps: 600 },
};

describe('the order of the data', () => {
  it('sees every shape once per epoch, in another order each time, and follows from the seed alone', () => {
    const order = createDataOrder(7, 50);
    const epoch = (e: number) => Array.from({ length: 50 }, (_, i) => order(e * 50 + i));
    const [first, second] = [epoch(0), epoch(1)];
    for (const one of [first, second]) expect(one.toSorted((a, b) => a - b)).toEqual([...Array(50).keys()]);
    expect(first).not.toEqual(second);
    expect(createDataOrder(7, 50)(73)).toBe(second[23]);
    expect(Array.from({ length: 50 }, (_, i) => createDataOrder(8, 50)(i))).not.toEqual(first);
  });

  it('draws other numbers for each purpose, index and seed', () => {
    const draws = new Set<number>();
    for (const seed of [0, 1, 2]) {
      for (const stream of ['order', 'row', 'start'] as const) {
        for (const index of [0, 1, 1000]) draws.add(randomFor(seed, stream, index).uniform());
      }
    }
    expect(draws.size).toBe(27);
    expect(randomFor(3, 'row', 5).state()).toEqual(randomFor(3, 'row', 5).state());
  });

  it('counts the shapes of both stages', () => {
    expect(totalSteps(config)).toBe(1200);
    expect([0, 200, 203].map((step) => samplesSeen(config, step))).toEqual([0, 12_800, 12_848]);
    expect(samplesSeen(REFERENCE_RGB_TRAINING, 800_000)).toBe(25_600_000);
  });
});

describe('the schedules', () => {
  it('warm up and fall within each stage', () => {
    const { warmup, rate, finalRate } = config.optimiser;
    expect(rateAt(config, 0)).toBeCloseTo(2e-3 / warmup, 10);
    expect(rateAt(config, warmup)).toBeCloseTo(2e-3, 10);
    expect(rateAt(config, 199)).toBeLessThan(1e-4);
    expect(rateAt(config, 200)).toBeCloseTo(rate / warmup, 10);
    expect(rateAt(config, 200 + (warmup + 1000) / 2)).toBeCloseTo((rate + finalRate) / 2, 10);
    expect(rateAt(config, 1200)).toBeCloseTo(finalRate, 10);
    expect(rateAt(REFERENCE_RGB_TRAINING, 12_345)).toBe(1e-4);
  });

  it('raise the sharpness geometrically and stay at the end', () => {
    expect(sharpnessAt(config, 0)).toBe(40);
    expect(sharpnessAt(config, 300)).toBeCloseTo(Math.sqrt(40 * 150), 9);
    expect(sharpnessAt(config, 600)).toBe(150);
    expect(sharpnessAt(REFERENCE_RGB_TRAINING, 0)).toBe(75);
  });

  it('let the picture go from the teacher', () => {
    expect(teacherWeightAt(config, 200)).toBe(2);
    expect(teacherWeightAt(config, 700)).toBeCloseTo(1, 9);
    expect(teacherWeightAt(config, 1200)).toBeCloseTo(0, 9);
    expect(teacherWeightAt(REFERENCE_RGB_TRAINING, 5)).toBe(0);
  });

  it('free the decoder as the pull fades', () => {
    expect(decoderShareAt(config, 199)).toBe(1);
    expect(decoderShareAt(config, 200)).toBe(0);
    expect(decoderShareAt(config, 700)).toBeCloseTo(0.5, 9);
    expect(decoderShareAt(config, 1200)).toBeCloseTo(1, 9);
    expect(decoderShareAt(REFERENCE_RGB_TRAINING, 5)).toBe(1);
  });

  it('let the average of young weights forget fast, in each stage', () => {
    for (const start of [0, 200]) expect(averageDecay(0.999, config, start)).toBeCloseTo(0.1, 9);
    expect(averageDecay(0.999, config, 1e6)).toBe(0.999);
  });

  it('come from configurations that are checked', () => {
    expect(trainingConfigSchema.safeParse(config).success).toBe(true);
    const unknown = trainingConfigSchema.safeParse({ ...config, learningRate: 1 });
    expect(unknown.success).toBe(false);
    const few = trainingConfigSchema.safeParse({ ...config, boxPoints: 5 });
    expect(few.error?.issues[0].path).toEqual(['boxPoints']);
  });
});
