import { describe, expect, it } from 'vitest';
import { checkDraft, otherValues, PRESETS, valueAt, withValue } from './draft';
import { NETWORKS } from '../../../shared/networks';

const [{ config: compact }] = PRESETS;

describe('a draft of a configuration', () => {
  it('is right for every preset, and shows every value once', () => {
    for (const { config } of PRESETS) {
      const { config: checked, errors } = checkDraft(config);
      expect(checked).toEqual(config);
      for (const { path, names } of NETWORKS[config.kind].fields) {
        const value = valueAt(config, path);
        if (names) expect(value === null || Array.isArray(value)).toBe(true);
        else expect(typeof value).toBe('number');
      }
      const others = otherValues(config, errors).map(({ path }) => path);
      expect(new Set(others).size).toBe(others.length);
      expect(others).toContain('validation.every');
      expect(others).not.toContain('steps');
    }
  });

  it('names each error at its field, in words', () => {
    const draft = withValue(
      withValue(withValue(compact, 'network.planes', 3), 'optimiser.rate', 'fast'),
      'batch',
      2.5,
    );
    expect(Object.fromEntries(checkDraft(draft).errors)).toEqual({
      'network.planes': 'Must be more than the dimensions, or no part is bounded',
      'optimiser.rate': 'Needs a number',
      batch: 'Needs a whole number',
    });
    expect(checkDraft(withValue(compact, 'steps', 0)).errors.get('steps')).toBe('Must be at least 1');
    expect(checkDraft(withValue(compact, 'start', 'x')).errors.get('start')).toBe(
      'Must be "reference" or "clusters"',
    );
  });

  it('survives any JSON: what is missing is an error, what is too much is named', () => {
    for (const json of [null, 7, [], 'text', {}]) expect(checkDraft(json).config).toBeNull();
    const { errors } = checkDraft({ ...compact, validation: undefined, extra: 1 });
    expect(errors.get('validation')).toBe('Needs an object with its fields');
    expect(errors.get('')).toBe('Has no field "extra"');
    const shown = otherValues({ ...compact, validation: undefined, extra: 1 }, errors);
    expect(shown.map(({ path }) => path)).toEqual(expect.arrayContaining(['validation', 'extra', '']));
    expect(withValue(7, 'network.parts', 3)).toEqual({ network: { parts: 3 } });
  });
});
