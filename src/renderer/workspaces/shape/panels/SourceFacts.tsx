import { reopenWithCompletion } from '../actions/open';
import { count, length, volume } from '../../../ui/format';
import { useWorkbench, useSlice } from '../../../workbench/state/hooks';
import { FactList, type Fact } from '../../../ui/FactList';
import { shapeSlice } from '../state';

export const COMPLETIONS = [
  { value: 'none', title: 'Leave open', hint: 'Only what the camera saw is fitted.' },
  { value: 'mirror', title: 'Mirror', hint: 'The unseen side is taken from a plane of symmetry.' },
  {
    value: 'ground',
    title: 'Down to the ground',
    hint: 'What was not seen reaches down to the lowest point.',
  },
] as const;

export function SourceFacts() {
  const workbench = useWorkbench();
  const source = useSlice(shapeSlice, (state) => state.source);
  const fitting = useSlice(shapeSlice, (state) => state.fitJob !== null);
  if (!source) return null;
  const { reference, facts: measured, notes } = source.opened;
  const facts: Fact[] = [
    { name: 'File', value: reference.name },
    reference.kind === 'mesh'
      ? { name: 'Triangles', value: count(measured.triangles) }
      : { name: 'Points', value: count(measured.vertices) },
    { name: 'Size', value: measured.size.map(length).join(' \u00D7 ') },
  ];
  if (reference.kind === 'mesh') facts.push({ name: 'Open edges', value: count(measured.openEdges) });
  if (measured.volume !== null) facts.push({ name: 'Volume', value: volume(measured.volume) });
  return (
    <>
      <FactList title="Source" facts={facts} />
      {reference.kind === 'depth' && (
        <label className="field inset">
          <span>Unseen side</span>
          <select
            value={source.request.completion ?? reference.settings?.completion ?? 'none'}
            disabled={fitting || source.embedded}
            title={source.embedded ? 'Open the depth image itself to choose anew' : undefined}
            onChange={(event) => {
              const chosen = COMPLETIONS.find(({ value }) => value === event.currentTarget.value);
              if (chosen) void reopenWithCompletion(workbench, chosen.value);
            }}
          >
            {COMPLETIONS.map(({ value, title, hint }) => (
              <option key={value} value={value} title={hint}>
                {title}
              </option>
            ))}
          </select>
        </label>
      )}
      {notes.length > 0 && (
        <ul className="notes" aria-label="Notes about the source">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}
