import { COLOUR_MAP_NAMES } from '../../../shared/pictures/colour-maps';
import type { MapSign } from '../../../shared/pictures/overlay';
import type { Workbench } from '../../workbench/state/workbench';
import { scoreAnomalies } from './anomaly';
import { exportPath } from './between';
import { changeLook } from './change';
import { openImageFolder, openImages } from './collections';
import { measureFactors } from './factors';
import { listedLatents } from './orders';
import { measureRange } from './range';
import type { ExplainCommandId } from './reasons';
import { stepPicture } from './select';
import { layOut } from './space';
import { explainSlice } from './state';

/** What each command of the explanations does. */
export const EXPLAIN_ACTIONS: Readonly<Record<ExplainCommandId, (workbench: Workbench) => void>> = {
  'explain.open': (workbench) => void openImages(workbench),
  'explain.open-folder': (workbench) => void openImageFolder(workbench),
  'explain.previous': (workbench) => stepPicture(workbench, -1),
  'explain.next': (workbench) => stepPicture(workbench, 1),
  'explain.previous-latent': (workbench) => stepLatent(workbench, -1),
  'explain.next-latent': (workbench) => stepLatent(workbench, 1),
  'explain.every-latent': (workbench) =>
    explainSlice.set(workbench, { everyLatent: !explainSlice.get(workbench).everyLatent }),
  'explain.reset': (workbench) => explainSlice.set(workbench, { code: null, decoded: null }),
  'explain.sign': nextSign,
  'explain.colours': (workbench) =>
    changeLook(workbench, { colourMap: after(COLOUR_MAP_NAMES, explainSlice.get(workbench).look.colourMap) }),
  'explain.range': (workbench) => void measureRange(workbench),
  'explain.between-export': (workbench) => void exportPath(workbench),
  'explain.space': (workbench) => void layOut(workbench),
  'explain.anomaly': (workbench) => void scoreAnomalies(workbench),
  'explain.factors': (workbench) => void measureFactors(workbench),
  'explain.export': ({ ui }) => ui.setState({ workspace: 'explain', dialog: { kind: 'maps' } }),
};

export const SIGNS: readonly MapSign[] = ['relu', 'abs', 'signed'];

function nextSign(workbench: Workbench): void {
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
