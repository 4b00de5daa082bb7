import { describe, expect, it } from 'vitest';
import { MOST_LABELS } from '../../../../shared/contract/explain';
import type { PictureId } from '../../../../shared/dataset/pictures';
import type { Split } from '../../../../shared/dataset/types';
import { labelsOf } from './labels';

describe('labels', () => {
  it('say class and anomaly of every picture, -1 where it is not known, and nothing of a split that is too long', () => {
    const test: Pick<PictureId, 'class' | 'anomalous'>[] = [
      { class: 2, anomalous: true },
      { class: null, anomalous: false },
      { class: 0, anomalous: null },
    ];
    const counts: Readonly<Record<Split, number>> = { train: MOST_LABELS + 1, validation: 0, test: 3 };
    const labels = labelsOf({
      count: (split) => counts[split],
      at: (_split, index) => ({ id: `${index}`, factors: null, ...test[index] }),
    });
    expect(labels.train).toBeNull();
    expect(labels.validation).toEqual({ classes: new Int16Array(0), anomalous: new Int8Array(0) });
    expect(labels.test).toEqual({ classes: Int16Array.of(2, -1, 0), anomalous: Int8Array.of(1, 0, -1) });
  });
});
