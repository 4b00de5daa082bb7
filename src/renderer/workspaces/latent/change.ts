import type { Workbench } from '../../workbench/state/workbench';
import type { LatentState } from './state';

export function changeLatent({ ui }: Workbench, changes: Partial<LatentState>): void {
  ui.setState((state) => ({ latent: { ...state.latent, ...changes } }));
}
