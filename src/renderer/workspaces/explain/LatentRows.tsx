import { memo, useMemo, type CSSProperties, type MouseEvent } from 'react';
import type { ExplainedPictures } from '../../../shared/contract/explain';
import type { Picture } from '../../../shared/contract/inputs';
import type { MapScale } from '../../../shared/pictures/overlay';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { PictureCanvas } from '../../ui/PictureCanvas';
import { significant } from '../../ui/format';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import type { Workbench } from '../../workbench/state/workbench';
import { withLatent } from './codes';
import { MapPicture } from './MapPicture';
import { codeOf, sharedRange } from './maps';
import { listedLatents } from './orders';
import { takesSignFirst, tiled } from './paint';
import { latentName } from './space';
import { STRIP_VALUES, type Explained, type MapLook, explainSlice } from './state';
import { useCollectionRange } from './use-range';

const SMALL = 56;
/** The slider covers its strip, whose outermost pictures are half a value wide beyond their middle. */
const REACH = STRIP_VALUES[STRIP_VALUES.length - 1] + 0.5;

/** The latents that say most, each with its map, its slider and what moving it does. */
export function LatentRows({ explained }: { readonly explained: Explained }) {
  const workbench = useWorkbench();
  const state = useSlice(explainSlice);
  const collectionRange = useCollectionRange();
  const { look, latent: shown, code, strips, everyLatent } = state;
  const { result } = explained;
  const latents = useMemo(() => listedLatents({ everyLatent }, explained), [everyLatent, explained]);
  const own = useMemo(() => codeOf(result, 0), [result]);
  // One range for all rows: a latent that says little must look as faint as it is.
  const scale = useMemo(
    () => sharedRange(look, result, collectionRange, latents[0] ?? 0),
    [look, result, collectionRange, latents],
  );
  const current = code ?? own;
  return (
    <section className="latent-rows" aria-label="Latents">
      <header className="latent-head">
        <h2>Latents</h2>
        <span className="muted small">
          The {latents.length} of {result.latent} that say most, by divergence from the prior (nats)
        </span>
        <span className="spacer" />
        <button
          type="button"
          className="button"
          aria-pressed={shown === null}
          onClick={() => explainSlice.set(workbench, { latent: null })}
        >
          Mean of all
        </button>
        {result.latent > latents.length || everyLatent ? (
          <CommandButton
            id="explain.every-latent"
            label={everyLatent ? 'Show the strongest' : `Show all ${result.latent}`}
          />
        ) : null}
      </header>
      <ol className="latent-list" onMouseLeave={() => explainSlice.set(workbench, { hovered: null })}>
        {latents.map((latent) => (
          <LatentRow
            key={latent}
            latent={latent}
            result={result}
            divergence={result.divergence[latent]}
            most={result.divergence[latents[0]]}
            value={current[latent]}
            own={own[latent]}
            shown={shown === latent}
            strip={strips?.pictures.get(latent) ?? null}
            look={look}
            scale={scale}
            signFirst={takesSignFirst(state)}
          />
        ))}
      </ol>
    </section>
  );
}

interface LatentRowProps {
  readonly latent: number;
  readonly result: ExplainedPictures;
  readonly divergence: number;
  readonly most: number;
  readonly value: number;
  readonly own: number;
  readonly shown: boolean;
  readonly strip: readonly Picture[] | null;
  readonly look: MapLook;
  readonly scale: MapScale | null;
  readonly signFirst: boolean;
}

const LatentRow = memo(function LatentRow(props: LatentRowProps) {
  const { latent, result, divergence, most, value, own, shown, strip, look, scale, signFirst } = props;
  const workbench = useWorkbench();
  const name = latentName(latent);
  const share: CSSProperties = { width: `${Math.round((100 * divergence) / Math.max(most, 1e-9))}%` };
  return (
    <li
      className="latent-row"
      data-shown={shown}
      data-testid="latent-row"
      onMouseEnter={() => explainSlice.set(workbench, { hovered: latent })}
    >
      <button
        type="button"
        className="latent-name"
        aria-pressed={shown}
        title={`Show the map of ${name.toLowerCase()}`}
        onClick={() => explainSlice.set(workbench, { latent: shown ? null : latent })}
      >
        <span>{name}</span>
        <span className="latent-bar" aria-hidden>
          <span style={share} />
        </span>
        <span className="figure muted small">{significant(divergence)}</span>
      </button>
      <div className="latent-map">
        <MapPicture
          picture={result.seen[0]}
          maps={result.maps}
          at={0}
          latent={latent}
          look={look}
          scale={scale}
          signFirst={signFirst}
          side={SMALL}
          label={null}
        />
      </div>
      <div className="latent-walk">
        {strip && <Strip strip={strip} onPick={(next) => setLatent(workbench, latent, next)} />}
        <input
          type="range"
          min={-REACH}
          max={REACH}
          step={0.05}
          value={Math.min(REACH, Math.max(-REACH, value))}
          aria-label={name}
          aria-valuetext={`${value.toFixed(2)}, the picture's is ${own.toFixed(2)}`}
          data-testid={`latent-${latent}`}
          onFocus={() => explainSlice.set(workbench, { hovered: latent })}
          onBlur={() => explainSlice.set(workbench, { hovered: null })}
          onChange={({ currentTarget }) => setLatent(workbench, latent, currentTarget.valueAsNumber)}
        />
      </div>
      <span className="figure latent-value" data-changed={value !== own}>
        {value.toFixed(2)}
      </span>
    </li>
  );
});

/** What the picture becomes while one latent goes from one end to the other; a click sets it. */
function Strip({
  strip,
  onPick,
}: {
  readonly strip: readonly Picture[];
  readonly onPick: (value: number) => void;
}) {
  const whole = useMemo(() => tiled([strip], 0), [strip]);
  const onClick = ({ clientX, currentTarget }: MouseEvent<HTMLDivElement>): void => {
    const { left, width } = currentTarget.getBoundingClientRect();
    onPick(REACH * (2 * ((clientX - left) / width) - 1));
  };
  return (
    <div className="latent-strip" onClick={onClick} aria-hidden>
      <PictureCanvas picture={whole} label={null} pixelated />
    </div>
  );
}

/** Moves one latent from where it is now, the picture's own code at first. */
export function setLatent(workbench: Workbench, latent: number, value: number): void {
  const { code, explained } = explainSlice.get(workbench);
  if (!explained) return;
  const from = code ?? codeOf(explained.result, 0);
  explainSlice.set(workbench, { code: withLatent(from, latent, value) });
}
