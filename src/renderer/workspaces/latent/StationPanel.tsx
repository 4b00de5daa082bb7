import { ArrowDown, ArrowUp, Library, Plus, Route, X, type LucideIcon } from 'lucide-react';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { ShapePicture } from '../reconstruct/ShapePicture';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { latentSlice, type Station } from './state';
import { addRetrieved, clearPath, moveStation, removeStation } from './stations';

/** The shapes that the path goes through, in order, and what can be added to them. */
export function StationPanel() {
  const workbench = useWorkbench();
  const stations = useSlice(latentSlice, (latent) => latent.stations);
  const model = useSlice(latentSlice, (latent) => latent.model);
  return (
    <section className="panel" aria-label="Path">
      <h2 className="panel-title">Path</h2>
      {stations.length === 0 ? (
        <p className="panel-empty muted">No shapes yet. The path begins with the first one that you add.</p>
      ) : (
        <>
          <p className="picture-note muted">Model: {model?.name}</p>
          <ol className="station-list" aria-label="Shapes on the path">
            {stations.map((station, at) => (
              <StationRow key={station.id} station={station} at={at} of={stations.length} />
            ))}
          </ol>
        </>
      )}
      <div className="panel-actions">
        <CommandButton id="latent.add-pictures" icon={Plus} label="Add a picture..." />
        <CommandButton id="latent.add" icon={Route} label="Add the reconstruction" />
        {stations.length > 0 && (
          <>
            <CommandButton id="latent.add-library" icon={Library} label="Library shapes" />
            <button type="button" className="button" onClick={() => clearPath(workbench)}>
              Clear
            </button>
          </>
        )}
      </div>
      <LibraryShapes />
    </section>
  );
}

interface StationRowProps {
  readonly station: Station;
  readonly at: number;
  readonly of: number;
}

function StationRow({ station, at, of }: StationRowProps) {
  const workbench = useWorkbench();
  const upAxis = useSlice(latentSlice, (latent) => latent.frame?.upAxis ?? 'y');
  const { id, title, shape } = station;
  const place = of > 1 ? at / (of - 1) : 0;
  return (
    <li className="station">
      <button
        type="button"
        className="station-go"
        title={`Go to ${title}`}
        onClick={() => latentSlice.set(workbench, { place, playing: false })}
      >
        <ShapePicture shape={shape} upAxis={upAxis} />
        <span className="ellipsis">{title}</span>
      </button>
      <IconButton
        icon={ArrowUp}
        label={`Move ${title} up`}
        disabled={at === 0}
        onClick={() => moveStation(workbench, id, -1)}
      />
      <IconButton
        icon={ArrowDown}
        label={`Move ${title} down`}
        disabled={at === of - 1}
        onClick={() => moveStation(workbench, id, 1)}
      />
      <IconButton icon={X} label={`Remove ${title}`} onClick={() => removeStation(workbench, id)} />
    </li>
  );
}

interface IconButtonProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function IconButton({ icon: Icon, label, disabled, onClick }: IconButtonProps) {
  return (
    <button
      type="button"
      className="button icon"
      aria-label={label}
      title={label}
      aria-disabled={disabled}
      onClick={onClick}
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}

/** Shapes of the model's library near the shown one; a click puts one on the path. */
function LibraryShapes() {
  const workbench = useWorkbench();
  const library = useSlice(latentSlice, (latent) => latent.library);
  const upAxis = useSlice(latentSlice, (latent) => latent.frame?.upAxis ?? 'y');
  if (!library) return null;
  return (
    <>
      <h2 className="panel-title">From the library</h2>
      {library.length === 0 && <p className="panel-empty muted">This model has no library.</p>}
      <ul className="shape-grid" aria-label="Library shapes">
        {library.map((retrieved) => (
          <li key={retrieved.id} className="shape-cell">
            <button
              type="button"
              className="shape-button"
              title="Add to path"
              onClick={() => addRetrieved(workbench, retrieved)}
            >
              <ShapePicture shape={retrieved.shape} upAxis={upAxis} />
              <span className="ellipsis">{retrieved.family}</span>
              <span className="muted figure">{retrieved.distance.toFixed(3)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
