import { runJob } from '../../../workbench/actions/jobs';
import type { Workbench } from '../../../workbench/state/workbench';
import { isSameRequest, partsSlice, type PartsRequest } from './state';

/**
 * Asks for the maps of the reconstruction's parts, unless they are there or on their way; what was asked for before and
 * is not wanted any more ends.
 */
export async function explainParts(workbench: Workbench, request: PartsRequest): Promise<void> {
  const { result, target, layer } = request;
  const { explained, running } = partsSlice.get(workbench);
  if (explained && isSameRequest(explained.request, request)) return;
  if (running) {
    if (isSameRequest(running.request, request)) return;
    workbench.jobs.cancel(running.job);
  }
  const end = await runJob(
    workbench,
    {
      kind: 'explain-parts',
      model: result.model,
      image: result.picture.request,
      target,
      ...(layer !== null && { layer }),
    },
    {
      title: `Explain the parts of ${result.picture.name}`,
      onStarted: (job) => partsSlice.set(workbench, { running: { job, request }, lastJob: job }),
    },
  );
  const state = partsSlice.get(workbench);
  if (state.running?.request !== request) return;
  partsSlice.set(workbench, { running: null });
  if (!end.ok) return;
  const kept = state.explained?.request.result === result ? state.brush : null;
  partsSlice.set(workbench, { explained: { request, value: end.value.value }, brush: kept });
}
