import { partColour } from '../../../shared/shape/colour';
import { useUi, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { flatSlice, type FlatView } from './state';

const VIEWS: readonly { readonly view: FlatView; readonly title: string; readonly words: string }[] = [
  { view: 'polygons', title: 'Polygons', words: 'The exact convex polygons over the mask.' },
  {
    view: 'field',
    title: 'Smooth field',
    words: 'What the fit sees: bright is inside. Move smoothness and sharpness to see them act.',
  },
  {
    view: 'part',
    title: 'One part and its lines',
    words: 'Lines drawn through bound the part, dashed ones are idle. The dot is its centre.',
  },
];

/** What is drawn over the mask; in the last view, of which part. */
export function ViewChoice() {
  const workbench = useWorkbench();
  const { view, part, shown } = useSlice(flatSlice);
  const theme = useUi((state) => state.theme);
  return (
    <div className="flat-views">
      <fieldset className="flat-view-choice">
        <legend className="off-screen">What is shown</legend>
        {VIEWS.map(({ view: each, title }) => (
          <label key={each} className="flat-view">
            <input
              type="radio"
              name="flat-view"
              checked={view === each}
              onChange={() => flatSlice.set(workbench, { view: each })}
            />
            <span>{title}</span>
          </label>
        ))}
      </fieldset>
      {view === 'part' && shown && (
        <div className="flat-parts" role="group" aria-label="Part">
          {shown.shape.parts.map(({ index }, k) => (
            <button
              key={index}
              type="button"
              className="button flat-part"
              aria-pressed={part === k}
              aria-label={`Part ${k + 1}`}
              onClick={() => flatSlice.set(workbench, { part: k })}
            >
              <span className="flat-swatch" style={{ background: partColour(index, theme).css }} />
              {k + 1}
            </button>
          ))}
        </div>
      )}
      <p className="muted small">{VIEWS.find((each) => each.view === view)?.words}</p>
    </div>
  );
}
