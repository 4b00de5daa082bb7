import type { CommandId } from '../../../shared/document/commands';
import type { UiState } from '../../workbench/state/ui';
import { reconstructSlice } from '../reconstruct/state';
import { latentSlice, MOST_STATIONS } from './state';

export type LatentCommandId = Extract<CommandId, `latent.${string}`>;

/** Why a command of the path cannot run now; null when it can. */
export function reasonAgainstLatent(id: LatentCommandId, ui: UiState): string | null {
  const latent = latentSlice.in(ui);
  const reconstruct = reconstructSlice.in(ui);
  const busy = latent.running === null ? null : 'A job for the path is running';
  const full = latent.stations.length >= MOST_STATIONS ? `A path has at most ${MOST_STATIONS} shapes` : null;
  const short = latent.stations.length < 2 ? 'Add at least two shapes to the path first' : null;
  switch (id) {
    case 'latent.add': {
      if (!reconstruct.result) return 'Reconstruct a picture first';
      const { model } = reconstruct.result.reconstruction;
      if (latent.model && latent.model.sha256 !== model.sha256)
        return `The path holds shapes of another model, ${latent.model.name}`;
      return full;
    }
    case 'latent.add-pictures':
      return busy ?? full;
    case 'latent.add-library':
      return busy ?? full ?? (latent.stations.length === 0 ? 'Add a first shape to the path' : null);
    case 'latent.play':
    case 'latent.previous':
    case 'latent.next':
      return short;
    case 'latent.export':
      return short ?? busy;
  }
}
