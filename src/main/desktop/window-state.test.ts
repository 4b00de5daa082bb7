import { describe, expect, it } from 'vitest';
import { usableBounds } from './window-state';

const screens = [
  { x: 0, y: 0, width: 1920, height: 1080 },
  { x: 1920, y: 0, width: 1280, height: 1024 },
];

describe('usableBounds', () => {
  it('keeps a window that can be taken hold of', () => {
    const onSecond = { x: 2000, y: 20, width: 1000, height: 800 };
    expect(usableBounds(onSecond, screens)).toBe(onSecond);
  });

  it.each([
    ['right of every screen', { x: 3200, y: 10, width: 900, height: 700 }],
    ['with its title above the screen', { x: 100, y: -30, width: 900, height: 700 }],
    ['below the screen', { x: 100, y: 1075, width: 900, height: 700 }],
    ['with a sliver on the screen', { x: -860, y: 10, width: 900, height: 700 }],
  ])('lets the system place a window %s', (_where, bounds) => {
    expect(usableBounds(bounds, screens)).toBeNull();
  });

  it('lets the system place a window that has no stored place, or no screen', () => {
    expect(usableBounds(null, screens)).toBeNull();
    expect(usableBounds({ x: 0, y: 0, width: 900, height: 700 }, [])).toBeNull();
  });
});
