import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../../../shared/geometry/types';
import type { ConvexPart } from '../../../shared/shape/types';
import { checkTargets, summarise } from './limits';

/** A part with `count` planes tangent to a sphere, in Fibonacci order: 2 * count - 4 vertices. */
function ball(count: number): ConvexPart {
  const planes = Array.from({ length: count }, (_, i) => {
    const y = 1 - (2 * i + 1) / count;
    const angle = i * Math.PI * (3 - Math.sqrt(5));
    const r = Math.sqrt(1 - y * y);
    return { normal: [r * Math.cos(angle), y, r * Math.sin(angle)] as Vec3, offset: 0.2, locked: false };
  });
  return {
    id: `ball-${count}`,
    name: 'Ball',
    index: 0,
    translation: [0, 0, 0],
    planes,
    smoothness: 100,
    visible: true,
    locked: false,
  };
}

const verdictOf = (parts: readonly ConvexPart[], target: string) =>
  checkTargets(parts, 1).find((check) => check.target === target)?.verdict;

describe('limits of the physics engines in the window', () => {
  it('find a shape of few planes fit for every engine', () => {
    expect(summarise(checkTargets([ball(12)], 1))).toEqual({ verdict: 'fits', text: 'Fits every engine' });
  });

  it('name the engines that a part is too much for, and the part', () => {
    const checks = checkTargets([ball(12), ball(60)], 1);
    const physx = checks.find((check) => check.target === 'physx-gpu');
    expect(physx?.verdict).toBe('error');
    expect(physx?.messages[0]).toContain('Ball: The part has 116 vertices, the limit is 64');
    expect(verdictOf([ball(60)], 'mujoco')).toBe('fits');
    expect(summarise(checks).verdict).toBe('error');
  });

  it('take the scale of the document into account', () => {
    expect(checkTargets([ball(12)], 1).find(({ target }) => target === 'physx-gpu')?.verdict).toBe('fits');
    expect(checkTargets([ball(12)], 0.001).find(({ target }) => target === 'physx-gpu')?.verdict).toBe(
      'warning',
    );
  });
});
