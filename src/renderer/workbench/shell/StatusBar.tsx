import { WorstLimit } from '../../workspaces/shape/panels/PhysicsEngineLimits';
import { plural } from '../../ui/format';
import { useDocument, useUi, useWorkbench, useSlice } from '../state/hooks';
import { shapeSlice } from '../../workspaces/shape/state';

export function StatusBar() {
  return (
    <footer className="status-bar" aria-label="Status">
      <SelectionText />
      <Counts />
      <Limits />
      <Refusal />
      <span className="spacer" />
      <FrameRate />
      <Device />
    </footer>
  );
}

/** Why a shortcut did nothing. The element stays, so that a screen reader says what comes into it. */
function Refusal() {
  const refusal = useUi((state) => state.refusal);
  return (
    <span className="status-item status-refusal" role="status" data-testid="status-refusal">
      {refusal}
    </span>
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

function FrameRate() {
  const rate = useSlice(shapeSlice, (state) => state.frameRate);
  if (rate === null) return null;
  return <span className="status-item">{Math.round(rate)} fps</span>;
}

function Device() {
  const { ui } = useWorkbench();
  const engine = useUi((state) => state.engine);
  const devices = useUi((state) => state.devices);
  const words = { starting: 'Engine starts...', ready: 'Engine ready', stopped: 'Engine at rest' }[engine];
  return (
    <button
      type="button"
      className="status-item status-button"
      data-testid="status-engine"
      title="Compute devices..."
      onClick={() => ui.setState({ dialog: { kind: 'devices' } })}
    >
      {devices && engine === 'ready' ? `${devices.active} · ${plural(devices.cores, 'core')}` : words}
    </button>
  );
}
