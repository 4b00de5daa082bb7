import type { Workbench } from '../../workbench/state/workbench';
import { indexAt, placeOf, shownPictures } from './labels';
import { MOST_CHOSEN, type ExplainState, explainSlice } from './state';

/** Chooses the picture at a place of the grid, alone. */
export function choosePicture(workbench: Workbench, place: number): void {
  const shown = shownPictures(explainSlice.get(workbench));
  if (place < 0 || place >= shown.count) return;
  chooseIndices(workbench, [indexAt(shown, place)]);
}

/** Chooses a picture by its index in the split, alone. */
export function chooseIndex(workbench: Workbench, index: number): void {
  chooseIndices(workbench, [index]);
}

/** Puts a picture beside the chosen ones, or takes it away from them. */
export function toggleIndex(workbench: Workbench, index: number): void {
  const { chosen } = explainSlice.get(workbench);
  const others = chosen.filter((each) => each !== index);
  if (others.length < chosen.length) chooseIndices(workbench, others.length > 0 ? others : chosen);
  else if (chosen.length < MOST_CHOSEN) chooseIndices(workbench, [...chosen, index]);
}

/** Chooses the picture after or before the first chosen one. */
export function stepPicture(workbench: Workbench, step: number): void {
  const state = explainSlice.get(workbench);
  const shown = shownPictures(state);
  const place = state.chosen.length === 0 ? -1 : placeOf(shown, state.chosen[0]);
  choosePicture(workbench, Math.min(shown.count - 1, Math.max(0, place + step)));
}

function chooseIndices(workbench: Workbench, chosen: readonly number[]): void {
  const before = explainSlice.get(workbench);
  const samePrimary = before.chosen[0] === chosen[0];
  explainSlice.set(workbench, {
    chosen,
    hovered: null,
    ...(!samePrimary && { code: null, decoded: null }),
  });
}

/** The two pictures that a path goes between; null with fewer. */
export function endsOf({ explained }: Pick<ExplainState, 'explained'>): readonly [number, number] | null {
  return explained && explained.indices.length > 1 ? [explained.indices[0], explained.indices[1]] : null;
}
