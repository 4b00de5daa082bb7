import type { EditGesture } from '../../../viewport/types';
import type { Workbench } from '../../../workbench/state/workbench';
import { shapeSlice } from '../state';
import { change } from './edit';

/** Follows an edit that a tool of the viewport holds: its start is a mark, moves are ephemeral, its end squashes or bails. */
export function followGesture(workbench: Workbench, gesture: EditGesture): void {
  const { document } = workbench;
  switch (gesture.phase) {
    case 'start': {
      cancelGesture(workbench);
      const { command, title, select } = gesture;
      document.select(select);
      shapeSlice.set(workbench, { drag: { mark: document.mark(), command, title } });
      break;
    }
    case 'move': {
      const { drag } = shapeSlice.get(workbench);
      if (!drag) return;
      const { command, title } = drag;
      // An edit that cannot be made ends the gesture: it would be refused at every move.
      if (!change(workbench, { command, title, edit: gesture.edit }, 'ephemeral')) cancelGesture(workbench);
      break;
    }
    case 'commit': {
      const { drag } = shapeSlice.get(workbench);
      if (!drag) return;
      shapeSlice.set(workbench, { drag: null });
      document.squash(drag.mark, drag);
      break;
    }
    case 'cancel':
      cancelGesture(workbench);
      break;
  }
}

function cancelGesture(workbench: Workbench): void {
  const { drag } = shapeSlice.get(workbench);
  if (!drag) return;
  shapeSlice.set(workbench, { drag: null });
  workbench.document.bail(drag.mark);
}
