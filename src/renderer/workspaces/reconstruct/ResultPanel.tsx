import { Search } from 'lucide-react';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { FactList, type Fact } from '../../ui/FactList';
import { partColour } from '../../../shared/shape/colour';
import { count, seconds, significant } from '../../ui/format';
import { useUi, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { Notes } from './PicturePanel';
import { SimilarList } from './SimilarList';
import { reconstructSlice, type ReconstructResult } from './state';

/** The reconstruction in numbers, its parts, and shapes like it. */
export function ResultPanel() {
  const result = useSlice(reconstructSlice, (reconstruct) => reconstruct.result);
  if (!result) {
    return (
      <section className="panel" aria-label="Result">
        <h2 className="panel-title">Result</h2>
        <p className="panel-empty muted">
          Parts, figures and similar shapes stand here after a reconstruction.
        </p>
      </section>
    );
  }
  return (
    <section className="panel" aria-label="Result">
      <FactList title="Result" facts={factsOf(result)} />
      <Notes notes={ownNotes(result)} label="Notes about the reconstruction" />
      <PartButtons result={result} />
      <SimilarList />
    </section>
  );
}

/** What the picture's own notes do not say already. */
function ownNotes({ reconstruction, picture }: ReconstructResult): readonly string[] {
  return reconstruction.notes.filter((note) => !picture.inspected.notes.includes(note));
}

function factsOf({ reconstruction, asked, seconds: took }: ReconstructResult): readonly Fact[] {
  const { shape, model, metric, frame, observed, backend, secondsPerStage } = reconstruction;
  const facts: Fact[] = [
    { name: 'Parts', value: count(shape.parts.length), id: 'reconstruct-parts' },
    { name: 'Planes', value: count(shape.parts.reduce((sum, { planes }) => sum + planes.length, 0)) },
    { name: 'Model', value: model.name, hint: `Weights ${model.sha256}` },
    {
      name: 'Longest edge',
      value: metric ? `${significant(frame.metresPerUnit)} m` : 'unknown',
      hint: metric
        ? 'From the camera and the depths.'
        : 'The picture has no camera with depths: one unit counts as one metre.',
    },
    {
      name: 'Time',
      value: `${seconds(took)} on ${backend}`,
      hint: Object.entries(secondsPerStage)
        .map(([stage, value]) => `${stage} ${value.toFixed(3)} s`)
        .join('\n'),
    },
  ];
  if (asked === 'refinement' && !observed)
    facts.push({ name: 'Refinement', value: 'Not possible', hint: 'The notes say why.', id: 'refinement' });
  if (observed) {
    const { before, after, of } = observed;
    facts.push(
      {
        name: 'Observed error',
        value: `${significant(before)} \u2192 ${significant(after)} %`,
        hint: `Before and after the refinement: percent ${of}.`,
        id: 'observed-error',
      },
      { name: 'Refinement', value: after < before ? 'Accepted' : 'Not accepted', id: 'refinement' },
    );
  }
  return facts;
}

/** Every part by its colour: the keyboard's way to select one. */
function PartButtons({ result }: { readonly result: ReconstructResult }) {
  const workbench = useWorkbench();
  const theme = useUi((state) => state.theme);
  const selected = useSlice(reconstructSlice, (reconstruct) => reconstruct.selected);
  return (
    <div className="result-parts">
      <h2 className="panel-title">Parts</h2>
      <ul className="part-chips" aria-label="Parts of the reconstruction">
        {result.reconstruction.shape.parts.map(({ id, name, index }) => (
          <li key={id}>
            <button
              type="button"
              className="button part-chip"
              aria-pressed={selected === id}
              onClick={() =>
                reconstructSlice.set(workbench, { selected: selected === id ? null : id, shown: null })
              }
            >
              <span className="swatch" style={{ background: partColour(index, theme).css }} aria-hidden />
              {name}
            </button>
          </li>
        ))}
      </ul>
      <div className="panel-actions">
        <CommandButton id="reconstruct.similar" icon={Search} />
        <CommandButton id="reconstruct.similar-shapes" label="Similar shapes" />
      </div>
    </div>
  );
}
