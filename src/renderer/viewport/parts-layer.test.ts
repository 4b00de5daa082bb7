import { Ray, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { ConvexPart } from '../../shared/shape/types';
import { boxPart } from '../../shared/shape/box.fixture';
import { createPartsLayer } from './parts-layer';
import { viewportState, withOffset } from './testing';

const FIFTY = Array.from({ length: 50 }, (_, i) =>
  boxPart(i, [(i % 10) * 0.1 - 0.45, Math.floor(i / 10) * 0.1 - 0.2, 0], [0.03, 0.03, 0.03]),
);

const replace = (parts: readonly ConvexPart[], at: number, part: ConvexPart): ConvexPart[] =>
  parts.map((old, i) => (i === at ? part : old));

const down = (x: number, y: number): Ray => new Ray(new Vector3(x, y, 5), new Vector3(0, 0, -1));

describe('parts layer', () => {
  it('rebuilds exactly one of 50 parts for each move of a dragged plane', () => {
    const layer = createPartsLayer();
    layer.update(viewportState(FIFTY));
    expect(layer.rebuilds()).toBe(50);
    let parts: ConvexPart[] = FIFTY;
    for (let move = 1; move <= 10; move++) {
      parts = replace(parts, 17, withOffset(parts[17], 1, 0.03 + move * 0.002));
      layer.update(viewportState(parts), true);
      expect(layer.rebuilds()).toBe(50 + move);
    }
    layer.dispose();
  });

  it('rebuilds nothing for a rename, a colour theme, an explosion, a selection or an eye', () => {
    const layer = createPartsLayer();
    layer.update(viewportState(FIFTY));
    layer.update(viewportState(replace(FIFTY, 3, { ...FIFTY[3], name: 'Leg', visible: false })));
    layer.update(viewportState(FIFTY, { theme: 'light', explode: 1, selectedPartIds: new Set(['part-3']) }));
    expect(layer.rebuilds()).toBe(50);
    layer.dispose();
  });

  it('frees parts that left and keeps those that stayed', () => {
    const layer = createPartsLayer();
    layer.update(viewportState(FIFTY));
    layer.update(viewportState(FIFTY.slice(0, 20)));
    expect(layer.drawn()).toHaveLength(20);
    expect(layer.group.children).toHaveLength(20);
    expect(layer.get('part-30')).toBeUndefined();
    layer.update(viewportState(FIFTY));
    expect(layer.rebuilds()).toBe(80);
    layer.dispose();
    expect(layer.group.children).toHaveLength(0);
  });

  it('picks the plane of the nearest face, where the part is displayed', () => {
    const layer = createPartsLayer();
    const parts = [
      boxPart(0, [0.2, 0, 0.2], [0.1, 0.1, 0.1], { id: 'near' }),
      boxPart(0, [0.2, 0, -0.2], [0.1, 0.1, 0.1], { id: 'far' }),
    ];
    layer.update(viewportState(parts));
    expect(layer.pick(down(0.2, 0.01))).toMatchObject({
      target: { partId: 'near', plane: 5 },
      distance: expect.closeTo(4.7, 6),
    });
    expect(layer.pick(down(0.6, 0))).toBeNull();

    layer.update(viewportState(parts, { isolatedPartIds: new Set(['far']) }));
    expect(layer.pick(down(0.2, 0.01))?.target.partId).toBe('far');

    const apart = [
      boxPart(0, [-0.2, 0, 0], [0.1, 0.1, 0.1], { id: 'left' }),
      boxPart(0, [0.2, 0, 0], [0.1, 0.1, 0.1], { id: 'right' }),
    ];
    layer.update(viewportState(apart, { explode: 1 }));
    expect(layer.pick(down(0.2, 0))).toBeNull();
    const hit = layer.pick(down(0.38, 0));
    expect(hit?.target.partId).toBe('right');
    // The point is the part's own, not the exploded one.
    expect(hit?.point[0]).toBeCloseTo(0.2, 6);
    layer.dispose();
  });

  it('picks the moved face right after a drag, not the old one', () => {
    const layer = createPartsLayer();
    const part = boxPart(0, [0, 0, 0], [0.1, 0.1, 0.1], { id: 'a' });
    layer.update(viewportState([part]));
    expect(layer.pick(down(0, 0))?.distance).toBeCloseTo(4.9, 6);
    layer.update(viewportState([withOffset(part, 5, 0.4)]));
    expect(layer.pick(down(0, 0))?.distance).toBeCloseTo(4.6, 6);
    layer.dispose();
  });

  it('draws nothing for a part without a body, and draws it again once it has one', () => {
    const layer = createPartsLayer();
    const part = boxPart(0, [0, 0, 0], [0.1, 0.1, 0.1], { id: 'a' });
    layer.update(viewportState([withOffset(part, 1, -0.3)]));
    expect(layer.drawn()).toHaveLength(0);
    expect(layer.get('a')?.polytope).toBeNull();
    layer.update(viewportState([part]));
    expect(layer.drawn()).toHaveLength(1);
    layer.dispose();
  });

  it('keeps an exploded arrangement still while a plane is dragged', () => {
    const layer = createPartsLayer();
    const parts = [
      boxPart(0, [-0.2, 0, 0], [0.1, 0.1, 0.1], { id: 'a' }),
      boxPart(0, [0.2, 0, 0], [0.1, 0.1, 0.1], { id: 'b' }),
    ];
    layer.update(viewportState(parts, { explode: 1 }));
    const before = layer.get('b')!.group.position.x;
    const moved = viewportState(replace(parts, 0, withOffset(parts[0], 0, 0.3)), { explode: 1 });
    layer.update(moved, true);
    expect(layer.get('b')!.group.position.x).toBe(before);
    layer.update(moved, false);
    expect(layer.get('b')!.group.position.x).not.toBe(before);
    layer.dispose();
  });
});
