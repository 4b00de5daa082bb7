import { describe, expect, it } from 'vitest';
import { boxPart } from '../shape/box.fixture';
import type { ConvexPart } from '../shape/types';
import { isKept, keptParts, lockedParts, lockedPlane } from './locks';

const free = (name: string): ConvexPart => ({ ...boxPart(0, [0, 0, 0], [0.1, 0.1, 0.1]), name });
const locked = (name: string): ConvexPart => ({ ...free(name), locked: true });
/** One of six planes is locked. */
const held = (name: string): ConvexPart => ({
  ...free(name),
  planes: free(name).planes.map((plane, index) => ({ ...plane, locked: index === 2 })),
});
const [a, b, c, d] = [free('a'), locked('b'), held('c'), locked('d')];

describe('what is locked', () => {
  it('is kept: a part, or one with a single locked plane', () => {
    expect([a, b, c].map(isKept)).toEqual([false, true, true]);
  });

  it('is named with what to unlock', () => {
    const messages = [[], [a, c], [a, b], [b, d], [b, d, locked('e')]].map(
      (parts) => lockedParts(parts)?.message,
    );
    expect(messages).toEqual([
      undefined,
      undefined,
      '"b" is locked: unlock it first.',
      '"b" and 1 other part are locked: unlock them first.',
      '"b" and 2 other parts are locked: unlock them first.',
    ]);
  });

  it('cannot be deleted: locked parts are named first, then those held by a plane', () => {
    expect(keptParts([a])).toBeNull();
    expect(keptParts([a, c])).toEqual({
      code: 'locked',
      message: '"c" is held by a locked plane: unlock the plane of it first.',
    });
    expect(keptParts([c, b])?.message).toBe('"b" is locked: unlock it first.');
    expect(keptParts([c, held('e')])?.message).toBe(
      '"c" and 1 other part are held by a locked plane: unlock the plane of them first.',
    );
  });

  it('cannot be moved: the plane of a locked part, or the locked plane alone', () => {
    expect(lockedPlane(b, 0)?.message).toBe('"b" is locked: unlock it first.');
    expect(lockedPlane(c, 2)?.message).toBe('Plane 3 of "c" is locked: unlock it first.');
    expect([lockedPlane(c, 1), lockedPlane(a, 0)]).toEqual([null, null]);
  });
});
