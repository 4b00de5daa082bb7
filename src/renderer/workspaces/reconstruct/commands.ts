import type { CommandGroup, CommandState } from '../../workbench/state/workbench';
import { openPictureAsSource } from './actions/reconstruct-fit';
import { fitting } from '../shape/commands/reasons';
import { shapeSlice } from '../shape/state';
import { openPictureByDialog, openSourceAsPicture, reconstruct } from './actions/reconstruct';
import { acceptReconstruction, replaceByReconstruction } from './actions/reconstruct-accept';
import { findSimilar } from './actions/reconstruct-similar';
import { reconstructSlice, selectedPartOf } from './state';

const busy = ({ ui }: CommandState): string | null =>
  reconstructSlice.in(ui).running === null ? null : 'A reconstruction is running';

const noPicture = ({ ui }: CommandState): string | null =>
  reconstructSlice.in(ui).picture ? null : 'Open a picture first';

const noResult = ({ ui }: CommandState): string | null =>
  reconstructSlice.in(ui).result ? null : 'Reconstruct a picture first';

/** A reconstruction does not replace the shape of a document that was opened after it was asked for. */
const ofAnother = ({ document, ui }: CommandState): string | null =>
  reconstructSlice.in(ui).result?.generation === document.generation
    ? null
    : 'This reconstruction was made for another document: replace this one by it instead';

export const RECONSTRUCT_COMMANDS: CommandGroup = {
  order: 70,
  commands: [
    {
      id: 'reconstruct.open',
      title: 'Open picture...',
      menu: 'file',
      run: (workbench) => void openPictureByDialog(workbench),
    },
    {
      id: 'reconstruct.source',
      title: 'Reconstruct from the picture behind the document',
      menu: 'part',
      reason: (state) => {
        const { picture, source } = shapeSlice.in(state.ui);
        return picture || source?.opened.reference.kind === 'depth'
          ? busy(state)
          : 'There is no picture behind the document';
      },
      run: (workbench) => void openSourceAsPicture(workbench),
    },
    {
      id: 'reconstruct.run',
      title: 'Reconstruct',
      reason: (state) =>
        busy(state) ??
        noPicture(state) ??
        (reconstructSlice.in(state.ui).picture?.inspected.mask ? null : 'Draw a box around the object first'),
      run: (workbench) => void reconstruct(workbench, false),
    },
    {
      id: 'reconstruct.box',
      title: 'Draw a box around the object',
      keys: ['B'],
      reason: (state) => busy(state) ?? noPicture(state),
      run: (workbench) => {
        workbench.ui.setState({ workspace: 'reconstruct' });
        reconstructSlice.set(workbench, { drawing: true });
      },
    },
    {
      id: 'reconstruct.fit',
      title: 'Fit the depth image instead',
      reason: (state) =>
        busy(state) ??
        fitting(state) ??
        noPicture(state) ??
        (reconstructSlice.in(state.ui).picture?.inspected.input === 'depth'
          ? null
          : 'Only a depth image can be fitted directly'),
      run: openPictureAsSource,
    },
    {
      id: 'reconstruct.refine',
      title: 'Refine the reconstruction',
      menu: 'part',
      reason: (state) => busy(state) ?? noResult(state),
      run: (workbench) => void reconstruct(workbench, true),
    },
    {
      id: 'reconstruct.accept',
      title: 'Accept the reconstruction',
      menu: 'part',
      reason: (state) => busy(state) ?? fitting(state) ?? noResult(state) ?? ofAnother(state),
      run: acceptReconstruction,
    },
    {
      id: 'reconstruct.replace',
      title: 'Replace the document by the reconstruction',
      reason: (state) =>
        busy(state) ??
        fitting(state) ??
        noResult(state) ??
        (ofAnother(state) === null ? 'The reconstruction was made for this document: accept it' : null),
      run: replaceByReconstruction,
    },
    {
      id: 'reconstruct.similar',
      title: 'Find similar parts',
      menu: 'part',
      reason: (state) =>
        busy(state) ??
        noResult(state) ??
        (selectedPartOf(reconstructSlice.in(state.ui)) ? null : 'Select a part of the reconstruction first'),
      run: (workbench) => void findSimilar(workbench, 'part'),
    },
    {
      id: 'reconstruct.similar-shapes',
      title: 'Find similar shapes',
      reason: (state) => busy(state) ?? noResult(state),
      run: (workbench) => void findSimilar(workbench, 'shape'),
    },
  ],
};
