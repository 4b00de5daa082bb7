import type { RetrievedShape } from '../../../../shared/contract/learning';
import { selectedPartOf, reconstructSlice } from '../state';
import { plural } from '../../../ui/format';
import type { Workbench } from '../../../workbench/state/workbench';
import { runJob } from '../../../workbench/actions/jobs';

const COUNT = 12;

/** Lists the shapes of the model's library whose same part, or whose whole, is nearest. */
export async function findSimilar(workbench: Workbench, by: 'part' | 'shape'): Promise<void> {
  const state = reconstructSlice.get(workbench);
  const { result, running } = state;
  const selected = selectedPartOf(state);
  if (!result || running !== null || (by === 'part' && !selected)) return;
  const part = by === 'part' && selected ? { index: selected.index, name: selected.name } : null;
  workbench.ui.setState({ workspace: 'reconstruct' });
  const end = await runJob(
    workbench,
    {
      kind: 'retrieve',
      model: result.model,
      latent: [...result.reconstruction.latent],
      part: part?.index ?? null,
      count: COUNT,
    },
    {
      title: part ? `Find parts like ${part.name}` : 'Find similar shapes',
      outcome: ({ value }) => `${plural(value.shapes.length, 'shape')} found`,
      onStarted: (id) => reconstructSlice.set(workbench, { running: id, lastJob: id }),
    },
  );
  if (reconstructSlice.get(workbench).result !== result) return;
  reconstructSlice.set(workbench, { running: null });
  if (end.ok)
    reconstructSlice.set(workbench, { similar: { part, shapes: end.value.value.shapes }, shown: null });
}

/** Shows a shape of the library in place of the reconstruction; the reconstruction again when null. */
export function showRetrieved(workbench: Workbench, shown: RetrievedShape | null): void {
  reconstructSlice.set(workbench, { shown });
}
