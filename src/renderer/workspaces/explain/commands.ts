import { createDialog } from '../../workbench/dialogs/handle';
import type { CommandGroup, CommandState } from '../../workbench/state/workbench';
import { modelsSlice } from '../models/state';
import { scoreAnomalies } from './anomaly';
import { currentStrip, exportPath } from './between';
import { openImageFolder, openImages } from './collections';
import { measureFactors } from './factors';
import { shownPictures } from './labels';
import { nextColours, nextSign, stepLatent } from './look';
import { currentVae } from './model';
import { measureRange } from './range';
import { endsOf, stepPicture } from './select';
import { layOut } from './space';
import { explainSlice } from './state';

export const mapsDialog = createDialog('maps');

const busy = ({ ui }: CommandState): string | null =>
  explainSlice.in(ui).running === null ? null : 'A job of Explain is running';

const noPictures = ({ ui }: CommandState): string | null =>
  explainSlice.in(ui).collection ? null : 'Open pictures first';

const noModel = ({ ui }: CommandState): string | null => {
  if (currentVae(ui)) return null;
  return modelsSlice.in(ui).status === 'ready'
    ? 'Train a VAE or open the file of one first'
    : 'The models are being read';
};

const noMaps = (state: CommandState): string | null =>
  noPictures(state) ??
  noModel(state) ??
  (explainSlice.in(state.ui).explained ? null : 'Choose a picture first');

const elsewhere = ({ ui }: CommandState): string | null =>
  ui.workspace === 'explain' ? null : 'Maps are shown in Explain';

const noPicturesShown = (state: CommandState): string | null =>
  elsewhere(state) ??
  noPictures(state) ??
  (shownPictures(explainSlice.in(state.ui)).count > 0 ? null : 'The filter shows no picture');

const noMapsShown = (state: CommandState): string | null => elsewhere(state) ?? noMaps(state);

/** What stands against a job over the whole collection. */
const noJob = (state: CommandState): string | null => busy(state) ?? noPictures(state) ?? noModel(state);

export const EXPLAIN_COMMANDS: CommandGroup = {
  order: 90,
  commands: [
    {
      id: 'explain.open',
      title: 'Open images...',
      menu: 'file',
      reason: busy,
      run: (workbench) => void openImages(workbench),
    },
    {
      id: 'explain.open-folder',
      title: 'Open a folder of images...',
      menu: 'file',
      reason: busy,
      run: (workbench) => void openImageFolder(workbench),
    },
    {
      id: 'explain.previous',
      title: 'Previous picture',
      keys: ['['],
      reason: noPicturesShown,
      run: (workbench) => stepPicture(workbench, -1),
    },
    {
      id: 'explain.next',
      title: 'Next picture',
      keys: [']'],
      reason: noPicturesShown,
      run: (workbench) => stepPicture(workbench, 1),
    },
    {
      id: 'explain.previous-latent',
      title: 'Previous latent',
      keys: ['J'],
      reason: noMapsShown,
      run: (workbench) => stepLatent(workbench, -1),
    },
    {
      id: 'explain.next-latent',
      title: 'Next latent',
      keys: ['K'],
      reason: noMapsShown,
      run: (workbench) => stepLatent(workbench, 1),
    },
    {
      id: 'explain.every-latent',
      title: 'Show every latent or the strongest',
      reason: noMapsShown,
      run: (workbench) => explainSlice.set(workbench, ({ everyLatent }) => ({ everyLatent: !everyLatent })),
    },
    {
      id: 'explain.reset',
      title: 'Reset the latents to the picture',
      keys: ['R'],
      reason: (state) =>
        noMapsShown(state) ??
        (explainSlice.in(state.ui).code ? null : 'The latents are those of the picture'),
      run: (workbench) => explainSlice.set(workbench, { code: null, decoded: null }),
    },
    {
      id: 'explain.sign',
      title: 'Change the sign of the maps',
      keys: ['S'],
      reason: noMapsShown,
      run: nextSign,
    },
    {
      id: 'explain.colours',
      title: 'Change the colours of the maps',
      keys: ['C'],
      reason: noMapsShown,
      run: nextColours,
    },
    {
      id: 'explain.range',
      title: 'Share one range over the collection',
      reason: (state) => busy(state) ?? noMaps(state),
      run: (workbench) => void measureRange(workbench),
    },
    {
      id: 'explain.between-export',
      title: 'Export the path between two pictures...',
      reason: (state) =>
        busy(state) ??
        noMaps(state) ??
        (endsOf(explainSlice.in(state.ui)) ? null : 'Choose a second picture with Ctrl+click') ??
        (currentStrip(explainSlice.in(state.ui)) ? null : 'The path is being drawn'),
      run: (workbench) => void exportPath(workbench),
    },
    {
      id: 'explain.space',
      title: 'Lay out the latent space',
      reason: noJob,
      run: (workbench) => void layOut(workbench),
    },
    {
      id: 'explain.anomaly',
      title: 'Score the pictures for anomalies',
      reason: (state) =>
        noJob(state) ??
        (explainSlice.in(state.ui).collection?.opened.masks
          ? null
          : 'These pictures have no masks to score against'),
      run: (workbench) => void scoreAnomalies(workbench),
    },
    {
      id: 'explain.factors',
      title: 'Measure disentanglement',
      reason: (state) => {
        const { collection } = explainSlice.in(state.ui);
        const known = collection !== null && collection.opened.factors.length > 0;
        return noJob(state) ?? (known ? null : 'These pictures have no known factors');
      },
      run: (workbench) => void measureFactors(workbench),
    },
    {
      id: 'explain.export',
      title: 'Export maps...',
      reason: (state) =>
        noJob(state) ?? (explainSlice.in(state.ui).chosen.length > 0 ? null : 'Choose a picture first'),
      run: (workbench) => {
        workbench.ui.setState({ workspace: 'explain' });
        mapsDialog.open(workbench, {});
      },
    },
  ],
};
