import type { RunRow } from '../../../shared/contract/learning';
import {
  firstValidation,
  stageAt,
  totalSteps,
  type TrainingConfig,
  type NetworkKind,
} from '../../../shared/recipes/training';
import { metricTitle } from '../../ui/chart/metric-title';
import { count, significant } from '../../ui/format';
import type { RunEntry, RunStatus } from './state';
import { NETWORKS } from '../../../shared/networks';

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

/** A step of all stages by its number within its own stage: "step 37", "step 120 of the first stage". */
export function stageWords(config: TrainingConfig | null, step: number): string {
  if (config === null) return `step ${count(step)}`;
  const place = stageAt(config, step);
  if (place.name === 'main' && place.step === 0 && step > 0) return 'end of the first stage';
  return `step ${count(place.step)}${place.name === 'first' ? ' of the first stage' : ''}`;
}

/** What stands where these runs have no line of a metric: when it comes, or that it does not. */
export function emptyCurveWords(
  runs: readonly { readonly config: TrainingConfig | null; readonly rows: readonly RunRow[] }[],
  metric: string,
): string {
  const measured = runs.filter(({ rows }) => rows.length > 0);
  if (measured.length === 0) return 'The first values come with the first steps';
  const firsts = measured.flatMap(({ config }) =>
    config !== null && NETWORKS[config.kind].validation.metric === metric
      ? [{ step: firstValidation(config), staged: totalSteps(config) > config.steps }]
      : [],
  );
  if (firsts.length > 0) {
    const first = firsts.reduce((least, one) => (one.step < least.step ? one : least));
    const ofCurves = first.staged ? ' of the curves' : '';
    return `${metricTitle(metric)} is measured first at step ${count(first.step)}${ofCurves}`;
  }
  return `${metricTitle(metric)} was not measured in these runs`;
}

/** The step that a run has come to. */
export function lastStep({ rows, figures, checkpointStep, control }: RunEntry): number {
  const measured = Math.max(checkpointStep, rows.at(-1)?.step ?? 0);
  return control ? Math.max(measured, figures.stepsDone ?? 0) : measured;
}

/** The newest value of a metric; null before the first. */
export function latest({ rows }: RunEntry, metric: string): number | null {
  return rows.findLast(({ values }) => values[metric] !== undefined)?.values[metric] ?? null;
}

/** A validation's value as it is read. */
export function validated(kind: NetworkKind, value: number): string {
  const { places } = NETWORKS[kind].validation;
  return places === null ? significant(value, 4) : value.toFixed(places);
}
