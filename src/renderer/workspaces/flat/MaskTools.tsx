import { Eraser, FolderOpen, Pencil, Trash2, type LucideIcon } from 'lucide-react';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { chooseMask, clearMask, openMask, takeSampleMask } from './actions';
import { flatSlice, type FlatTool } from './state';

const TOOLS: readonly { readonly tool: FlatTool; readonly title: string; readonly icon: LucideIcon }[] = [
  { tool: 'pen', title: 'Pen', icon: Pencil },
  { tool: 'eraser', title: 'Eraser', icon: Eraser },
];

const SAMPLES = [
  { name: 'star', title: 'Star' },
  { name: 'letter', title: 'Letter' },
] as const;

/** Where the mask comes from: a file, a sample, or the person's own hand. */
export function MaskTools() {
  const workbench = useWorkbench();
  const tool = useSlice(flatSlice, (flat) => flat.tool);
  const brush = useSlice(flatSlice, (flat) => flat.brush);
  return (
    <div className="flat-tools">
      <button type="button" className="button" onClick={() => void chooseMask(workbench)}>
        <FolderOpen size={16} strokeWidth={1.75} aria-hidden />
        Choose mask...
      </button>
      {SAMPLES.map(({ name, title }) => (
        <button key={name} type="button" className="button" onClick={() => takeSampleMask(workbench, name)}>
          {title}
        </button>
      ))}
      <span className="flat-gap" />
      {TOOLS.map(({ tool: each, title, icon: Icon }) => (
        <button
          key={each}
          type="button"
          className="button icon"
          aria-label={title}
          title={title}
          aria-pressed={tool === each}
          onClick={() => flatSlice.set(workbench, { tool: each })}
        >
          <Icon size={16} strokeWidth={1.75} aria-hidden />
        </button>
      ))}
      <input
        type="range"
        className="flat-brush-size"
        min={4}
        max={60}
        step={1}
        value={brush}
        aria-label="Brush size"
        title="Brush size"
        onChange={({ currentTarget }) => flatSlice.set(workbench, { brush: currentTarget.valueAsNumber })}
      />
      <button
        type="button"
        className="button icon"
        aria-label="Clear"
        title="Clear"
        onClick={() => clearMask(workbench)}
      >
        <Trash2 size={16} strokeWidth={1.75} aria-hidden />
      </button>
    </div>
  );
}

/** How a picture is read as a mask. */
export function PictureReading() {
  const workbench = useWorkbench();
  const picture = useSlice(flatSlice, (flat) => flat.picture);
  if (!picture) return null;
  return (
    <div className="flat-reading">
      <span className="ellipsis" title={picture.grant.name}>
        {picture.grant.name}
      </span>
      <label>
        Threshold{' '}
        <input
          type="range"
          min={0.02}
          max={0.98}
          step={0.02}
          value={picture.threshold}
          aria-label="Threshold"
          onChange={({ currentTarget }) =>
            void openMask(workbench, { ...picture, threshold: currentTarget.valueAsNumber })
          }
        />
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={picture.invert}
          onChange={({ currentTarget }) =>
            void openMask(workbench, { ...picture, invert: currentTarget.checked })
          }
        />
        Other side
      </label>
    </div>
  );
}
