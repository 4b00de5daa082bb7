import { plural } from '../../../ui/format';
import { useDocument, useSlice } from '../../../workbench/state/hooks';
import { shapeSlice } from '../state';
import { WorstLimit } from './PhysicsEngineLimits';

/** What is selected, what the shape is made of, and whether engines take it. */
export function ShapeStatus() {
  return (
    <>
      <SelectionText />
      <Counts />
      <Limits />
    </>
  );
}

function SelectionText() {
  const { document, selection } = useDocument();
  const hover = useSlice(shapeSlice, (state) => state.hover);
  const names = new Map(document.parts.map((part) => [part.id, part.name]));
  const { partIds, plane } = selection;
  const selected =
    partIds.length === 0
      ? 'Nothing selected'
      : partIds.length === 1
        ? `${names.get(partIds[0])}${plane === null ? '' : `, plane ${plane + 1}`}`
        : `${partIds.length} parts selected`;
  const hovered = hover && names.get(hover.partId);
  return (
    <span className="status-item" data-testid="status-selection">
      {selected}
      {hovered && !partIds.includes(hover.partId) && <span className="muted"> · over {hovered}</span>}
    </span>
  );
}

function Counts() {
  const figures = useSlice(shapeSlice, (state) => state.figures);
  if (!figures) return null;
  return (
    <span className="status-item" data-testid="status-counts">
      {plural(figures.parts, 'part')} · {plural(figures.vertices, 'vertex', 'vertices')}
    </span>
  );
}

function Limits() {
  const { document } = useDocument();
  return document.parts.length > 0 ? <WorstLimit /> : null;
}

/** Frames per second, while something moves. */
export function FrameRate() {
  const rate = useSlice(shapeSlice, (state) => state.frameRate);
  if (rate === null) return null;
  return <span className="status-item">{Math.round(rate)} fps</span>;
}
