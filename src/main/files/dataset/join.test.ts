import { describe, expect, it } from 'vitest';
import type { DatasetShape, ShapeDataset, Split } from '../../../shared/dataset/types';
import { fail, ok, unwrap } from '../../../shared/result';
import { joinDatasets } from './join';

/** A data set whose shapes answer with what they were asked for. */
function dataset(
  name: string,
  families: readonly string[],
  lists: Readonly<Record<Split, readonly string[]>>,
) {
  const asked: string[] = [];
  const all = Object.values(lists).flat();
  const set: ShapeDataset = {
    name,
    families,
    shapes: (split) => lists[split].map((id) => ({ id, family: families[0] })),
    read: async (id) => {
      asked.push(id);
      if (!all.includes(id)) return fail({ code: 'shape-unknown', message: `${name} has no ${id}.` });
      return ok({ id, family: families[0] } as DatasetShape);
    },
    surface: async (id) => {
      asked.push(`surface of ${id}`);
      return ok(null);
    },
  };
  return { set, asked };
}

const OURS = { train: ['chair-1', 'chair-2'], validation: ['chair-3'], test: ['chair-4'] };
const THEIRS = { train: ['chair-1'], validation: [], test: ['a-b-c'] };

describe('joined data sets', () => {
  it('hold every split of each, one after another, under ids that are told apart', () => {
    const joined = joinDatasets([
      dataset('ours', ['chair', 'lamp'], OURS).set,
      dataset('theirs', ['lamp', 'car'], THEIRS).set,
    ]);
    expect(joined.name).toBe('ours + theirs');
    expect(joined.families).toEqual(['chair', 'lamp', 'car']);
    expect(joined.shapes('train')).toEqual([
      { id: '1-chair-1', family: 'chair' },
      { id: '1-chair-2', family: 'chair' },
      { id: '2-chair-1', family: 'lamp' },
    ]);
    expect(joined.shapes('validation').map(({ id }) => id)).toEqual(['1-chair-3']);
    expect(joined.shapes('test').map(({ id }) => id)).toEqual(['1-chair-4', '2-a-b-c']);
  });

  it('read a shape where it lies, and name it as they listed it', async () => {
    const ours = dataset('ours', ['chair'], OURS);
    const theirs = dataset('theirs', ['lamp'], THEIRS);
    const joined = joinDatasets([ours.set, theirs.set]);
    expect(unwrap(await joined.read('2-a-b-c'))).toEqual({ id: '2-a-b-c', family: 'lamp' });
    expect(unwrap(await joined.surface('1-chair-4'))).toBeNull();
    expect(ours.asked).toEqual(['surface of chair-4']);
    expect(theirs.asked).toEqual(['a-b-c']);
  });

  it('answer an unknown shape as its data set does', async () => {
    const joined = joinDatasets([
      dataset('ours', ['chair'], OURS).set,
      dataset('theirs', ['lamp'], THEIRS).set,
    ]);
    for (const id of ['2-chair-9', '3-chair-1', 'nonsense']) {
      expect(await joined.read(id)).toMatchObject({ ok: false, error: { code: 'shape-unknown' } });
    }
  });

  it('are the one itself where there is but one', () => {
    const { set } = dataset('ours', ['chair'], OURS);
    expect(joinDatasets([set])).toBe(set);
  });
});
