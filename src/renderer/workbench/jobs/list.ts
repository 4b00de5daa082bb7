import { createStore, type StoreApi } from 'zustand/vanilla';
import type { JobKind, JobProgress } from '../../../shared/contract/jobs';
import type { Problem } from '../../../shared/result';

export type JobState = 'running' | 'finished' | 'failed' | 'cancelled';

/** A job as the window lists it. */
export interface JobEntry {
  readonly id: number;
  readonly kind: JobKind;
  readonly title: string;
  readonly state: JobState;
  /** Milliseconds of `performance.now()`. */
  readonly startedAt: number;
  readonly progress: JobProgress;
  /** One line when it finished: what came out. */
  readonly outcome: string | null;
  /** What a person is likely to do next, and with which document: the action belongs to no other one. */
  readonly next: NextAction | null;
  /** Token of what the job wrote. */
  readonly reveal: string | null;
  /** Stays until it is dismissed. */
  readonly problem: Problem | null;
}

export interface NextAction {
  readonly command: string;
  /** Generation of the document that the job was begun with; see DocumentState. */
  readonly generation: number;
}

export interface JobOutcome {
  readonly outcome: string;
  readonly next?: NextAction;
  readonly reveal?: string;
}

export interface JobList {
  readonly store: StoreApi<readonly JobEntry[]>;
  add(job: Pick<JobEntry, 'id' | 'kind' | 'title'> & { readonly cancel: () => void }): void;
  progress(id: number, progress: JobProgress): void;
  finish(id: number, end: JobOutcome): void;
  fail(id: number, problem: Problem): void;
  /** An error that no job carries: a file that could not be chosen, a command that failed. */
  report(title: string, problem: Problem): void;
  cancel(id: number): void;
  dismiss(id: number): void;
}

/** The command to offer after a job: none once the document that it was begun with is no longer shown. */
export function nextCommand({ next }: Pick<JobEntry, 'next'>, generation: number): string | null {
  return next?.generation === generation ? next.command : null;
}

/** Finished jobs that stay listed; errors stay until they are read. */
const KEPT = 12;

export function createJobList(now: () => number = () => performance.now()): JobList {
  const store = createStore<readonly JobEntry[]>(() => []);
  const cancels = new Map<number, () => void>();
  let nextReport = -1;

  const change = (id: number, changes: Partial<JobEntry>): void =>
    store.setState(
      store.getState().map((job) => (job.id === id ? { ...job, ...changes } : job)),
      true,
    );

  const end = (id: number, changes: Partial<JobEntry>): void => {
    cancels.delete(id);
    change(id, changes);
    const jobs = store.getState();
    const finished = jobs.filter((job) => job.state === 'finished' || job.state === 'cancelled');
    const surplus = new Set(finished.slice(KEPT).map((job) => job.id));
    if (surplus.size > 0) {
      store.setState(
        jobs.filter((job) => !surplus.has(job.id)),
        true,
      );
    }
  };

  const insert = (entry: Pick<JobEntry, 'id' | 'kind' | 'title'> & Partial<JobEntry>): void =>
    store.setState(
      [
        {
          state: 'running' as const,
          startedAt: now(),
          progress: { fraction: null, stage: 'Starting', figures: {} },
          outcome: null,
          next: null,
          reveal: null,
          problem: null,
          ...entry,
        },
        ...store.getState(),
      ],
      true,
    );

  return {
    store,
    add: ({ id, kind, title, cancel }) => {
      cancels.set(id, cancel);
      insert({ id, kind, title });
    },
    progress: (id, progress) => change(id, { progress }),
    finish: (id, { outcome, next, reveal }) =>
      end(id, { state: 'finished', outcome, next: next ?? null, reveal: reveal ?? null }),
    fail: (id, problem) =>
      end(id, problem.code === 'cancelled' ? { state: 'cancelled' } : { state: 'failed', problem }),
    report: (title, problem) => insert({ id: nextReport--, kind: 'open', title, state: 'failed', problem }),
    cancel: (id) => cancels.get(id)?.(),
    dismiss: (id) =>
      store.setState(
        store.getState().filter((job) => job.id !== id || job.state === 'running'),
        true,
      ),
  };
}

/** Seconds that a job still needs, by itself or from its pace so far; null while that says nothing. */
export function secondsLeft(job: JobEntry, now: number): number | null {
  const { fraction, figures } = job.progress;
  if (job.state === 'running' && figures.secondsLeft !== undefined) return figures.secondsLeft;
  const elapsed = (now - job.startedAt) / 1000;
  if (job.state !== 'running' || fraction === null || fraction < 0.02 || elapsed < 0.5) return null;
  return (elapsed * (1 - fraction)) / fraction;
}
