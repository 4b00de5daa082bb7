import { RotateCcw } from 'lucide-react';
import { useMemo } from 'react';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { PictureCanvas } from '../../ui/PictureCanvas';
import { significant } from '../../ui/format';
import { useSlice } from '../../workbench/state/hooks';
import { LatentRows } from './LatentRows';
import { MapPicture } from './MapPicture';
import { mapOf, scaleOf, sharedRange, shownLatent } from './maps';
import { pictureName } from './names';
import { takesSignFirst } from './paint';
import { ScaleBar } from './ScaleBar';
import { latentName } from './space';
import { explainSlice, type Explained, type ExplainState } from './state';
import { useCollectionRange } from './use-range';
import { modelsSlice } from '../models/state';

const LARGE = 256;
const BESIDE = 128;

/** A picture, where its latents are from, and what comes out when they change. */
export function AttentionView() {
  const explained = useSlice(explainSlice, (explain) => explain.explained);
  return explained ? <Shown explained={explained} /> : <Waiting />;
}

function Waiting() {
  const explaining = useSlice(explainSlice, (explain) => explain.explaining);
  const ready = useSlice(modelsSlice, ({ status }) => status === 'ready');
  const none = useSlice(modelsSlice, ({ vaes }) => vaes.length === 0);
  return (
    <p className="explain-waiting muted" role="status">
      {explaining
        ? 'Looking at the picture...'
        : ready && none
          ? 'These pictures need a VAE that learned from pictures like them. Train one in Train, or open its model file.'
          : 'Choose a picture on the left.'}
    </p>
  );
}

function Shown({ explained }: { readonly explained: Explained }) {
  const state = useSlice(explainSlice);
  const { code, decoded, rate, explaining } = state;
  const { result } = explained;
  const latent = shownLatent(state);
  return (
    <div className="attention" data-busy={explaining}>
      <div className="attention-top">
        <LargeMap explained={explained} latent={latent} />
        <figure className="attention-figure">
          <PictureCanvas picture={result.reconstructed[0]} label="Reconstruction" pixelated />
          <figcaption>Reconstruction</figcaption>
        </figure>
        <figure className="attention-figure">
          <PictureCanvas
            picture={decoded ?? result.reconstructed[0]}
            label="Picture of the latents below"
            pixelated
          />
          <figcaption className="decoded-caption">
            <span data-testid="decoded-caption">{code ? 'Latents as set below' : 'Latents as they are'}</span>
            <span className="figure muted" data-testid="decoded-rate">
              {rate === null ? '' : `${Math.round(rate)}/s`}
            </span>
            <CommandButton id="explain.reset" icon={RotateCcw} iconOnly />
          </figcaption>
        </figure>
        <Beside explained={explained} latent={latent} />
      </div>
      <LatentRows explained={explained} />
    </div>
  );
}

interface WithLatent {
  readonly explained: Explained;
  readonly latent: number | null;
}

function LargeMap({ explained, latent }: WithLatent) {
  const state = useSlice(explainSlice);
  const collectionRange = useCollectionRange();
  const { look } = state;
  const { result, indices } = explained;
  const scale = useMemo(
    () =>
      sharedRange(look, result, collectionRange, latent) ??
      scaleOf([mapOf(result.maps, 0, latent, look.sign)], look.sign),
    [look, result, collectionRange, latent],
  );
  const name = pictureName(state, indices[0]);
  return (
    <figure className="attention-figure" data-testid="attention-map">
      <MapPicture
        picture={result.seen[0]}
        maps={result.maps}
        at={0}
        latent={latent}
        look={look}
        scale={scale}
        signFirst={takesSignFirst(state)}
        side={LARGE}
        label={`${name}: ${latentName(latent)}`}
      />
      <figcaption>
        <span className="ellipsis" title={name}>
          {name}
        </span>
        <span className="muted">{latentName(latent)}</span>
      </figcaption>
      <ScaleBar
        scale={scale}
        colourMap={look.colourMap}
        words={rangeWords(state, explained, collectionRange)}
      />
    </figure>
  );
}

function rangeWords(
  { look }: ExplainState,
  { indices }: Explained,
  range: ExplainState['collectionRange'],
): string {
  if (look.range === 'each') return 'Range of this map';
  if (look.range === 'collection' && range) return `Range of ${range.pictures} pictures of the collection`;
  return indices.length > 1 ? `Range of ${indices.length} pictures` : 'Range of all maps of this picture';
}

/** The other chosen pictures, on the same scale. */
function Beside({ explained, latent }: WithLatent) {
  const state = useSlice(explainSlice);
  const collectionRange = useCollectionRange();
  const { look } = state;
  const { result, indices } = explained;
  const scale = useMemo(
    () => sharedRange(look, result, collectionRange, latent),
    [look, result, collectionRange, latent],
  );
  if (indices.length < 2) return null;
  return (
    <ul className="attention-beside" aria-label="Pictures beside">
      {indices.slice(1).map((index, i) => (
        <li key={index}>
          <MapPicture
            picture={result.seen[i + 1]}
            maps={result.maps}
            at={i + 1}
            latent={latent}
            look={look}
            scale={scale}
            signFirst={takesSignFirst(state)}
            side={BESIDE}
            label={`${pictureName(state, index)}: ${latentName(latent)}`}
          />
          <span className="figure muted small">
            {latent === null
              ? pictureName(state, index)
              : significant(result.mu[(i + 1) * result.latent + latent])}
          </span>
        </li>
      ))}
    </ul>
  );
}
