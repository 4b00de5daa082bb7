import { openPictureByDialog, openSourceAsPicture, reconstruct } from './actions/reconstruct';
import { acceptReconstruction } from './actions/reconstruct-accept';
import { findSimilar } from './actions/reconstruct-similar';
import { openPictureAsSource } from '../shape/actions/open';
import type { Workbench } from '../../workbench/state/workbench';
import type { ReconstructCommandId } from './reasons';
import { reconstructSlice } from './state';

/** What each command of the reconstruction does. */
export const RECONSTRUCT_ACTIONS: Readonly<Record<ReconstructCommandId, (workbench: Workbench) => void>> = {
  'reconstruct.open': (workbench) => void openPictureByDialog(workbench),
  'reconstruct.source': (workbench) => void openSourceAsPicture(workbench),
  'reconstruct.run': (workbench) => void reconstruct(workbench, false),
  'reconstruct.box': (workbench) => {
    workbench.ui.setState({ workspace: 'reconstruct' });
    reconstructSlice.set(workbench, { drawing: true });
  },
  'reconstruct.fit': openPictureAsSource,
  'reconstruct.refine': (workbench) => void reconstruct(workbench, true),
  'reconstruct.accept': acceptReconstruction,
  'reconstruct.similar': (workbench) => void findSimilar(workbench, 'part'),
  'reconstruct.similar-shapes': (workbench) => void findSimilar(workbench, 'shape'),
};
