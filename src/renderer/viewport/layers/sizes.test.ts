import { Group, type Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { boxPart } from '../../../shared/shape/box.fixture';
import type { LayerContext } from '../layer';
import { createDrawnParts } from '../parts/drawn-parts';
import { viewportState } from '../testing';
import type { ViewportState } from '../types';
import { layer } from './sizes';

const PARTS = [boxPart(0, [-0.2, 0, 0], [0.1, 0.05, 0.02]), boxPart(1, [0.2, 0, 0], [0.1, 0.1, 0.1])];

/** What the layer says of a state, with a screen that sees along z, 100 pixels a unit. */
function said(change: Partial<ViewportState>): readonly string[] {
  const state = viewportState(PARTS, change);
  const parts = createDrawnParts();
  parts.update(state);
  const context: Partial<LayerContext> = {
    root: new Group(),
    parts,
    state: () => state,
    toScreen: ({ x, y }: Vector3) => ({ x: 100 * x, y: -100 * y }),
  };
  const sizes = layer.create(context as LayerContext);
  sizes.update?.(state, null);
  const words = (sizes.labels?.() ?? []).map(({ text }) => text);
  sizes.dispose();
  expect(context.root?.children).toEqual([]);
  return words;
}

describe('the sizes of the selection', () => {
  const frame = { origin: [0, 0, 0], metresPerUnit: 0.5, upAxis: 'z' } as const;

  it('are the lengths of the box around it along the axes of the source', () => {
    expect(said({ frame, selectedPartIds: new Set(['part-0']) })).toEqual([
      'X 100.0 mm',
      'Y 50.00 mm',
      'Z 20.00 mm',
    ]);
    const both = new Set(['part-0', 'part-1']);
    expect(said({ frame, selectedPartIds: both })).toEqual(['X 300.0 mm', 'Y 100.0 mm', 'Z 100.0 mm']);
  });

  it('are not told of nothing, of what is hidden, or of several parts that stand apart', () => {
    expect(said({ frame })).toEqual([]);
    const one = new Set(['part-0']);
    expect(said({ frame, selectedPartIds: one, isolatedPartIds: new Set(['part-1']) })).toEqual([]);
    expect(said({ frame, selectedPartIds: new Set(['part-0', 'part-1']), explode: 0.5 })).toEqual([]);
    expect(said({ frame, selectedPartIds: one, explode: 0.5 })).toHaveLength(3);
  });
});
