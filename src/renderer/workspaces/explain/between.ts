import type { Workbench } from '../../workbench/state/workbench';
import { writePicture } from './export';
import { paintStrip, takesSignFirst } from './paint';
import { shownLatent } from './maps';
import { explainSlice, type DecodedFrame, type ExplainState } from './state';

/** Pixels of a frame's longer side, in a file. */
const FRAME_SIDE = 128;

/** The frames between the two chosen pictures, when they are there. */
export function currentStrip({ between, explained }: ExplainState): readonly DecodedFrame[] | null {
  const { strip, frames } = between;
  return strip && explained && strip.key === `${explained.key} ${frames}` ? strip.frames : null;
}

/** The frame at the slider's place; the last one that was drawn of this path while a newer one is on its way. */
export function currentFrame({ between, explained }: ExplainState): DecodedFrame | null {
  const { frame } = between;
  return frame && explained && frame.key.startsWith(`${explained.key} `) ? frame.frame : null;
}

/** Writes the strip between two pictures, with its maps, as one picture. */
export async function exportPath(workbench: Workbench): Promise<void> {
  const state = explainSlice.get(workbench);
  const frames = currentStrip(state);
  if (!frames) return;
  const painted = paintStrip(frames, shownLatent(state), state.look, takesSignFirst(state), FRAME_SIDE);
  await writePicture(workbench, painted, 'path');
}
