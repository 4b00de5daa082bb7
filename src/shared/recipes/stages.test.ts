import { describe, expect, it } from 'vitest';
import { COMPACT_DEPTH_TRAINING, firstValidation, REFERENCE_RGB_TRAINING, stageAt } from './training';
import { DIGITS_TRAINING } from './vae-presets';

describe('the stages of a run', () => {
  const short = { ...COMPACT_DEPTH_TRAINING, steps: 400 };

  it('count the steps that the recipe names, each stage by itself', () => {
    expect(stageAt(short, 0)).toEqual({ name: 'first', step: 0, steps: 2000 });
    expect(stageAt(short, 1999)).toEqual({ name: 'first', step: 1999, steps: 2000 });
    expect(stageAt(short, 2000)).toEqual({ name: 'main', step: 0, steps: 400 });
    expect(stageAt(short, 2037)).toEqual({ name: 'main', step: 37, steps: 400 });
    expect(stageAt(short, 2400)).toEqual({ name: 'main', step: 400, steps: 400 });
  });

  it('are one where nothing comes before', () => {
    expect(stageAt({ ...REFERENCE_RGB_TRAINING, steps: 400 }, 7)).toEqual({
      name: 'main',
      step: 7,
      steps: 400,
    });
    expect(stageAt({ ...DIGITS_TRAINING, steps: 400 }, 7)).toEqual({ name: 'main', step: 7, steps: 400 });
  });

  it('are validated first by what decides after the first stage, at the latest at the end', () => {
    expect(firstValidation(short)).toBe(2250);
    expect(firstValidation({ ...short, steps: 100 })).toBe(2100);
    expect(firstValidation({ ...short, teacher: { ...short.teacher!, steps: 1900 } })).toBe(2000);
    expect(firstValidation({ ...DIGITS_TRAINING, steps: 10 })).toBe(10);
  });
});
