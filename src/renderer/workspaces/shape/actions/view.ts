import { GHOST_OPACITY } from '../state';
import type { Workbench } from '../../../workbench/state/workbench';
import { selectedParts } from './edit';
import { shapeSlice } from '../state';

/** Draws the selected parts only; draws all again when something is isolated already. */
export function toggleIsolate(workbench: Workbench): void {
  const { isolated } = shapeSlice.get(workbench);
  const ids = selectedParts(workbench).map((part) => part.id);
  shapeSlice.set(workbench, { isolated: isolated || ids.length === 0 ? null : new Set(ids) });
}

export function toggleExplode(workbench: Workbench): void {
  shapeSlice.set(workbench, ({ explode }) => ({ explode: explode > 0 ? 0 : 0.6 }));
}

/** Shows or hides an extra layer of the viewport by its name. */
export function toggleExtra(workbench: Workbench, name: string): void {
  shapeSlice.set(workbench, ({ extras }) => ({
    extras: new Set(extras.has(name) ? [...extras].filter((other) => other !== name) : [...extras, name]),
  }));
}

export function toggleGhost(workbench: Workbench): void {
  shapeSlice.set(workbench, ({ ghostOpacity }) => ({ ghostOpacity: ghostOpacity > 0 ? 0 : GHOST_OPACITY }));
}
