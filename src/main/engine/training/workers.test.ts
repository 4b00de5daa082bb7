import { describe, expect, it } from 'vitest';
import { COMPACT_DEPTH_TRAINING, type CvxNetTraining } from '../../../shared/recipes/training';
import { DIGITS_TRAINING } from '../../../shared/recipes/vae-presets';
import { unwrap } from '../../../shared/result';
import { workersFor } from './workers';

const ANY = { name: 'wasm', trainingWorkers: Infinity };
const ONE = { name: 'planet', trainingWorkers: 1 };

function config(batch: number, firstStage: number | null): CvxNetTraining {
  const { teacher } = COMPACT_DEPTH_TRAINING;
  return {
    ...COMPACT_DEPTH_TRAINING,
    batch,
    teacher: firstStage === null ? null : { ...teacher!, batch: firstStage },
  };
}

describe('workers', () => {
  it('take every core that a batch can be shared by, in both stages', () => {
    const chosen = (batch: number, firstStage: number | null, cores: number): number =>
      unwrap(workersFor(config(batch, firstStage), ANY, undefined, cores));
    expect(chosen(32, null, 2)).toBe(2);
    expect(chosen(30, null, 4)).toBe(3);
    expect(chosen(7, null, 4)).toBe(1);
    expect(chosen(32, null, 64)).toBe(8);
    expect(chosen(30, 64, 3)).toBe(2);
    expect(unwrap(workersFor({ ...DIGITS_TRAINING, batch: 9 }, ANY, undefined, 4))).toBe(3);
  });

  it('are as many as the backend takes, and one that takes fewer than were asked for says so', () => {
    expect(unwrap(workersFor(config(32, null), ONE, undefined, 8))).toBe(1);
    expect(unwrap(workersFor(config(32, null), ONE, 1, 8))).toBe(1);
    expect(workersFor(config(32, null), ONE, 2, 8)).toMatchObject({
      ok: false,
      error: {
        code: 'too-many-workers',
        message: 'A training on the backend "planet" takes one worker, not 2.',
      },
    });
  });

  it('that were asked for are taken, more than there are cores, if they share every batch', () => {
    expect(unwrap(workersFor(config(32, null), ANY, 16, 2))).toBe(16);
    for (const [batch, firstStage] of [
      [30, null],
      [32, 30],
    ] as const) {
      expect(workersFor(config(batch, firstStage), ANY, 4, 8)).toMatchObject({
        ok: false,
        error: { code: 'batch-uneven', message: 'A batch of 30 cannot be shared evenly by 4 workers.' },
      });
    }
  });
});
