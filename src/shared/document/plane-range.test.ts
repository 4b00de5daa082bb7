import { describe, expect, it } from 'vitest';
import { boxPart } from '../shape/box.fixture';
import { partPolytope } from '../shape/explicit';
import type { ConvexPart } from '../shape/types';
import { allowedOffset, planeRange, settleParts } from './plane-range';

describe('the range of a plane', () => {
  const normals = [
    [1, 0, 0],
    [-1, 0, 0],
    [0, 1, 0],
    [0, -1, 0],
    [0, 0, 1],
    [0, 0, -1],
    [Math.SQRT1_2, Math.SQRT1_2, 0],
  ] as const;
  const cube: ConvexPart = {
    ...boxPart(0, [0, 0, 0], [0.1, 0.1, 0.1]),
    planes: normals.map((normal) => ({ normal, offset: 0.1, locked: false })),
  };

  it('ends where the plane would leave nothing of the part, and says so', () => {
    const { offset, stopped } = allowedOffset(cube, 6, -5);
    expect(stopped).toBe('would be empty');
    expect(offset).toBeGreaterThan(-0.1 * Math.SQRT2);
    expect(offset).toBeLessThan(-0.1 * Math.SQRT2 + 0.01);
  });

  it('ends where the plane would cut nothing', () => {
    expect(allowedOffset(cube, 6, 5).stopped).toBe('cuts nothing');
    expect(allowedOffset(cube, 6, 5).offset).toBeCloseTo(0.1 * Math.SQRT2);
    expect(allowedOffset(cube, 6, 0.05)).toEqual({ offset: 0.05, stopped: null });
  });

  it('leaves a five-hundredth of the part, and lets a plane stand at either end', () => {
    // Along x the cube reaches from -0.1; the diagonal plane alone bounds the other side, at 0.1 sqrt 2 + 0.1.
    const extent = 0.2 * Math.SQRT2;
    const lowest = allowedOffset(cube, 6, -5).offset;
    expect(lowest).toBeCloseTo(-extent / 2 + 0.002 * extent, 9);
    expect(allowedOffset(cube, 6, lowest)).toEqual({ offset: lowest, stopped: null });
    const highest = allowedOffset(cube, 6, 5).offset;
    expect(highest).toBeCloseTo(extent / 2 - 0.002 * extent, 9);
    expect(allowedOffset(cube, 6, highest)).toEqual({ offset: highest, stopped: null });
  });

  it('stays where it is in a part that the other planes leave nothing of', () => {
    const empty = {
      ...cube,
      planes: cube.planes.map((plane, i) => (i === 1 ? { ...plane, offset: -0.2 } : plane)),
    };
    expect(allowedOffset(empty, 2, 0.05)).toEqual({ offset: 0.1, stopped: 'would be empty' });
  });

  it('ends at the edge of the space on a side that no other plane closes', () => {
    expect(allowedOffset(cube, 0, 0.4).offset).toBeLessThan(0.3);
    const open = { ...cube, planes: cube.planes.slice(0, 2) };
    expect(allowedOffset(open, 0, 1.5)).toEqual({ offset: 1.5, stopped: null });
    const held = allowedOffset(open, 0, 7);
    expect(held.stopped).toBe('leaves the space');
    expect(held.offset).toBeGreaterThan(1.98);
    expect(held.offset).toBeLessThan(2);
  });

  it('is none when no offset leaves the part a body', () => {
    const [first, opposite, ...rest] = cube.planes;
    expect(planeRange({ ...cube, planes: [first, { ...opposite, offset: -0.2 }, ...rest] }, 2)).toBeNull();
  });
});

describe('parts of a file', () => {
  const open = boxPart(0, [0, 0, 0], [0.1, 0.1, 0.1]);
  const withOffset = (part: ConvexPart, plane: number, offset: number): ConvexPart => ({
    ...part,
    planes: part.planes.map((each, i) => (i === plane ? { ...each, offset } : each)),
  });

  it('get back a face of each plane that left the space, which moves nothing inside it', () => {
    const { parts, moved } = settleParts([open, withOffset(open, 0, 10)]);
    expect(moved).toEqual([{ part: 1, plane: 0, from: 10, to: expect.closeTo(2, 1) }]);
    expect(parts[0]).toBe(open);
    const body = partPolytope(parts[1]);
    expect(body.ok && body.value.clippedByBox).toBe(false);
  });

  it('move a plane from where it no longer touches the space on, and no other plane', () => {
    const diagonal = { normal: [Math.SQRT1_2, Math.SQRT1_2, 0], offset: 2.9, locked: true } as const;
    // Open along the diagonal but for this plane: the box of half-size 2 has its edge at 2 sqrt 2 = 2.83.
    const wedge = {
      ...open,
      planes: [...open.planes.filter(({ normal }) => normal[0] <= 0 && normal[1] <= 0), diagonal],
    };
    const last = wedge.planes.length - 1;
    const { parts, moved } = settleParts([wedge]);
    expect(moved).toHaveLength(1);
    expect(moved[0]).toMatchObject({ part: 0, plane: last, from: 2.9 });
    expect(parts[0].planes.slice(0, last)).toEqual(wedge.planes.slice(0, last));
    expect(parts[0].planes[last]).toEqual({ ...diagonal, offset: moved[0].to });
    const near = withOffset(wedge, last, 2.8);
    expect(settleParts([near]).parts[0]).toBe(near);
    // A plane along an axis leaves the space at 2.
    expect(settleParts([withOffset(open, 0, 2)]).moved).toMatchObject([{ plane: 0, from: 2 }]);
    expect(settleParts([withOffset(open, 0, 1.999)]).moved).toEqual([]);
  });

  it('keep a far plane that other planes make needless, and are the same parts when nothing moved', () => {
    const needless = { ...open, planes: [...open.planes, { ...open.planes[0], offset: 50 }] };
    const parts = [open, needless];
    expect(settleParts(parts)).toEqual({ parts, moved: [] });
    expect(settleParts(parts).parts).toBe(parts);
  });
});
