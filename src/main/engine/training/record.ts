import type { RunRow } from '../../../shared/contract/learning';
import { ok, type Result } from '../../../shared/result';
import { openEventFile } from '../../files/tensorboard/event-file';
import { openMetrics } from '../../files/tensorboard/metrics';
import { runFiles } from './run-folder';

/** Where a run's figures go: JSON lines for us, an event file for TensorBoard. */
export interface RunRecord {
  add(row: RunRow): Promise<Result<null>>;
  close(): Promise<void>;
}

/** @param resumeStep the step of the checkpoint that the run goes on from; later rows are dropped */
export async function openRecord(folder: string, resumeStep?: number): Promise<Result<RunRecord>> {
  const metrics = await openMetrics(runFiles(folder).metrics, resumeStep);
  if (!metrics.ok) return metrics;
  const events = await openEventFile(folder, { resumeStep });
  if (!events.ok) {
    await metrics.value.close();
    return events;
  }
  return ok({
    add: async (row) => {
      metrics.value.add(row);
      const values = Object.entries(row.values).map(([tag, value]) => ({
        kind: 'scalar' as const,
        tag,
        value,
      }));
      const added = events.value.add(row.step, values);
      if (!added.ok) return added;
      for (const file of [metrics.value, events.value]) {
        const flushed = await file.flush();
        if (!flushed.ok) return flushed;
      }
      return ok(null);
    },
    close: async () => {
      await metrics.value.close();
      await events.value.close();
    },
  });
}
