import { FolderOpen } from 'lucide-react';
import { shortNamesReadAs } from '../../../../shared/formats/lookup';
import { openSample } from '../actions/open';
import { CommandButton } from '../../../workbench/shell/CommandButton';
import { useDocument, useUi, useWorkbench, useSlice } from '../../../workbench/state/hooks';
import { shapeSlice } from '../state';

/** What an empty window says: what it takes, and something to begin with. */
export function StartCard() {
  const { document } = useDocument();
  const source = useSlice(shapeSlice, (state) => state.source);
  const recent = useUi((state) => state.settings.recentFiles);
  const opening = useSlice(shapeSlice, (state) => state.preview !== null || state.fitJob !== null);
  if (source || document.parts.length > 0 || opening) return null;
  return (
    <div className="start-card" data-testid="start-card">
      <h1>Drop a shape here</h1>
      <p className="muted">
        A mesh ({shortNamesReadAs('mesh')}), points ({shortNamesReadAs('points')}), a depth image with its
        camera file ({shortNamesReadAs('depth')}), or a Halfspace project.
      </p>
      <CommandButton id="file.open" icon={FolderOpen} primary />
      <SampleList />
      {recent.length > 0 && (
        <p className="muted small">
          Opened lately:{' '}
          {recent
            .slice(0, 4)
            .map((file) => file.name)
            .join(', ')}
          . Use Open... to find them again.
        </p>
      )}
    </div>
  );
}

const KINDS = { mesh: 'Mesh', depth: 'Depth image', picture: 'Picture', project: 'Fitted project' } as const;

function SampleList() {
  const workbench = useWorkbench();
  const samples = useSlice(shapeSlice, (state) => state.samples);
  if (samples.length === 0) return null;
  return (
    <>
      <h2>Or begin with a sample</h2>
      <ul className="sample-list" aria-label="Samples">
        {samples.map((sample) => (
          <li key={sample.name}>
            <button type="button" className="sample" onClick={() => void openSample(workbench, sample.name)}>
              <span>{sample.title}</span>
              <span className="muted">{KINDS[sample.kind]}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
