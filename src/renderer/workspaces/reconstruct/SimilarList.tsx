import { Plus } from 'lucide-react';
import { showRetrieved } from './actions/reconstruct-similar';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { ShapePicture } from './ShapePicture';
import { reconstructSlice } from './state';

/** Shapes of the model's library, nearest first, with the compared part in its colour. */
export function SimilarList() {
  const workbench = useWorkbench();
  const similar = useSlice(reconstructSlice, (reconstruct) => reconstruct.similar);
  const shown = useSlice(reconstructSlice, (reconstruct) => reconstruct.shown);
  const upAxis = useSlice(
    reconstructSlice,
    (reconstruct) => reconstruct.result?.reconstruction.frame.upAxis ?? 'y',
  );
  if (!similar) return null;
  const { part, shapes } = similar;
  const takers = workbench.workspaces.flatMap(({ libraryShapes }) => libraryShapes ?? []);
  return (
    <>
      <h2 className="panel-title">{part ? `Nearest to ${part.name}` : 'Nearest shapes'}</h2>
      {shapes.length === 0 && (
        <p className="panel-empty muted">The library of this model holds no shape to compare with.</p>
      )}
      <ul className="shape-grid" aria-label="Similar shapes">
        {shapes.map((retrieved) => {
          const { id, family, distance, shape } = retrieved;
          const isShown = shown?.id === id;
          return (
            <li key={id} className="shape-cell">
              <button
                type="button"
                className="shape-button"
                aria-pressed={isShown}
                onClick={() => showRetrieved(workbench, isShown ? null : retrieved)}
              >
                <ShapePicture shape={shape} highlighted={part?.index} upAxis={upAxis} />
                <span className="ellipsis">{family}</span>
                <span className="muted figure">{distance.toFixed(3)}</span>
              </button>
              {takers.map(({ title, label, take }) => (
                <button
                  key={title}
                  type="button"
                  className="button icon"
                  aria-label={label(`${family} ${id}`)}
                  title={title}
                  onClick={() => take(workbench, retrieved)}
                >
                  <Plus size={14} aria-hidden />
                </button>
              ))}
            </li>
          );
        })}
      </ul>
    </>
  );
}
