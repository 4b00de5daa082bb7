import { ImagePlus } from 'lucide-react';
import { shortNamesReadAs } from '../../../shared/formats/lookup';
import { openSample } from '../shape/actions/open';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { shapeSlice } from '../shape/state';
import { reconstructSlice } from './state';

/** What the workspace says before a picture is open. */
export function ReconstructStart() {
  const workbench = useWorkbench();
  const samples = useSlice(shapeSlice, (state) => state.samples);
  const running = useSlice(reconstructSlice, (reconstruct) => reconstruct.running !== null);
  const pictures = samples.filter(({ kind }) => kind !== 'mesh' && kind !== 'project');
  if (running) return null;
  return (
    <div className="start-card" data-testid="reconstruct-start">
      <h1>Drop a picture here</h1>
      <p className="muted">
        A photo of one object ({shortNamesReadAs('picture')}) or a depth image (16-bit{' '}
        {shortNamesReadAs('depth')}). A trained network answers with named parts that you can edit.
      </p>
      <CommandButton id="reconstruct.open" icon={ImagePlus} primary />
      {pictures.length > 0 && (
        <>
          <h2>Or begin with a sample</h2>
          <ul className="sample-list" aria-label="Sample pictures">
            {pictures.map(({ name, title, kind }) => (
              <li key={name}>
                <button type="button" className="sample" onClick={() => void openSample(workbench, name)}>
                  <span>{title}</span>
                  <span className="muted">{kind === 'depth' ? 'Depth image' : 'Picture'}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
