import { GHOST_OPACITY } from '../../../workbench/state/ui';
import type { Workbench } from '../../../workbench/state/workbench';
import { selectedParts } from './edit';

/** Draws the selected parts only; draws all again when something is isolated already. */
export function toggleIsolate(workbench: Workbench): void {
  const { isolated } = workbench.ui.getState();
  const ids = selectedParts(workbench).map((part) => part.id);
  workbench.ui.setState({ isolated: isolated || ids.length === 0 ? null : new Set(ids) });
}

export function toggleExplode(workbench: Workbench): void {
  workbench.ui.setState(({ explode }) => ({ explode: explode > 0 ? 0 : 0.6 }));
}

export function toggleGhost(workbench: Workbench): void {
  workbench.ui.setState(({ ghostOpacity }) => ({ ghostOpacity: ghostOpacity > 0 ? 0 : GHOST_OPACITY }));
}
