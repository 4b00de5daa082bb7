import type { CommandId } from '../../../shared/document/commands';
import type { UiState } from '../../workbench/state/ui';
import { currentStrip } from './between';
import { shownPictures } from './labels';
import { currentVae } from './model';
import { endsOf } from './select';
import { modelsSlice } from '../models/state';
import { explainSlice } from './state';

export type ExplainCommandId = Extract<CommandId, `explain.${string}`>;

/** Why a command of the explanations cannot run now; null when it can. */
export function reasonAgainstExplain(id: ExplainCommandId, state: UiState): string | null {
  const { workspace } = state;
  const explain = explainSlice.in(state);
  const busy = explain.running === null ? null : 'A job of Explain is running';
  const noPictures = explain.collection ? null : 'Open pictures first';
  const vae = currentVae(state);
  const noModel = vae
    ? null
    : modelsSlice.in(state).status === 'ready'
      ? 'Train a VAE or open the file of one first'
      : 'The models are being read';
  const noMaps = noPictures ?? noModel ?? (explain.explained ? null : 'Choose a picture first');
  const elsewhere = workspace === 'explain' ? null : 'Maps are shown in Explain';
  switch (id) {
    case 'explain.open':
    case 'explain.open-folder':
      return busy;
    case 'explain.previous':
    case 'explain.next':
      return (
        elsewhere ?? noPictures ?? (shownPictures(explain).count > 0 ? null : 'The filter shows no picture')
      );
    case 'explain.previous-latent':
    case 'explain.next-latent':
    case 'explain.every-latent':
    case 'explain.sign':
    case 'explain.colours':
      return elsewhere ?? noMaps;
    case 'explain.reset':
      return elsewhere ?? noMaps ?? (explain.code ? null : 'The latents are those of the picture');
    case 'explain.range':
      return busy ?? noMaps;
    case 'explain.between-export':
      return (
        busy ??
        noMaps ??
        (endsOf(explain) ? null : 'Choose a second picture with Ctrl+click') ??
        (currentStrip(explain) ? null : 'The path is being drawn')
      );
    case 'explain.space':
      return busy ?? noPictures ?? noModel;
    case 'explain.anomaly':
      return (
        busy ??
        noPictures ??
        noModel ??
        (explain.collection?.opened.masks ? null : 'These pictures have no masks to score against')
      );
    case 'explain.factors':
      return (
        busy ??
        noPictures ??
        noModel ??
        (explain.collection && explain.collection.opened.factors.length > 0
          ? null
          : 'These pictures have no known factors')
      );
    case 'explain.export':
      return busy ?? noPictures ?? noModel ?? (explain.chosen.length > 0 ? null : 'Choose a picture first');
  }
}
