import { ImagePlus, RefreshCw, SquareDashed } from 'lucide-react';
import { useMemo } from 'react';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { useSlice } from '../../workbench/state/hooks';
import { BoxEditor } from './BoxEditor';
import { outlinePath } from './outline';
import { PictureCanvas } from '../../ui/PictureCanvas';
import { reconstructSlice, type OpenedPicture } from './state';
import { describeMask } from './words';

/** The picture, what of it is the object, and what the network saw of that. */
export function PicturePanel() {
  const { picture, drawing, result } = useSlice(reconstructSlice);
  if (!picture) {
    return (
      <section className="panel" aria-label="Picture">
        <h2 className="panel-title">Picture</h2>
        <p className="panel-empty muted">The picture will stand here, with the outline of its object.</p>
      </section>
    );
  }
  const { inspected } = picture;
  return (
    <section className="panel picture-panel" aria-label="Picture">
      <h2 className="panel-title ellipsis" title={picture.name}>
        {picture.name}
      </h2>
      {drawing ? (
        <BoxEditor key={picture.request.token} picture={picture} />
      ) : (
        <div className="picture-frame">
          <PictureCanvas picture={inspected.picture} label={`The picture ${picture.name}`} />
          <Outline picture={picture} />
        </div>
      )}
      <p className="picture-note muted">
        {inspected.input === 'depth' ? 'Depth image' : 'Colour picture'}, {inspected.width} {'\u00D7'}{' '}
        {inspected.height} pixels. {describeMask(inspected)}
      </p>
      {!drawing && (
        <div className="panel-actions">
          <CommandButton id="reconstruct.box" icon={SquareDashed} label="Draw a box" />
          <CommandButton id="reconstruct.run" icon={RefreshCw} />
          {inspected.input === 'depth' && <CommandButton id="reconstruct.fit" label="Fit instead" />}
          <CommandButton id="reconstruct.open" icon={ImagePlus} />
        </div>
      )}
      <Notes notes={inspected.notes} label="Notes about the picture" />
      {result && (
        <>
          <h2 className="panel-title">What the network saw</h2>
          <div className="picture-frame seen">
            <PictureCanvas
              picture={result.reconstruction.seen}
              label={`The cut-out of ${picture.name} at the size that the network takes`}
              pixelated
            />
          </div>
        </>
      )}
    </section>
  );
}

function Outline({ picture: { inspected } }: { readonly picture: OpenedPicture }) {
  const { mask, picture } = inspected;
  const { width, height } = picture;
  const path = useMemo(() => mask && outlinePath(mask, width, height), [mask, width, height]);
  if (path === null) return null;
  return (
    <svg
      className="picture-overlay"
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden
      data-testid="mask-outline"
    >
      <path className="outline-under" d={path} />
      <path className="outline" d={path} />
    </svg>
  );
}

export function Notes({ notes, label }: { readonly notes: readonly string[]; readonly label: string }) {
  if (notes.length === 0) return null;
  return (
    <ul className="notes" aria-label={label}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
