import { useState } from 'react';
import type { ExportFormat, ExportOptions } from '../../../../shared/contract/jobs';
import { exportShape, fileName } from '../actions/save';
import { mass } from '../../../ui/format';
import { useDocument, useWorkbench, useSlice } from '../../../workbench/state/hooks';
import { CloseButton, Dialog } from '../../../workbench/dialogs/Dialog';
import { canUnite, canSeparate, canShowSource, FORMATS, hasMass, whatIsWritten } from './export-words';
import { shapeSlice } from '../state';

export function ExportDialog() {
  const workbench = useWorkbench();
  const { document } = useDocument();
  const density = useSlice(shapeSlice, (state) => state.density);
  const source = useSlice(shapeSlice, (state) => state.source);
  const [format, setFormat] = useState<ExportFormat>('mjcf');
  const [options, setOptions] = useState<Omit<ExportOptions, 'density'>>({
    separateParts: false,
    union: false,
    includeVisual: false,
  });
  const change = (changes: Partial<ExportOptions>): void =>
    setOptions((before) => ({ ...before, ...changes }));
  const chosen: ExportOptions = {
    density,
    upAxis: options.upAxis,
    separateParts: options.separateParts && canSeparate(format),
    union: options.union && canUnite(format),
    includeVisual: options.includeVisual && canShowSource(format) && source?.opened.reference.kind === 'mesh',
  };
  const start = (): void => {
    workbench.ui.setState({ dialog: null });
    void exportShape(workbench, { format, options: chosen });
  };
  return (
    <Dialog
      title="Export"
      wide
      actions={
        <>
          <CloseButton />
          <button type="button" className="button primary" data-focus onClick={start}>
            Export...
          </button>
        </>
      }
    >
      <fieldset className="formats">
        <legend>Format</legend>
        {FORMATS.map(({ value, title, hint }) => (
          <label key={value} className="format">
            <input type="radio" name="format" checked={format === value} onChange={() => setFormat(value)} />
            <span>
              {title} <span className="muted">{hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="export-options">
        {canUnite(format) && (
          <label className="check">
            <input
              type="checkbox"
              checked={options.union}
              onChange={(event) => change({ union: event.currentTarget.checked })}
            />
            <span>
              One closed surface <span className="muted">Instead of one body per part</span>
            </span>
          </label>
        )}
        {canSeparate(format) && (
          <label className="check">
            <input
              type="checkbox"
              checked={options.separateParts}
              onChange={(event) => change({ separateParts: event.currentTarget.checked })}
            />
            <span>
              A file per part <span className="muted">Beside the whole</span>
            </span>
          </label>
        )}
        {canShowSource(format) && (
          <label className="check">
            <input
              type="checkbox"
              disabled={source?.opened.reference.kind !== 'mesh'}
              checked={chosen.includeVisual}
              onChange={(event) => change({ includeVisual: event.currentTarget.checked })}
            />
            <span>
              Source as the visual{' '}
              <span className="muted">
                {source?.opened.reference.kind === 'mesh'
                  ? 'The parts collide, the source is seen'
                  : 'Needs an open mesh'}
              </span>
            </span>
          </label>
        )}
        <label className="field">
          <span>Up axis</span>
          <select
            value={options.upAxis ?? 'format'}
            onChange={({ currentTarget: { value } }) =>
              change({ upAxis: value === 'y' || value === 'z' ? value : undefined })
            }
          >
            <option value="format">As the format has it</option>
            <option value="y">Y up</option>
            <option value="z">Z up</option>
          </select>
        </label>
        {hasMass(format) && <DensityField />}
      </div>
      <p className="export-summary" data-testid="export-summary">
        {whatIsWritten(format, chosen, fileName(document.name), document.parts.length)}
      </p>
    </Dialog>
  );
}

function DensityField() {
  const workbench = useWorkbench();
  const density = useSlice(shapeSlice, (state) => state.density);
  const unionVolume = useSlice(shapeSlice, (state) => state.figures?.unionVolume ?? null);
  return (
    <label className="field">
      <span>Density</span>
      <span className="with-unit">
        <input
          type="number"
          min={1}
          step={10}
          value={density}
          onChange={({ currentTarget: { valueAsNumber } }) => {
            if (valueAsNumber > 0) shapeSlice.set(workbench, { density: valueAsNumber });
          }}
        />
        kg/m³
      </span>
      {unionVolume !== null && <span className="muted figure">Mass {mass(unionVolume * density)}</span>}
    </label>
  );
}
