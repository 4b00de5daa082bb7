import { beforeAll, describe, expect, it } from 'vitest';
import type { Vec3 } from '../../../../shared/geometry/types';
import { boxPart } from '../../../../shared/shape/box.fixture';
import type { ConvexPart, ConvexShape } from '../../../../shared/shape/types';
import { createWasmFieldKernel } from '../../../compute/kernels/wasm';
import type { ConvexFieldKernel } from '../../../compute/kernels/types';
import { boxSolid, freshIou, sampleSolid } from './fixtures';
import { fitShape } from './index';

const BOX = boxSolid([0.1, 0, 0], [0.3, 0.2, 0.15]);

let kernel: ConvexFieldKernel;
beforeAll(async () => {
  kernel = await createWasmFieldKernel();
});

/** A cube of a person's own making, whose plane `lockedPlane` is locked. */
function ownPart(index: number, centre: Vec3, half: number, lockedPlane = -1): ConvexPart {
  const own = { id: `own-${index}`, name: `Own ${index}`, smoothness: 123, visible: false };
  const part = boxPart(index, centre, [half, half, half], own);
  return { ...part, planes: part.planes.map((plane, i) => ({ ...plane, locked: i === lockedPlane })) };
}

async function refine(initial: ConvexShape, steps = 150, count = initial.parts.length): Promise<ConvexShape> {
  const result = await fitShape({
    samples: sampleSolid(BOX, 8000, 5),
    options: { parts: count, planes: 16, steps, pointsPerStep: 512, seed: 1 },
    initial,
    kernel,
    signal: new AbortController().signal,
    onProgress: () => {},
    onPreview: () => {},
  });
  if (!result.ok) throw new Error(result.error.message);
  return result.value.shape;
}

describe('a fit that continues from a shape', () => {
  it('improves it and keeps what names its parts', async () => {
    const initial = { parts: [ownPart(4, [0, 0, 0], 0.18), ownPart(9, [0.2, 0, 0], 0.17)], sharpness: 75 };
    const shape = await refine(initial);
    expect(shape.parts.map(({ id, name, index, visible }) => [id, name, index, visible])).toEqual([
      ['own-4', 'Own 4', 4, false],
      ['own-9', 'Own 9', 9, false],
    ]);
    expect(freshIou(shape, BOX, 20_000, 3)).toBeGreaterThan(freshIou(initial, BOX, 20_000, 3) + 0.1);
  });

  it('returns a locked part as it was and moves the other', async () => {
    const locked = { ...ownPart(0, [0.07, 0.013, 0.1], 0.0937), locked: true };
    const initial = { parts: [locked, ownPart(1, [0.2, 0, 0], 0.17)], sharpness: 60 };
    const shape = await refine(initial);
    expect(shape.parts[0]).toEqual(locked);
    expect(shape.parts[1]).not.toEqual(initial.parts[1]);
    expect(shape.sharpness).toBe(60);
  });

  it('leaves a locked plane bit-identical in space', async () => {
    const part = ownPart(0, [0.0371, 0.0129, 0.0011], 0.1837, 0);
    const shape = await refine({ parts: [part], sharpness: 75 });
    const after = shape.parts[0];
    expect(after.translation).toEqual(part.translation);
    expect(after.planes.filter((plane) => plane.locked)).toEqual([part.planes[0]]);
    expect(after.planes.filter((plane) => !plane.locked)).not.toEqual(part.planes.slice(1));
  });

  it('has the count asked for, locked parts included: surplus ones that are worth least go', async () => {
    const locked = { ...ownPart(3, [0.5, 0.5, 0.5], 0.03), locked: true };
    const planeLocked = ownPart(4, [-0.5, 0.5, 0.5], 0.03, 2);
    const small = ownPart(0, [-0.15, 0.15, 0], 0.02);
    const large = ownPart(1, [0.15, 0, 0], 0.2);
    const shape = await refine({ parts: [small, locked, large, planeLocked], sharpness: 75 }, 30, 3);
    expect(shape.parts.map(({ id }) => id)).toEqual(['own-3', 'own-1', 'own-4']);
    expect(shape.parts[0]).toEqual(locked);
  });

  it('keeps every locked part when they alone are more than the count asked for', async () => {
    const parts = [0, 1, 2].map((k) => ({ ...ownPart(k, [0.2 * k, 0, 0], 0.1), locked: true }));
    const free = ownPart(7, [0.1, 0, 0], 0.19);
    expect((await refine({ parts: [...parts, free], sharpness: 75 }, 30, 2)).parts).toEqual(parts);
  });

  it('makes missing parts where the locked ones cover nothing, under names of their own', async () => {
    const left = { ...boxPart(0, [-0.05, 0, 0], [0.15, 0.2, 0.15], { id: 'part-01', name: 'Part 2' }) };
    const initial = { parts: [{ ...left, locked: true }], sharpness: 75 };
    const shape = await refine(initial, 100, 3);
    expect(shape.parts[0]).toEqual(initial.parts[0]);
    expect(shape.parts.length).toBeGreaterThan(1);
    expect(shape.parts.length).toBeLessThanOrEqual(3);
    for (const key of ['id', 'name', 'index'] as const) {
      expect(new Set(shape.parts.map((part) => part[key])).size).toBe(shape.parts.length);
    }
    expect(freshIou(shape, BOX, 20_000, 3)).toBeGreaterThan(0.9);
  });

  it('leaves everything as it was when everything is locked', async () => {
    const parts = [ownPart(0, [0, 0, 0], 0.2), ownPart(1, [0.2, 0, 0], 0.17)].map((part) => ({
      ...part,
      locked: true,
    }));
    expect((await refine({ parts, sharpness: 75 }, 30)).parts).toEqual(parts);
  });
});
