import { describe, expect, it } from 'vitest';
import { COMPACT_DEPTH_TRAINING } from '../../../shared/recipes/training';
import { DIGITS_TRAINING } from '../../../shared/recipes/vae-presets';
import { emptyCurveWords, stageWords } from './run-words';

const short = { ...COMPACT_DEPTH_TRAINING, steps: 400 };
const rows = [{ step: 1, values: { total: 3 } }];

describe('the words of a run', () => {
  it('count the steps of the stage that it is in', () => {
    expect(stageWords(short, 37)).toBe('step 37 of the first stage');
    expect(stageWords(short, 2037)).toBe('step 37');
    expect(stageWords(short, 2000)).toBe('end of the first stage');
    expect(stageWords({ ...DIGITS_TRAINING, steps: 400 }, 37)).toBe('step 37');
  });

  it('of a chart without a line never say that nothing was measured beside a loss', () => {
    expect(emptyCurveWords([{ config: short, rows }], 'validationIou')).toBe(
      'Validation IoU (macro) is measured first at step 2,250 of the curves',
    );
    expect(emptyCurveWords([{ config: short, rows }], 'overlap')).toBe(
      'Loss: decomposition was not measured in these runs',
    );
    expect(emptyCurveWords([{ config: short, rows: [] }], 'total')).toBe(
      'The first values come with the first steps',
    );
    expect(emptyCurveWords([{ config: null, rows: [] }], 'validationIou')).toBe(
      'The first values come with the first steps',
    );
  });
});
