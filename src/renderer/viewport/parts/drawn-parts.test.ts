import { Ray, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { ConvexPart } from '../../../shared/shape/types';
import { boxPart } from '../../../shared/shape/box.fixture';
import { createDrawnParts } from './drawn-parts';
import { viewportState, withOffset } from '../testing';

const FIFTY = Array.from({ length: 50 }, (_, i) =>
  boxPart(i, [(i % 10) * 0.1 - 0.45, Math.floor(i / 10) * 0.1 - 0.2, 0], [0.03, 0.03, 0.03]),
);

const replace = (parts: readonly ConvexPart[], at: number, part: ConvexPart): ConvexPart[] =>
  parts.map((old, i) => (i === at ? part : old));

const down = (x: number, y: number): Ray => new Ray(new Vector3(x, y, 5), new Vector3(0, 0, -1));

describe('drawn parts', () => {
  it('rebuilds exactly one of 50 parts for each move of a dragged plane', () => {
    const drawn = createDrawnParts();
    drawn.update(viewportState(FIFTY));
    expect(drawn.rebuilds()).toBe(50);
    let parts: ConvexPart[] = FIFTY;
    for (let move = 1; move <= 10; move++) {
      parts = replace(parts, 17, withOffset(parts[17], 1, 0.03 + move * 0.002));
      drawn.update(viewportState(parts), true);
      expect(drawn.rebuilds()).toBe(50 + move);
    }
    drawn.dispose();
  });

  it('rebuilds nothing for a rename, a colour theme, an explosion, a selection or an eye', () => {
    const drawn = createDrawnParts();
    drawn.update(viewportState(FIFTY));
    drawn.update(viewportState(replace(FIFTY, 3, { ...FIFTY[3], name: 'Leg', visible: false })));
    drawn.update(viewportState(FIFTY, { theme: 'light', explode: 1, selectedPartIds: new Set(['part-3']) }));
    expect(drawn.rebuilds()).toBe(50);
    drawn.dispose();
  });

  it('frees parts that left and keeps those that stayed', () => {
    const drawn = createDrawnParts();
    drawn.update(viewportState(FIFTY));
    drawn.update(viewportState(FIFTY.slice(0, 20)));
    expect(drawn.drawn()).toHaveLength(20);
    expect(drawn.group.children).toHaveLength(20);
    expect(drawn.get('part-30')).toBeUndefined();
    drawn.update(viewportState(FIFTY));
    expect(drawn.rebuilds()).toBe(80);
    drawn.dispose();
    expect(drawn.group.children).toHaveLength(0);
  });

  it('picks the plane of the nearest face, where the part is displayed', () => {
    const drawn = createDrawnParts();
    const parts = [
      boxPart(0, [0.2, 0, 0.2], [0.1, 0.1, 0.1], { id: 'near' }),
      boxPart(0, [0.2, 0, -0.2], [0.1, 0.1, 0.1], { id: 'far' }),
    ];
    drawn.update(viewportState(parts));
    expect(drawn.pick(down(0.2, 0.01))).toMatchObject({
      target: { partId: 'near', plane: 5 },
      distance: expect.closeTo(4.7, 6),
    });
    expect(drawn.pick(down(0.6, 0))).toBeNull();

    drawn.update(viewportState(parts, { isolatedPartIds: new Set(['far']) }));
    expect(drawn.pick(down(0.2, 0.01))?.target.partId).toBe('far');

    const apart = [
      boxPart(0, [-0.2, 0, 0], [0.1, 0.1, 0.1], { id: 'left' }),
      boxPart(0, [0.2, 0, 0], [0.1, 0.1, 0.1], { id: 'right' }),
    ];
    drawn.update(viewportState(apart, { explode: 1 }));
    expect(drawn.pick(down(0.2, 0))).toBeNull();
    const hit = drawn.pick(down(0.38, 0));
    expect(hit?.target.partId).toBe('right');
    // The point is the part's own, not the exploded one.
    expect(hit?.point[0]).toBeCloseTo(0.2, 6);
    drawn.dispose();
  });

  it('picks the moved face right after a drag, not the old one', () => {
    const drawn = createDrawnParts();
    const part = boxPart(0, [0, 0, 0], [0.1, 0.1, 0.1], { id: 'a' });
    drawn.update(viewportState([part]));
    expect(drawn.pick(down(0, 0))?.distance).toBeCloseTo(4.9, 6);
    drawn.update(viewportState([withOffset(part, 5, 0.4)]));
    expect(drawn.pick(down(0, 0))?.distance).toBeCloseTo(4.6, 6);
    drawn.dispose();
  });

  it('draws nothing for a part without a body, and draws it again once it has one', () => {
    const drawn = createDrawnParts();
    const part = boxPart(0, [0, 0, 0], [0.1, 0.1, 0.1], { id: 'a' });
    drawn.update(viewportState([withOffset(part, 1, -0.3)]));
    expect(drawn.drawn()).toHaveLength(0);
    expect(drawn.get('a')?.polytope).toBeNull();
    drawn.update(viewportState([part]));
    expect(drawn.drawn()).toHaveLength(1);
    drawn.dispose();
  });

  it('keeps an exploded arrangement still while a plane is dragged', () => {
    const drawn = createDrawnParts();
    const parts = [
      boxPart(0, [-0.2, 0, 0], [0.1, 0.1, 0.1], { id: 'a' }),
      boxPart(0, [0.2, 0, 0], [0.1, 0.1, 0.1], { id: 'b' }),
    ];
    drawn.update(viewportState(parts, { explode: 1 }));
    const before = drawn.get('b')!.group.position.x;
    const moved = viewportState(replace(parts, 0, withOffset(parts[0], 0, 0.3)), { explode: 1 });
    drawn.update(moved, true);
    expect(drawn.get('b')!.group.position.x).toBe(before);
    drawn.update(moved, false);
    expect(drawn.get('b')!.group.position.x).not.toBe(before);
    drawn.dispose();
  });
});
