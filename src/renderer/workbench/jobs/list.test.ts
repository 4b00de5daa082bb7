import { describe, expect, it } from 'vitest';
import { createJobList, secondsLeft } from './list';

describe('job list', () => {
  it('keeps errors until they are dismissed, however many jobs finish after them', () => {
    const jobs = createJobList(() => 0);
    jobs.add({ id: 1, kind: 'fit', title: 'Fit', cancel: () => undefined });
    jobs.fail(1, { code: 'bad', message: 'It is broken.' });
    for (let id = 2; id < 40; id++) {
      jobs.add({ id, kind: 'open', title: 'Open', cancel: () => undefined });
      jobs.finish(id, { outcome: 'Done' });
    }
    const listed = jobs.store.getState();
    expect(listed.length).toBeLessThan(20);
    expect(listed.find(({ id }) => id === 1)?.problem?.message).toBe('It is broken.');
    jobs.dismiss(1);
    expect(jobs.store.getState().some(({ id }) => id === 1)).toBe(false);
  });

  it('does not dismiss what is still running', () => {
    const jobs = createJobList(() => 0);
    jobs.add({ id: 1, kind: 'fit', title: 'Fit', cancel: () => undefined });
    jobs.dismiss(1);
    expect(jobs.store.getState()).toHaveLength(1);
  });

  it('tells a cancelled job from a failed one', () => {
    const jobs = createJobList(() => 0);
    jobs.add({ id: 1, kind: 'fit', title: 'Fit', cancel: () => undefined });
    jobs.fail(1, { code: 'cancelled', message: 'The job was cancelled.' });
    expect(jobs.store.getState()[0]).toMatchObject({ state: 'cancelled', problem: null });
  });

  it('estimates the time left from the pace so far', () => {
    const jobs = createJobList(() => 1000);
    jobs.add({ id: 1, kind: 'fit', title: 'Fit', cancel: () => undefined });
    jobs.progress(1, { fraction: 0.25, stage: 'Fitting', figures: {} });
    expect(secondsLeft(jobs.store.getState()[0], 3000)).toBeCloseTo(6);
    expect(secondsLeft(jobs.store.getState()[0], 1100)).toBeNull();
  });
});
