import { allowedOffset } from '../../shared/document/edits';
import type { PlaneDragEvent } from '../viewport/types';
import type { PlaneDrag } from '../state/ui';
import type { Workbench } from '../state/workbench';
import { setOffset } from './edit';

/** Follows a drag of a plane: pointer down is a mark, moves are ephemeral, up squashes, Esc bails. */
export function followPlaneDrag(workbench: Workbench, event: PlaneDragEvent): void {
  const { drag } = workbench.ui.getState();
  switch (event.phase) {
    case 'start':
      begin(workbench, event.partId, event.plane);
      break;
    case 'move':
      // A typed number leads until it is erased: a hand on the mouse is never quite still.
      if (drag && drag.typed === '') move(workbench, drag, event.offset, event.snappedTo);
      break;
    case 'commit':
      commitDrag(workbench);
      break;
    case 'cancel':
      cancelDrag(workbench);
      break;
  }
}

function begin(workbench: Workbench, partId: string, plane: number): void {
  cancelDrag(workbench);
  const part = workbench.document.state().document.parts.find(({ id }) => id === partId);
  if (!part) return;
  workbench.document.select({ partIds: [partId], plane });
  const { offset } = part.planes[plane];
  workbench.ui.setState({
    drag: {
      mark: workbench.document.mark(),
      partId,
      plane,
      startOffset: offset,
      offset,
      snappedTo: null,
      stopped: null,
      typed: '',
    },
  });
}

function move(workbench: Workbench, drag: PlaneDrag, wanted: number, snappedTo: string | null): void {
  const part = workbench.document.state().document.parts.find(({ id }) => id === drag.partId);
  if (!part) return;
  const { offset, stopped } = allowedOffset(part, drag.plane, wanted);
  setOffset(workbench, drag.partId, drag.plane, offset, 'ephemeral');
  workbench.ui.setState({ drag: { ...drag, offset, stopped, snappedTo: stopped ? null : snappedTo } });
}

export function commitDrag(workbench: Workbench): void {
  const { drag } = workbench.ui.getState();
  if (!drag) return;
  workbench.ui.setState({ drag: null });
  workbench.document.squash(drag.mark, { command: 'plane.move', title: 'Move plane' });
}

export function cancelDrag(workbench: Workbench): void {
  const { drag } = workbench.ui.getState();
  if (!drag) return;
  workbench.ui.setState({ drag: null });
  workbench.document.bail(drag.mark);
}

/**
 * A key while a plane is dragged: digits set its distance from the part's centre in millimetres, Backspace erases,
 * Enter keeps, Esc restores. True when the key was meant for the drag.
 */
export function typeIntoDrag(workbench: Workbench, key: string): boolean {
  const { drag } = workbench.ui.getState();
  if (!drag) return false;
  if (key === 'Escape') cancelDrag(workbench);
  else if (key === 'Enter') commitDrag(workbench);
  else if (key === 'Backspace') typed(workbench, drag, drag.typed.slice(0, -1));
  else if (/^[0-9.,-]$/.test(key)) typed(workbench, drag, drag.typed + key.replace(',', '.'));
  else return false;
  return true;
}

function typed(workbench: Workbench, drag: PlaneDrag, text: string): void {
  const millimetres = text === '' ? Number.NaN : Number(text);
  const { metresPerUnit } = workbench.document.state().document.frame;
  workbench.ui.setState({ drag: { ...drag, typed: text } });
  const next = workbench.ui.getState().drag;
  if (next && Number.isFinite(millimetres)) move(workbench, next, millimetres / 1000 / metresPerUnit, null);
}
