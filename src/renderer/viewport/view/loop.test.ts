import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLoop } from './loop';

describe('render loop', () => {
  let waiting: ((now: number) => void) | null = null;
  let now = 0;
  beforeEach(() => {
    vi.useFakeTimers();
    now = 1000;
    waiting = null;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    vi.stubGlobal('requestAnimationFrame', (callback: (at: number) => void) => {
      if (waiting) throw new Error('two frames were asked for at once');
      waiting = callback;
      return 1;
    });
    vi.stubGlobal('cancelAnimationFrame', () => {
      waiting = null;
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
  const step = (milliseconds: number): void => {
    const callback = waiting;
    waiting = null;
    now += milliseconds;
    callback?.(now);
  };

  it('draws once for any number of requests, then sleeps', () => {
    const draw = vi.fn<() => boolean>(() => false);
    const loop = createLoop(draw, () => {});
    expect(waiting).toBeNull();
    for (let i = 0; i < 5; i++) loop.request();
    step(16);
    expect(draw).toHaveBeenCalledTimes(1);
    expect(waiting).toBeNull();
    loop.dispose();
  });

  it.each([
    [16, 62.5],
    [320, 3.125],
  ])('reports the rate of a motion of %d ms frames, and null at rest', (period, rate) => {
    const reports: (number | null)[] = [];
    let frames = 40;
    const loop = createLoop(
      () => --frames > 0,
      (framesPerSecond) => reports.push(framesPerSecond),
    );
    loop.request();
    for (let i = 0; i < 40; i++) step(period);
    expect(waiting).toBeNull();
    for (const report of reports) expect(report).toBeCloseTo(rate, 1);
    expect(reports.length).toBeGreaterThan(1);
    vi.runAllTimers();
    expect(reports.at(-1)).toBeNull();
    loop.dispose();
  });

  it('starts a new motion after a rest: the pause is not a slow frame', () => {
    const elapsed: number[] = [];
    const loop = createLoop(
      (_, gap) => {
        elapsed.push(gap);
        return false;
      },
      () => {},
    );
    loop.request();
    step(16);
    now += 5000;
    loop.request();
    step(16);
    now += 4;
    loop.request();
    step(12);
    expect(elapsed).toEqual([0, 0, 16]);
    loop.dispose();
  });
});
