import type { NetworkKind } from '../../../shared/recipes/training';
import { ok, type Result } from '../../../shared/result';
import { readMetrics } from '../../files/tensorboard/metrics';
import { runFiles } from './run-folder';
import { NETWORKS } from '../../../shared/networks';

/** [step, value] of the validations of a run. */
export type Curve = readonly (readonly [number, number])[];

/** The validations that a resumed run has behind it. */
export async function readCurve(
  runFolder: string,
  upToStep: number,
  kind: NetworkKind,
): Promise<Result<Curve>> {
  if (upToStep === 0) return ok([]);
  const metrics = await readMetrics(runFiles(runFolder).metrics);
  if (!metrics.ok) return metrics;
  return ok(
    metrics.value.rows.flatMap(({ step, values }) => {
      const value = values[NETWORKS[kind].validation.metric];
      return value === undefined || step > upToStep ? [] : [[step, value] as const];
    }),
  );
}
