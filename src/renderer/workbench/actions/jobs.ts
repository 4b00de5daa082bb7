import type { JobKind } from '../../../shared/contract/jobs';
import type { Problem, Result } from '../../../shared/result';
import type { JobEnd, JobHandle, JobListeners, RequestOf } from '../../../shared/contract/job-client';
import { offerDock } from './dock';
import { writeLog } from '../state/ui';
import type { Workbench } from '../state/workbench';

export interface JobWords<K extends JobKind> {
  readonly title: string;
  /** One line about the result; jobs without one leave the list when they are done. */
  outcome?(end: JobEnd<K>): string;
  /** Id of the command that a person is likely to run next on the document that is shown now. */
  readonly next?: string;
  /** Token of what was written, for "Show in folder". */
  readonly reveal?: string;
  /** Problems with these codes are not listed: the caller asks the person instead. */
  readonly handled?: readonly string[];
  readonly onStarted?: (id: number, handle: JobHandle<K>) => void;
  /** The job is stopped rather than cancelled: it ends with what it has. */
  readonly stops?: boolean;
}

/** Runs a job and lists it with its progress, its result in one line, or its error until it is dismissed. */
export async function runJob<K extends JobKind>(
  workbench: Workbench,
  request: RequestOf<K>,
  words: JobWords<K>,
  listeners: JobListeners = {},
): Promise<Result<JobEnd<K>>> {
  const { jobs, ui } = workbench;
  const { generation } = workbench.document.state();
  const handle = workbench.engine.startJob<K>(request, {
    ...listeners,
    onProgress: (progress) => {
      jobs.progress(handle.id, progress);
      listeners.onProgress?.(progress);
    },
  });
  jobs.add({
    id: handle.id,
    kind: request.kind,
    title: words.title,
    cancel: words.stops ? () => handle.control('stop') : handle.cancel,
  });
  words.onStarted?.(handle.id, handle);
  const end = await handle.result;
  if (end.ok) {
    const outcome = words.outcome?.(end.value) ?? '';
    const next = words.next === undefined ? undefined : { command: words.next, generation };
    jobs.finish(handle.id, { outcome, next, reveal: words.reveal });
    if (outcome === '') jobs.dismiss(handle.id);
    writeLog(ui, outcome === '' ? `${words.title}: done` : `${words.title}: ${outcome}`);
  } else if (words.handled?.includes(end.error.code)) {
    jobs.fail(handle.id, { code: 'cancelled', message: '' });
    jobs.dismiss(handle.id);
  } else {
    jobs.fail(handle.id, end.error);
    logProblem(workbench, words.title, end.error);
  }
  return end;
}

/** Lists an error that belongs to no job. */
export function reportProblem(workbench: Workbench, title: string, problem: Problem): void {
  workbench.jobs.report(title, problem);
  logProblem(workbench, title, problem);
}

/** Runs something that may reject (a call to main), listing what went wrong. Null when it failed. */
export async function attempt<T>(
  workbench: Workbench,
  title: string,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    reportProblem(workbench, title, {
      code: 'refused',
      message: error instanceof Error ? error.message : String(error),
    });
    return null;
  }
}

function logProblem(workbench: Workbench, title: string, problem: Problem): void {
  const { ui } = workbench;
  if (problem.code === 'cancelled') {
    writeLog(ui, `${title}: cancelled`);
    return;
  }
  writeLog(ui, `${title}: ${problem.message}${problem.hint ? ` ${problem.hint}` : ''}`);
  offerDock(workbench);
}
