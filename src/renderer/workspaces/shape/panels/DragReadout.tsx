import { significant } from '../../../ui/format';
import { useDocument, useUi } from '../../../workbench/state/hooks';

/** Where a dragged plane stands, and what else can be done while it is held; the label at the handle says how far. */
export function DragReadout() {
  const drag = useUi((state) => state.drag);
  const { document } = useDocument();
  if (!drag) return null;
  return (
    <div className="drag-readout" data-testid="drag-readout">
      <strong>{significant(drag.offset * document.frame.metresPerUnit * 1000)} mm</strong>
      <span className="muted">from the part's centre</span>
      <span className="muted">Type how far to move it · Esc restores</span>
    </div>
  );
}
