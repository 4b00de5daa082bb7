import { NumberInput } from '../../ui/NumberInput';
import { useMemo } from 'react';
import { PictureCanvas } from '../../ui/PictureCanvas';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { currentFrame, currentStrip } from './between';
import { changeBetween } from './change';
import { MapPicture } from './MapPicture';
import { orderedLatents, shownLatent } from './maps';
import { pictureName } from './names';
import { frameScale, takesSignFirst } from './paint';
import { ScaleBar } from './ScaleBar';
import { endsOf } from './select';
import { latentName } from './space';
import { explainSlice, type DecodedFrame, type Explained } from './state';

const LARGE = 192;
const SMALL = 72;
const MOST_FRAMES = 17;

/** From one picture to another: what the network draws on the way, and where its latents are from. */
export function BetweenView() {
  const state = useSlice(explainSlice);
  const { explained } = state;
  if (!explained || !endsOf(state)) {
    return (
      <div className="explain-waiting">
        <h2>Two pictures make a path</h2>
        <p className="muted">
          Choose one on the left, then a second one with Ctrl+click. The latents go straight from the first to
          the second, and the maps show what moves.
        </p>
      </div>
    );
  }
  return <Path explained={explained} />;
}

function Path({ explained }: { readonly explained: Explained }) {
  const workbench = useWorkbench();
  const state = useSlice(explainSlice);
  const { between, look, rate } = state;
  const { result } = explained;
  const latent = shownLatent(state);
  const frames = currentStrip(state);
  const frame = currentFrame(state);
  const scale = useMemo(() => (frames ? frameScale(frames, latent, look) : null), [frames, latent, look]);
  const order = useMemo(() => orderedLatents(result), [result]);
  const words = `${Math.round(100 * between.place)} % of the way`;
  return (
    <div className="between">
      <div className="between-top">
        <figure className="attention-figure">
          <PictureCanvas picture={result.seen[0]} label="First picture" pixelated />
          <figcaption>First: {pictureName(state, explained.indices[0])}</figcaption>
        </figure>
        <figure className="attention-figure">
          {frame && <PictureCanvas picture={frame.picture} label={`Between the two, ${words}`} pixelated />}
          <figcaption>
            <span>Between</span>
            <span className="figure muted">{rate === null ? '' : `${Math.round(rate)}/s`}</span>
          </figcaption>
        </figure>
        <figure className="attention-figure" data-testid="between-map">
          {frame?.maps && (
            <MapPicture
              picture={frame.picture}
              maps={frame.maps}
              at={0}
              latent={latent}
              look={look}
              scale={scale}
              signFirst={takesSignFirst(state)}
              side={LARGE}
              label={`Map between the two, ${latentName(latent)}`}
            />
          )}
          <figcaption>{latentName(latent)}</figcaption>
        </figure>
        <figure className="attention-figure">
          <PictureCanvas picture={result.seen[1]} label="Second picture" pixelated />
          <figcaption>Second: {pictureName(state, explained.indices[1])}</figcaption>
        </figure>
      </div>
      <div className="between-slider">
        <input
          type="range"
          min={0}
          max={1}
          step={0.01}
          value={between.place}
          aria-label="Place between the two pictures"
          aria-valuetext={words}
          data-testid="between-slider"
          onChange={({ currentTarget }) => changeBetween(workbench, { place: currentTarget.valueAsNumber })}
        />
        <div className="between-tools">
          <span className="figure muted">{words}</span>
          <label className="field">
            <span>Map of</span>
            <select
              value={state.latent ?? ''}
              onChange={({ currentTarget: { value } }) =>
                explainSlice.set(workbench, { latent: value === '' ? null : Number(value) })
              }
            >
              <option value="">{latentName(null)}</option>
              {order.map((each) => (
                <option key={each} value={each}>
                  {latentName(each)}
                </option>
              ))}
            </select>
          </label>
          <label className="field">
            <span>Frames</span>
            <NumberInput
              value={between.frames}
              least={3}
              most={MOST_FRAMES}
              onChange={(frames) => changeBetween(workbench, { frames })}
            />
          </label>
        </div>
      </div>
      {frames ? (
        <Strip frames={frames} latent={latent} />
      ) : (
        <p className="explain-waiting muted" role="status">
          Drawing the path...
        </p>
      )}
      {scale && (
        <ScaleBar scale={scale} colourMap={look.colourMap} words={`Range of the ${between.frames} frames`} />
      )}
    </div>
  );
}

function Strip({
  frames,
  latent,
}: {
  readonly frames: readonly DecodedFrame[];
  readonly latent: number | null;
}) {
  const workbench = useWorkbench();
  const state = useSlice(explainSlice);
  const { look } = state;
  const scale = useMemo(() => frameScale(frames, latent, look), [frames, latent, look]);
  return (
    <ol className="between-strip" aria-label="Frames" data-testid="between-strip">
      {frames.map(({ picture, maps }, i) => {
        const place = i / (frames.length - 1);
        return (
          <li key={place}>
            <button
              type="button"
              className="between-frame"
              aria-label={`Go to ${Math.round(100 * place)} % of the way`}
              onClick={() => changeBetween(workbench, { place })}
            >
              <PictureCanvas picture={picture} label={null} pixelated />
              {maps && (
                <MapPicture
                  picture={picture}
                  maps={maps}
                  at={0}
                  latent={latent}
                  look={look}
                  scale={scale}
                  signFirst={takesSignFirst(state)}
                  side={SMALL}
                  label={null}
                />
              )}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
