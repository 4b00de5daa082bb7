import type { CommandGroup, CommandState, Workbench } from '../../workbench/state/workbench';
import { reconstructSlice } from '../reconstruct/state';
import { exportStrip } from './export';
import { stepFrame } from './path';
import { latentSlice, MOST_STATIONS } from './state';
import { addPictureByDialog, addReconstruction, findLibraryShapes } from './stations';

const busy = ({ ui }: CommandState): string | null =>
  latentSlice.in(ui).running === null ? null : 'A job for the path is running';

const full = ({ ui }: CommandState): string | null =>
  latentSlice.in(ui).stations.length >= MOST_STATIONS ? `A path has at most ${MOST_STATIONS} shapes` : null;

const short = ({ ui }: CommandState): string | null =>
  latentSlice.in(ui).stations.length < 2 ? 'Add at least two shapes to the path first' : null;

export const LATENT_COMMANDS: CommandGroup = {
  order: 80,
  commands: [
    {
      id: 'latent.add',
      title: 'Add the reconstruction to the path',
      reason: (state) => {
        const { result } = reconstructSlice.in(state.ui);
        const { model } = latentSlice.in(state.ui);
        if (!result) return 'Reconstruct a picture first';
        if (model && model.sha256 !== result.reconstruction.model.sha256)
          return `The path holds shapes of another model, ${model.name}`;
        return full(state);
      },
      run: addReconstruction,
    },
    {
      id: 'latent.add-pictures',
      title: 'Add a picture to the path...',
      reason: (state) => busy(state) ?? full(state),
      run: (workbench) => void addPictureByDialog(workbench),
    },
    {
      id: 'latent.add-library',
      title: 'Find library shapes for the path',
      reason: (state) =>
        busy(state) ??
        full(state) ??
        (latentSlice.in(state.ui).stations.length === 0 ? 'Add a first shape to the path' : null),
      run: (workbench) => void findLibraryShapes(workbench),
    },
    {
      id: 'latent.play',
      title: 'Play or pause the path',
      keys: ['P'],
      reason: short,
      run: (workbench) => {
        latentSlice.set(workbench, ({ playing }) => ({ playing: !playing }));
        workbench.ui.setState({ workspace: 'latent' });
      },
    },
    {
      id: 'latent.previous',
      title: 'Previous frame of the path',
      keys: [','],
      reason: short,
      run: (workbench) => step(workbench, -1),
    },
    {
      id: 'latent.next',
      title: 'Next frame of the path',
      keys: ['.'],
      reason: short,
      run: (workbench) => step(workbench, 1),
    },
    {
      id: 'latent.export',
      title: 'Export strip...',
      reason: (state) => short(state) ?? busy(state),
      run: (workbench) => void exportStrip(workbench),
    },
  ],
};

function step(workbench: Workbench, by: number): void {
  latentSlice.set(workbench, (latent) => ({ place: stepFrame(latent, by), playing: false }));
}
