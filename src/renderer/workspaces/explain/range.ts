import { runJob } from '../../workbench/actions/jobs';
import { plural } from '../../ui/format';
import type { Workbench } from '../../workbench/state/workbench';
import { changeLook } from './change';
import { samplePictures } from './labels';
import { rangesOf } from './maps';
import { attentionOptionsFor, currentVae } from './model';
import { explainSlice } from './state';
import type { UiState } from '../../workbench/state/ui';

/** Pictures whose maps say what values a collection's maps take. */
const SAMPLE = 64;

/** Names what a collection's range was measured for; null where nothing is open. */
export function rangeKey(state: UiState): string | null {
  const { collection, split } = explainSlice.in(state);
  const vae = currentVae(state);
  if (!collection || !vae) return null;
  return JSON.stringify([
    collection.choice,
    split,
    vae.choice,
    attentionOptionsFor(explainSlice.in(state), vae),
  ]);
}

/** Measures the maps of a sample of the split, and shows every map on their scale. */
export async function measureRange(workbench: Workbench): Promise<void> {
  const ui = workbench.ui.getState();
  const { collection, split, collectionRange } = explainSlice.in(ui);
  const vae = currentVae(ui);
  const key = rangeKey(ui);
  if (!collection || !vae || key === null) return;
  changeLook(workbench, { range: 'collection' });
  if (collectionRange?.key === key) return;
  const indices = samplePictures(explainSlice.in(ui), SAMPLE);
  const end = await runJob(
    workbench,
    {
      kind: 'explain',
      model: vae.choice,
      selection: { collection: collection.choice, split, indices: [...indices] },
      options: attentionOptionsFor(explainSlice.in(ui), vae),
    },
    {
      title: `Measure the range over ${plural(indices.length, 'picture')}`,
      onStarted: (id) => explainSlice.set(workbench, { running: id, lastJob: id }),
    },
  );
  explainSlice.set(workbench, { running: null });
  if (!end.ok) {
    if (explainSlice.get(workbench).look.range === 'collection') changeLook(workbench, { range: 'shown' });
    return;
  }
  const ranges = rangesOf(end.value.value.maps);
  explainSlice.set(workbench, { collectionRange: { key, pictures: indices.length, ...ranges } });
}
