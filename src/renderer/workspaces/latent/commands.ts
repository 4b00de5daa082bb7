import type { Workbench } from '../../workbench/state/workbench';
import { changeLatent } from './change';
import { exportStrip } from './export';
import { stepFrame } from './path';
import type { LatentCommandId } from './reasons';
import { addPictureByDialog, addReconstruction, findLibraryShapes } from './stations';

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
  changeLatent(workbench, { playing: !workbench.ui.getState().latent.playing });
  workbench.ui.setState({ workspace: 'latent' });
}

function step(workbench: Workbench, by: number): void {
  changeLatent(workbench, { place: stepFrame(workbench.ui.getState().latent, by), playing: false });
}
