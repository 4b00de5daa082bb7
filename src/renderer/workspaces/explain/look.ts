import { COLOUR_MAP_NAMES } from '../../../shared/pictures/colour-maps';
import type { MapSign } from '../../../shared/pictures/overlay';
import type { Workbench } from '../../workbench/state/workbench';
import { changeLook } from './change';
import { listedLatents } from './orders';
import { explainSlice } from './state';

export const SIGNS: readonly MapSign[] = ['relu', 'abs', 'signed'];

export function nextSign(workbench: Workbench): void {
  chooseSign(workbench, after(SIGNS, explainSlice.get(workbench).look.sign));
}

/** Shows maps with another sign: signed ones need colours that part at zero, the others must not have them. */
export function chooseSign(workbench: Workbench, sign: MapSign): void {
  const { colourMap } = explainSlice.get(workbench).look;
  const diverges = colourMap === 'diverging';
  changeLook(workbench, {
    sign,
    ...(sign === 'signed' && !diverges && { colourMap: 'diverging' }),
    ...(sign !== 'signed' && diverges && { colourMap: 'viridis' }),
  });
}

export function nextColours(workbench: Workbench): void {
  changeLook(workbench, { colourMap: after(COLOUR_MAP_NAMES, explainSlice.get(workbench).look.colourMap) });
}

/** Steps through the mean and the listed latents, in the order of the list. */
export function stepLatent(workbench: Workbench, step: number): void {
  const state = explainSlice.get(workbench);
  if (!state.explained) return;
  const places = [null, ...listedLatents(state, state.explained)];
  const at = places.indexOf(state.latent) + step;
  explainSlice.set(workbench, {
    latent: places[Math.min(places.length - 1, Math.max(0, at))],
    hovered: null,
  });
}

function after<T>(all: readonly T[], one: T): T {
  return all[(all.indexOf(one) + 1) % all.length];
}
