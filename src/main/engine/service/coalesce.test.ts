import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCoalescer } from './coalesce';

describe('createCoalescer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const now = (): number => Date.now();

  it('sends the first value at once and then only the newest per interval', () => {
    const sent: number[] = [];
    const coalescer = createCoalescer<number>((value) => sent.push(value), 50, false, now);
    for (let value = 0; value < 10; value++) coalescer.offer(value);
    expect(sent).toEqual([0]);
    vi.advanceTimersByTime(49);
    expect(sent).toEqual([0]);
    vi.advanceTimersByTime(1);
    expect(sent).toEqual([0, 9]);
  });

  it('stays at or under twenty a second however many are offered', () => {
    let sends = 0;
    const coalescer = createCoalescer<number>(() => sends++, 50, false, now);
    for (let millisecond = 0; millisecond < 1000; millisecond++) {
      coalescer.offer(millisecond);
      vi.advanceTimersByTime(1);
    }
    expect(sends).toBeLessThanOrEqual(21);
    expect(sends).toBeGreaterThanOrEqual(19);
  });

  it('waits for a slow reader and then gives it the newest, never a queue', () => {
    const sent: number[] = [];
    const coalescer = createCoalescer<number>((value) => sent.push(value), 200, true, now);
    for (let value = 0; value < 20; value++) {
      coalescer.offer(value);
      vi.advanceTimersByTime(200);
    }
    expect(sent).toEqual([0]);
    coalescer.acknowledge();
    expect(sent).toEqual([0, 19]);
  });

  it('sends what is pending on flush and nothing after stop', () => {
    const sent: number[] = [];
    const coalescer = createCoalescer<number>((value) => sent.push(value), 50, false, now);
    coalescer.offer(1);
    coalescer.offer(2);
    coalescer.flush();
    expect(sent).toEqual([1, 2]);
    coalescer.offer(3);
    coalescer.stop();
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([1, 2]);
  });

  it('sends at once what is offered when the interval is just over, and then keeps the rate', () => {
    const sent: number[] = [];
    const coalescer = createCoalescer<number>((value) => sent.push(value), 50, false, now);
    coalescer.offer(1);
    vi.advanceTimersByTime(50);
    coalescer.offer(2);
    expect(sent).toEqual([1, 2]);
    expect(vi.getTimerCount()).toBe(0);
    coalescer.offer(3);
    vi.advanceTimersByTime(49);
    expect(sent).toEqual([1, 2]);
  });

  it('flushes once: the time that was set for the value passes without another', () => {
    const sent: number[] = [];
    const coalescer = createCoalescer<number>((value) => sent.push(value), 50, false, now);
    coalescer.offer(1);
    coalescer.offer(2);
    vi.advanceTimersByTime(30);
    coalescer.flush();
    expect(vi.getTimerCount()).toBe(0);
    coalescer.offer(3);
    vi.advanceTimersByTime(49);
    expect(sent).toEqual([1, 2]);
    vi.advanceTimersByTime(1);
    expect(sent).toEqual([1, 2, 3]);
  });

  it('leaves no timer behind where nothing waits, and takes nothing once stopped', () => {
    const sent: number[] = [];
    const coalescer = createCoalescer<number>((value) => sent.push(value), 50, true, now);
    coalescer.offer(1);
    coalescer.acknowledge();
    expect(vi.getTimerCount()).toBe(0);
    coalescer.offer(2);
    expect(vi.getTimerCount()).toBe(1);
    coalescer.stop();
    expect(vi.getTimerCount()).toBe(0);
    coalescer.offer(3);
    coalescer.flush();
    vi.advanceTimersByTime(1000);
    coalescer.offer(4);
    expect(sent).toEqual([1]);
  });

  it('waits for no reader of what could not be sent', () => {
    const sent: number[] = [];
    const coalescer = createCoalescer<number>(
      (value) => {
        if (value === 1) throw new Error('broken');
        sent.push(value);
      },
      50,
      true,
      now,
    );
    expect(() => coalescer.offer(1)).toThrow('broken');
    coalescer.offer(2);
    vi.advanceTimersByTime(50);
    expect(sent).toEqual([2]);
  });
});
