import { Brush, Eraser, SquareDashed } from 'lucide-react';
import { boundsOfBrush, rectangleBrush, type GridSize, type PixelRectangle } from './brush';
import { partsSlice, type BrushTool } from './state';
import { useSlice, useWorkbench } from '../../../workbench/state/hooks';

const TOOLS: readonly { readonly tool: BrushTool; readonly label: string; readonly icon: typeof Brush }[] = [
  { tool: 'rectangle', label: 'Rectangle', icon: SquareDashed },
  { tool: 'paint', label: 'Paint', icon: Brush },
];

const FIELDS = [
  ['x', 'Left'],
  ['y', 'Top'],
  ['width', 'Width'],
  ['height', 'Height'],
] as const;

/** How pixels are brushed: by the mouse, or typed. */
export function BrushTools({ size }: { readonly size: GridSize }) {
  const workbench = useWorkbench();
  const tool = useSlice(partsSlice, (state) => state.tool);
  const brush = useSlice(partsSlice, (state) => state.brush);
  const bounds = brush && boundsOfBrush(brush, size);
  const type = (key: keyof PixelRectangle, typed: number): void => {
    const start = bounds ?? { x: 0, y: 0, width: size.width, height: size.height };
    const next = { ...start, [key]: Number.isFinite(typed) ? Math.max(0, Math.round(typed)) : 0 };
    const x = Math.min(next.x, size.width - 1);
    const y = Math.min(next.y, size.height - 1);
    const rectangle = {
      x,
      y,
      width: Math.min(Math.max(1, next.width), size.width - x),
      height: Math.min(Math.max(1, next.height), size.height - y),
    };
    partsSlice.set(workbench, { brush: rectangleBrush(rectangle, size) });
  };
  return (
    <>
      <div className="panel-actions" role="group" aria-label="Brush">
        {TOOLS.map(({ tool: name, label, icon: Icon }) => (
          <button
            key={name}
            type="button"
            className="button"
            aria-pressed={tool === name}
            onClick={() => partsSlice.set(workbench, { tool: name })}
          >
            <Icon size={14} aria-hidden /> {label}
          </button>
        ))}
        <button
          type="button"
          className="button"
          aria-disabled={brush === null}
          onClick={() => partsSlice.set(workbench, { brush: null })}
        >
          <Eraser size={14} aria-hidden /> Clear
        </button>
      </div>
      <fieldset className="box-fields" aria-label="Brushed rectangle, pixels of what the network saw">
        {FIELDS.map(([key, label]) => (
          <label key={key}>
            <span className="muted">{label}</span>
            <input
              type="number"
              step={1}
              min={key === 'width' || key === 'height' ? 1 : 0}
              max={key === 'x' || key === 'width' ? size.width : size.height}
              value={bounds ? bounds[key] : ''}
              placeholder={'\u2013'}
              onChange={(event) => type(key, event.currentTarget.valueAsNumber)}
            />
          </label>
        ))}
      </fieldset>
    </>
  );
}
