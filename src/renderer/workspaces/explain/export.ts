import { MOST_PICTURES } from '../../../shared/contract/explain';
import type { Picture } from '../../../shared/contract/inputs';
import { extensionOf } from '../../../shared/formats/lookup';
import { attempt, runJob } from '../../workbench/actions/jobs';
import { bytes, plural } from '../../ui/format';
import { writeLog } from '../../workbench/state/ui';
import type { Workbench } from '../../workbench/state/workbench';
import { shownPictures, spread } from './labels';
import { anomalyOptionsFor, attentionOptionsFor, currentVae } from './model';
import { explainSlice, type ExplainState } from './state';

/** What a batch of maps is written of. */
export interface ExportChoice {
  readonly pictures: 'chosen' | 'shown';
  readonly maps: 'attention' | 'anomaly';
  /** Every latent and their mean, or the one that is shown. */
  readonly latents: 'every' | 'shown';
}

/** Indices that an export writes: of a longer list, as many as fit one batch, spread evenly. */
export function exportIndices(state: ExplainState, pictures: ExportChoice['pictures']): readonly number[] {
  return pictures === 'chosen' ? state.chosen : spread(shownPictures(state), MOST_PICTURES);
}

/** Writes overlays and raw maps of pictures into a folder that a person chooses, as they are shown. */
export async function exportMaps(workbench: Workbench, choice: ExportChoice): Promise<void> {
  const ui = workbench.ui.getState();
  const explain = explainSlice.in(ui);
  const { collection, split, look, latent } = explain;
  const vae = currentVae(ui);
  const indices = exportIndices(explain, choice.pictures);
  if (!collection || !vae || indices.length === 0) return;
  const grant = await attempt(workbench, 'Export maps', () =>
    workbench.bridge.chooseFile({ purpose: 'export-folder' }),
  );
  if (!grant) return;
  await runJob(
    workbench,
    {
      kind: 'export-maps',
      model: vae.choice,
      selection: { collection: collection.choice, split, indices: [...indices] },
      request:
        choice.maps === 'attention'
          ? { kind: 'attention', options: attentionOptionsFor(explain, vae) }
          : { kind: 'anomaly', options: anomalyOptionsFor(explain, vae) },
      latents: choice.latents === 'shown' && latent !== null ? [latent] : null,
      sign: look.sign,
      colourMap: look.colourMap,
      opacity: look.opacity,
      destination: grant.token,
    },
    {
      title: `Export maps of ${plural(indices.length, 'picture')} to ${grant.name}`,
      reveal: grant.token,
      outcome: ({ value: { files } }) =>
        `${plural(files.length, 'file')}, ${bytes(files.reduce((sum, file) => sum + file.bytes, 0))}`,
      onStarted: (id) => explainSlice.set(workbench, { running: id, lastJob: id }),
    },
  );
  explainSlice.set(workbench, { running: null });
}

/** Writes a picture that the window drew to a file that a person chooses. */
export async function writePicture(workbench: Workbench, picture: Picture, name: string): Promise<void> {
  await attempt(workbench, 'Export', async () => {
    const grant = await workbench.bridge.chooseFile({
      purpose: 'export-file',
      suggestedName: `${name}.${extensionOf('png')}`,
      extensions: [extensionOf('png')],
    });
    if (!grant) return;
    const content = await encoded(picture);
    await workbench.bridge.writeGrant(grant.token, content);
    writeLog(workbench.ui, `Wrote ${grant.name} (${bytes(content.byteLength)})`);
  });
}

async function encoded({ width, height, rgba }: Picture): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The picture could not be drawn.');
  context.putImageData(new ImageData(new Uint8ClampedArray(rgba), width, height), 0, 0);
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}
