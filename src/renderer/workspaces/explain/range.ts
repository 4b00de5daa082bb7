import { runJob } from '../../workbench/actions/jobs';
import { plural } from '../../ui/format';
import type { Workbench } from '../../workbench/state/workbench';
import { changeExplain, changeLook, explainState } from './change';
import { samplePictures } from './labels';
import { rangesOf } from './maps';
import { attentionOptionsFor, currentVae, type ModelState } from './model';

/** Pictures whose maps say what values a collection's maps take. */
const SAMPLE = 64;

/** Names what a collection's range was measured for; null where nothing is open. */
export function rangeKey(state: ModelState): string | null {
  const { collection, split } = state.explain;
  const vae = currentVae(state);
  if (!collection || !vae) return null;
  return JSON.stringify([collection.choice, split, vae.choice, attentionOptionsFor(state.explain, vae)]);
}

/** Measures the maps of a sample of the split, and shows every map on their scale. */
export async function measureRange(workbench: Workbench): Promise<void> {
  const ui = workbench.ui.getState();
  const { collection, split, collectionRange } = ui.explain;
  const vae = currentVae(ui);
  const key = rangeKey(ui);
  if (!collection || !vae || key === null) return;
  changeLook(workbench, { range: 'collection' });
  if (collectionRange?.key === key) return;
  const indices = samplePictures(ui.explain, SAMPLE);
  const end = await runJob(
    workbench,
    {
      kind: 'explain',
      model: vae.choice,
      selection: { collection: collection.choice, split, indices: [...indices] },
      options: attentionOptionsFor(ui.explain, vae),
    },
    {
      title: `Measure the range over ${plural(indices.length, 'picture')}`,
      onStarted: (id) => changeExplain(workbench, { running: id, lastJob: id }),
    },
  );
  changeExplain(workbench, { running: null });
  if (!end.ok) {
    if (explainState(workbench).look.range === 'collection') changeLook(workbench, { range: 'shown' });
    return;
  }
  const ranges = rangesOf(end.value.value.maps);
  changeExplain(workbench, { collectionRange: { key, pictures: indices.length, ...ranges } });
}
