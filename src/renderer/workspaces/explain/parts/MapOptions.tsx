import type { ExplainedParts } from '../../../../shared/contract/explain';
import { partsSlice, type PartsTarget } from './state';
import { useSlice, useWorkbench } from '../../../workbench/state/hooks';

const TARGETS: readonly { readonly target: PartsTarget; readonly label: string }[] = [
  { target: 'all', label: 'Place and planes' },
  { target: 'place', label: 'Place: where it is' },
  { target: 'planes', label: 'Planes: its size and form' },
];

/** What the maps explain, on which map of the network, and how strongly they cover the picture. */
export function MapOptions({ explained }: { readonly explained: ExplainedParts }) {
  const workbench = useWorkbench();
  const target = useSlice(partsSlice, (state) => state.target);
  const opacity = useSlice(partsSlice, (state) => state.opacity);
  return (
    <div className="parts-options">
      <label>
        <span className="muted">Explain</span>
        <select
          value={target}
          onChange={(event) =>
            partsSlice.set(workbench, { target: event.currentTarget.value as PartsTarget })
          }
        >
          {TARGETS.map(({ target: value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label title="Finer layers tell places apart better, deeper ones hold more of what the network understood.">
        <span className="muted">Layer</span>
        <select
          value={explained.layer.name}
          onChange={(event) => partsSlice.set(workbench, { layer: event.currentTarget.value })}
        >
          {explained.layers.map(({ name, height, width }) => (
            <option key={name} value={name}>
              {name.replace('stage', 'Stage ')}, {height} {'\u00D7'} {width}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="muted">Opacity</span>
        <input
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={opacity}
          aria-valuetext={`${Math.round(100 * opacity)} %`}
          onChange={(event) => partsSlice.set(workbench, { opacity: event.currentTarget.valueAsNumber })}
        />
      </label>
    </div>
  );
}
