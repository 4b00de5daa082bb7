import { useState } from 'react';
import type { ExportFormat } from '../../../../shared/formats/index';
import { EXPORT_FORMATS, exportOf, formatOf } from '../../../../shared/formats/lookup';
import {
  DEFAULT_DENSITY,
  EXPORT_OPTIONS,
  takesOption,
  type ExportOptions,
} from '../../../../shared/formats/options';
import { exportShape, fileName } from '../actions/save';
import { mass } from '../../../ui/format';
import { useDocument, useWorkbench, useSlice } from '../../../workbench/state/hooks';
import { CloseButton, Dialog } from '../../../workbench/dialogs/Dialog';
import { closeDialog } from '../../../workbench/dialogs/handle';
import { shapeSlice } from '../state';
import { whatIsWritten } from './export-words';

/** The options that are on or off, in the order in which they are shown. */
const SWITCHES = ['union', 'separateParts', 'includeVisual'] as const;

export function ExportDialog() {
  const workbench = useWorkbench();
  const { document } = useDocument();
  const density = useSlice(shapeSlice, (state) => state.density);
  const source = useSlice(shapeSlice, (state) => state.source);
  const [format, setFormat] = useState<ExportFormat>(EXPORT_FORMATS[0]);
  const [options, setOptions] = useState<Omit<ExportOptions, 'density'>>({
    separateParts: false,
    union: false,
    includeVisual: false,
  });
  const change = (changes: Partial<ExportOptions>): void =>
    setOptions((before) => ({ ...before, ...changes }));
  const hasMesh = source?.opened.reference.kind === 'mesh';
  const chosen: ExportOptions = {
    density: takesOption(format, 'density') ? density : DEFAULT_DENSITY,
    upAxis: takesOption(format, 'upAxis') ? options.upAxis : undefined,
    separateParts: options.separateParts && takesOption(format, 'separateParts'),
    union: options.union && takesOption(format, 'union'),
    includeVisual: options.includeVisual && takesOption(format, 'includeVisual') && hasMesh,
  };
  const start = (): void => {
    closeDialog(workbench);
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
        {EXPORT_FORMATS.map((id) => (
          <label key={id} className="format">
            <input type="radio" name="format" checked={format === id} onChange={() => setFormat(id)} />
            <span>
              {formatOf(id).name} <span className="muted">{exportOf(id).hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="export-options">
        {SWITCHES.filter((option) => takesOption(format, option)).map((option) => {
          const missing = option === 'includeVisual' && !hasMesh;
          return (
            <label key={option} className="check">
              <input
                type="checkbox"
                disabled={missing}
                checked={chosen[option]}
                onChange={(event) => change({ [option]: event.currentTarget.checked })}
              />
              <span>
                {EXPORT_OPTIONS[option].title}{' '}
                <span className="muted">{missing ? 'Needs an open mesh' : EXPORT_OPTIONS[option].hint}</span>
              </span>
            </label>
          );
        })}
        {takesOption(format, 'upAxis') && (
          <label className="field">
            <span>{EXPORT_OPTIONS.upAxis.title}</span>
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
        )}
        {takesOption(format, 'density') && <DensityField />}
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
      <span>{EXPORT_OPTIONS.density.title}</span>
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
