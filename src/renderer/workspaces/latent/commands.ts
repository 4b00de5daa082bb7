import type { Workbench } from '../../workbench/state/workbench';
import { exportStrip } from './export';
import { stepFrame } from './path';
import type { LatentCommandId } from './reasons';
import { addPictureByDialog, addReconstruction, findLibraryShapes } from './stations';
import { latentSlice } from './state';

/** What each command of the path does. */
export const LATENT_ACTIONS: Readonly<Record<LatentCommandId, (workbench: Workbench) => void>> = {
  'latent.add': addReconstruction,
  'latent.add-pictures': (workbench) => void addPictureByDialog(workbench),
  'latent.add-library': (workbench) => void findLibraryShapes(workbench),
  'latent.play': togglePlay,
  'latent.previous': (workbench) => step(workbench, -1),
  'latent.next': (workbench) => step(workbench, 1),
  'latent.export': (workbench) => void exportStrip(workbench),
};

function togglePlay(workbench: Workbench): void {
  latentSlice.set(workbench, { playing: !latentSlice.get(workbench).playing });
  workbench.ui.setState({ workspace: 'latent' });
}

function step(workbench: Workbench, by: number): void {
  latentSlice.set(workbench, { place: stepFrame(latentSlice.get(workbench), by), playing: false });
}
