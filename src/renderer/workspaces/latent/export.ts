import { attempt, runJob } from '../../workbench/actions/jobs';
import { bytes, plural } from '../../ui/format';
import type { Workbench } from '../../workbench/state/workbench';
import { latentSlice } from './state';

/** Writes a mesh per frame and a strip of pictures into a folder that a person chooses. */
export async function exportStrip(workbench: Workbench): Promise<void> {
  const { model, stations, frames } = latentSlice.get(workbench);
  if (!model || stations.length < 2) return;
  const grant = await attempt(workbench, 'Export strip', () =>
    workbench.bridge.chooseFile({ purpose: 'export-folder' }),
  );
  if (!grant) return;
  await runJob(
    workbench,
    {
      kind: 'interpolate',
      model: model.choice,
      latents: stations.map(({ latent }) => [...latent]),
      frames,
      destination: grant.token,
    },
    {
      title: `Export ${plural(frames, 'frame')} to ${grant.name}`,
      reveal: grant.token,
      outcome: ({ value }) =>
        `${plural(value.files.length, 'file')}, ${bytes(value.files.reduce((sum, file) => sum + file.bytes, 0))}`,
      onStarted: (id) => latentSlice.set(workbench, { running: id, lastJob: id }),
    },
  );
  latentSlice.set(workbench, { running: null });
}
