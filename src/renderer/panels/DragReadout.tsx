import { significant } from '../state/format';
import { useDocument, useUi } from '../state/hooks';

/** What a drag does, in numbers, while it does it. */
export function DragReadout() {
  const drag = useUi((state) => state.drag);
  const { document } = useDocument();
  if (!drag) return null;
  const millimetres = (offset: number): number => offset * document.frame.metresPerUnit * 1000;
  const moved = millimetres(drag.offset - drag.startOffset);
  return (
    <div className="drag-readout" role="status" data-testid="drag-readout">
      <strong>{drag.typed === '' ? significant(millimetres(drag.offset)) : `${drag.typed}\u2502`} mm</strong>
      <span className="muted">
        {moved >= 0 ? '+' : '\u2212'}
        {significant(Math.abs(moved))} mm
      </span>
      {drag.snappedTo && <span>Snaps to {drag.snappedTo}</span>}
      {drag.stopped === 'would be empty' && <span>Stops here: beyond, the part would be empty</span>}
      {drag.stopped === 'cuts nothing' && <span>Stops here: beyond, the plane cuts nothing</span>}
      <span className="muted">Type a distance · Esc restores</span>
    </div>
  );
}
