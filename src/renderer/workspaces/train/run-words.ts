import type { TrainingKind } from '../../../shared/recipes/training';
import { significant } from '../../ui/format';
import type { RunEntry, RunStatus } from './state';

const WORDS: Readonly<Record<RunStatus, string>> = {
  loading: 'Reading',
  running: 'Training',
  pausing: 'Pausing',
  paused: 'Paused',
  stopping: 'Stopping',
  stopped: 'Stopped',
  done: 'Done',
  failed: 'Failed',
  unreadable: 'Cannot be read',
};

export function statusWords({ status, ended }: RunEntry): string {
  return status === 'stopped' && ended === 'early stop' ? 'Stopped early' : WORDS[status];
}

/** The step that a run has come to. */
export function lastStep({ rows, figures, checkpointStep, control }: RunEntry): number {
  const measured = Math.max(checkpointStep, rows.at(-1)?.step ?? 0);
  return control ? Math.max(measured, figures.step ?? 0) : measured;
}

/** The newest value of a metric; null before the first. */
export function latest({ rows }: RunEntry, metric: string): number | null {
  return rows.findLast(({ values }) => values[metric] !== undefined)?.values[metric] ?? null;
}

/** A validation's value as it is read: an IoU to three places, a loss to four figures. */
export function validated(kind: TrainingKind, value: number): string {
  return kind === 'cvxnet' ? value.toFixed(3) : significant(value, 4);
}
