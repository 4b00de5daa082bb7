import { significant } from '../../../ui/format';
import { useDocument, useSlice } from '../../../workbench/state/hooks';
import { shapeSlice } from '../state';

/** Where a dragged plane stands, and what else can be done while it is held; the label at the handle says how far. */
export function DragReadout() {
  const drag = useSlice(shapeSlice, (state) => state.drag);
  const { document, selection } = useDocument();
  if (drag?.command !== 'plane.move' || selection.plane === null) return null;
  const part = document.parts.find(({ id }) => id === selection.partIds[0]);
  const plane = part?.planes[selection.plane];
  if (!plane) return null;
  return (
    <div className="drag-readout" data-testid="drag-readout">
      <strong>{significant(plane.offset * document.frame.metresPerUnit * 1000)} mm</strong>
      <span className="muted">from the part's centre</span>
      <span className="muted">Type how far to move it · Esc restores</span>
    </div>
  );
}
