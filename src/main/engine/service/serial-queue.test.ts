import { describe, expect, it } from 'vitest';
import { createSerialQueue } from './serial-queue';

/** Work that notes when it begins and ends when told. */
function work(
  name: string,
  begun: string[],
): { run: () => Promise<void>; end: () => Promise<void>; fail: () => Promise<void> } {
  let settle: (error?: Error) => void = () => undefined;
  const promise = new Promise<void>((resolve, reject) => {
    settle = (error) => (error ? reject(error) : resolve());
  });
  // The queue hears of the end a turn later.
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  return {
    run: () => (begun.push(name), promise),
    end: () => (settle(), turn()),
    fail: () => (settle(new Error('broken')), turn()),
  };
}

describe('a serial queue', () => {
  it('runs one piece of work after another, also after one that failed', async () => {
    const begun: string[] = [];
    const queue = createSerialQueue();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => work(name, begun));
    for (const { run } of [a, b, c]) queue.add(run);
    expect(begun).toEqual(['a']);
    await a.fail();
    expect(begun).toEqual(['a', 'b']);
    await b.end();
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('begins at once again when it has run empty', async () => {
    const begun: string[] = [];
    const queue = createSerialQueue();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => work(name, begun));
    queue.add(a.run);
    await a.end();
    queue.add(b.run);
    expect(begun).toEqual(['a', 'b']);
    queue.add(c.run);
    expect(begun).toEqual(['a', 'b']);
    await b.end();
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('takes out what waits, and only that', async () => {
    const begun: string[] = [];
    const queue = createSerialQueue();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => work(name, begun));
    const [removeA, removeB] = [a, b, c].map(({ run }) => queue.add(run));
    expect(removeA()).toBe(false);
    expect(removeB()).toBe(true);
    expect(removeB()).toBe(false);
    await a.end();
    expect(begun).toEqual(['a', 'c']);
  });
});
