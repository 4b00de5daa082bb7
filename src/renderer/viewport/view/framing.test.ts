import { describe, expect, it } from 'vitest';
import { boxPart } from '../../../shared/shape/box.fixture';
import { viewportState } from '../testing';
import type { GhostGeometry, ViewportState } from '../types';
import { createFraming } from './framing';

const PARTS = [boxPart(0, [0, 0, 0], [0.1, 0.1, 0.1])];
const ghost = (): GhostGeometry => ({ positions: new Float32Array(9), indices: null });
const state = (change: Partial<ViewportState> = {}): ViewportState => viewportState(PARTS, change);

describe('framing', () => {
  it('jumps to the first content and moves to another source', () => {
    const framing = createFraming();
    expect(framing.next(state(), true, false)).toBe('none');
    expect(framing.next(state(), false, false)).toBe('jump');
    expect(framing.next(state(), false, false)).toBe('none');
    const source = ghost();
    expect(framing.next(state({ ghost: source }), false, false)).toBe('move');
    expect(framing.next(state({ ghost: source }), false, false)).toBe('none');
    expect(framing.next(state({ ghost: ghost() }), false, false)).toBe('move');
  });

  it('follows the parts apart and back together', () => {
    const framing = createFraming();
    framing.next(state(), false, false);
    expect(framing.next(state({ explode: 0.6 }), false, false)).toBe('move');
    expect(framing.next(state({ explode: 0.6, hover: { partId: 'part-0', plane: 1 } }), false, false)).toBe(
      'none',
    );
    expect(framing.next(state(), false, false)).toBe('move');
  });

  it('does not turn the camera out of the hands of a person who holds it', () => {
    const framing = createFraming();
    framing.next(state(), false, false);
    expect(framing.next(state({ explode: 0.6 }), false, true)).toBe('none');
    expect(framing.next(state({ explode: 0.6 }), false, false)).toBe('none');
  });

  it('jumps again after there was nothing', () => {
    const framing = createFraming();
    framing.next(state(), false, false);
    framing.next(viewportState([], { explode: 0.6 }), true, false);
    expect(framing.next(state({ explode: 0.6 }), false, false)).toBe('jump');
  });
});
