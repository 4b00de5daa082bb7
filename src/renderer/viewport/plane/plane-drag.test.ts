import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedOffset } from '../../../shared/document/plane-range';
import type { Vec3 } from '../../../shared/geometry/types';
import { partPolytope } from '../../../shared/shape/explicit';
import { boxPart } from '../../../shared/shape/box.fixture';
import { startPlaneDrag, typeDistance, type PlaneDrag } from './plane-drag';
import type { PointerRay } from './drag-geometry';
import { viewportState, withOffset } from '../testing';

const SEED = 20262;
const HALF = 0.1;
const PLANE_X = 1;
const PIXEL = 0.002;

/** A pointer seen from +z, over the point x of the x axis. */
function pointer(x: number): PointerRay {
  const d: Vec3 = [x, 0, -4];
  const length = Math.hypot(...d);
  return { origin: [0, 0, 4], direction: [d[0] / length, d[1] / length, d[2] / length] };
}

function dragOf(parts = [boxPart(0, [0, 0, 0], [HALF, HALF, HALF], { id: 'a' })]): PlaneDrag {
  const state = viewportState(parts, { frame: { origin: [0, 0, 0], metresPerUnit: 1, upAxis: 'y' } });
  const drag = startPlaneDrag(state, parts[0], PLANE_X, [HALF, 0, 0], pointer(HALF), 0, PIXEL);
  if (!drag) throw new Error('a box can be dragged');
  return drag;
}

describe('dragging a plane', () => {
  it('follows the pointer', () => {
    const drag = dragOf();
    expect(drag.move(pointer(0.2), 0, false)?.offset).toBeCloseTo(0.2, 3);
    expect(drag.label()).toMatch(/^\+\d+(\.\d+)? mm$/);
    expect(drag.move(pointer(0.2), 0, false)).toBeNull();
  });

  it(`never leaves a part without a body, wherever the pointer goes (seed ${SEED})`, () => {
    const part = boxPart(0, [0.05, -0.1, 0.2], [HALF, HALF, HALF], { id: 'a' });
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), (x) => {
        const drag = dragOf([part]);
        drag.move(pointer(x), 0, false);
        const body = partPolytope(withOffset(part, PLANE_X, drag.current().offset));
        expect(body.ok && body.value.faces.some(({ plane }) => plane === PLANE_X)).toBe(true);
      }),
      { seed: SEED, numRuns: 100 },
    );
  });

  it('says why it stopped', () => {
    const drag = dragOf();
    expect(drag.move(pointer(-0.5), 0, false)?.stopped).toBe('the part would vanish');
    expect(drag.label()).toContain('stopped');
  });

  it('leaves a locked plane where it is and says what to unlock', () => {
    const part = boxPart(0, [0, 0, 0], [HALF, HALF, HALF], { id: 'a', name: 'Leg' });
    for (const [locked, words] of [
      [{ ...part, locked: true }, '"Leg" is locked: unlock it first'],
      [
        { ...part, planes: part.planes.map((plane, i) => ({ ...plane, locked: i === PLANE_X })) },
        'Plane 2 of "Leg" is locked: unlock it first',
      ],
    ] as const) {
      const drag = dragOf([locked]);
      expect(drag.locked).toBe(true);
      drag.move(pointer(0.3), 0, false);
      drag.type('5');
      expect(drag.current().offset).toBe(HALF);
      expect(drag.label()).toContain(words);
    }
    expect(dragOf().locked).toBe(false);
  });

  it('stops where a typed distance does: at the edge of the space on a side that no other plane closes', () => {
    const drag = dragOf();
    for (const key of '9000') drag.type(key);
    expect(drag.current().offset).toBe(
      allowedOffset(boxPart(0, [0, 0, 0], [HALF, HALF, HALF]), PLANE_X, 9.1).offset,
    );
    expect(drag.label()).toContain('leave the space');
  });

  it('lands on a parallel face of another part when near one, else on the grid', () => {
    const parts = [
      boxPart(0, [0, 0, 0], [HALF, HALF, HALF], { id: 'a' }),
      boxPart(1, [0.517, 0.3, 0], [0.2, HALF, HALF]),
    ];
    const drag = dragOf(parts);
    const near = drag.move(pointer(0.305), 0, true);
    expect(near?.offset).toBeCloseTo(0.317, 9);
    expect(near?.snapped?.face).toEqual({ partId: 'part-1', plane: 0 });
    expect(drag.label()).toContain('face of Part 2');
    const free = drag.move(pointer(0.21), 0, true);
    expect(free?.offset).toBeCloseTo(0.2, 9);
    expect(free?.snapped?.label).toContain('grid');
  });

  it('does not snap to a hidden part', () => {
    const parts = [
      boxPart(0, [0, 0, 0], [HALF, HALF, HALF], { id: 'a' }),
      boxPart(1, [0.517, 0, 0], [0.2, HALF, HALF], { visible: false }),
    ];
    expect(dragOf(parts).move(pointer(0.315), 0, true)?.snapped?.face).toBeNull();
  });

  it('takes a typed distance and holds it while the pointer moves', () => {
    const drag = dragOf();
    for (const key of ['2', '5']) drag.type(key);
    expect(drag.current().offset).toBeCloseTo(HALF + 0.025, 12);
    expect(drag.move(pointer(0.3), 0, false)).toBeNull();
    drag.type('-');
    expect(drag.current().offset).toBeCloseTo(HALF - 0.025, 12);
    for (let i = 0; i < 3; i++) drag.type('Backspace');
    expect(drag.move(pointer(0.2), 0, false)?.offset).toBeCloseTo(0.2, 3);
    expect(drag.type('q')).toBeNull();
  });

  it('reads keys of a number and no others', () => {
    expect(typeDistance(null, '7')).toBe('7');
    expect(typeDistance('7', ',')).toBe('7.');
    expect(typeDistance('7.', '.')).toBe('7.');
    expect(typeDistance('7', '-')).toBe('-7');
    expect(typeDistance('7', 'Backspace')).toBeNull();
    expect(typeDistance(null, 'Backspace')).toBeUndefined();
    expect(typeDistance('7', 'a')).toBeUndefined();
  });
});
