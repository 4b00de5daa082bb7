import type { CommandId } from '../../../shared/document/commands';
import type { UiState } from '../../workbench/state/ui';
import { shapeSlice } from '../shape/state';
import { reconstructSlice, selectedPartOf } from './state';

export type ReconstructCommandId = Extract<CommandId, `reconstruct.${string}`>;

/** Why a command of the reconstruction cannot run now; null when it can. */
export function reasonAgainstReconstruct(
  id: ReconstructCommandId,
  ui: UiState,
  fitting: string | null,
): string | null {
  const state = reconstructSlice.in(ui);
  const behind = shapeSlice.in(ui);
  const busy = state.running === null ? null : 'A reconstruction is running';
  const noPicture = state.picture ? null : 'Open a picture first';
  const noResult = state.result ? null : 'Reconstruct a picture first';
  switch (id) {
    case 'reconstruct.open':
      return null;
    case 'reconstruct.source':
      return behind.picture || behind.source?.opened.reference.kind === 'depth'
        ? busy
        : 'There is no picture behind the document';
    case 'reconstruct.run':
      return (
        busy ?? noPicture ?? (state.picture?.inspected.mask ? null : 'Draw a box around the object first')
      );
    case 'reconstruct.box':
      return busy ?? noPicture;
    case 'reconstruct.fit':
      return (
        busy ??
        fitting ??
        noPicture ??
        (state.picture?.inspected.input === 'depth' ? null : 'Only a depth image can be fitted directly')
      );
    case 'reconstruct.refine':
      return busy ?? noResult;
    case 'reconstruct.accept':
      return busy ?? fitting ?? noResult;
    case 'reconstruct.similar':
      return busy ?? noResult ?? (selectedPartOf(state) ? null : 'Select a part of the reconstruction first');
    case 'reconstruct.similar-shapes':
      return busy ?? noResult;
  }
}
