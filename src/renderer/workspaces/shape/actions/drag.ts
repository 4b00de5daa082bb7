import type { PlaneDragEvent } from '../../../viewport/types';
import type { PlaneDrag } from '../state';
import type { Workbench } from '../../../workbench/state/workbench';
import { setOffset } from './edit';
import { shapeSlice } from '../state';

/** Follows a drag of a plane: pointer down is a mark, moves are ephemeral, up squashes, Esc bails. */
export function followPlaneDrag(workbench: Workbench, event: PlaneDragEvent): void {
  const { drag } = shapeSlice.get(workbench);
  switch (event.phase) {
    case 'start':
      begin(workbench, event.partId, event.plane);
      break;
    case 'move':
      if (drag) move(workbench, drag, event.offset);
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
  shapeSlice.set(workbench, {
    drag: {
      mark: workbench.document.mark(),
      partId,
      plane,
      offset,
    },
  });
}

function move(workbench: Workbench, drag: PlaneDrag, offset: number): void {
  setOffset(workbench, drag.partId, drag.plane, offset, 'ephemeral');
  const part = workbench.document.state().document.parts.find(({ id }) => id === drag.partId);
  shapeSlice.set(workbench, { drag: { ...drag, offset: part?.planes[drag.plane].offset ?? offset } });
}

function commitDrag(workbench: Workbench): void {
  const { drag } = shapeSlice.get(workbench);
  if (!drag) return;
  shapeSlice.set(workbench, { drag: null });
  workbench.document.squash(drag.mark, { command: 'plane.move', title: 'Move plane' });
}

function cancelDrag(workbench: Workbench): void {
  const { drag } = shapeSlice.get(workbench);
  if (!drag) return;
  shapeSlice.set(workbench, { drag: null });
  workbench.document.bail(drag.mark);
}
