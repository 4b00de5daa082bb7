import { Grid3x3 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { CommandButton } from '../../workbench/shell/CommandButton';
import { lineStyle } from '../../ui/chart/line-style';
import { useUi, useWorkbench, useSlice } from '../../workbench/state/hooks';
import { changeSpace } from './change';
import { className } from './labels';
import { currentVae } from './model';
import { describePicture } from './names';
import { chooseIndex } from './select';
import { latentName, layOutKey, placesOf } from './space';
import { SpaceCanvas } from './SpaceCanvas';
import { explainSlice, type LaidOut } from './state';

/** Pictures where their codes lie: what the network takes for alike lies together. */
export function SpaceView() {
  const laidOut = useSlice(explainSlice, (explain) => explain.space.laidOut);
  const key = useUi(layOutKey);
  return (
    <section className="space" aria-label="Latent space">
      <Tools stale={laidOut !== null && laidOut.key !== key} />
      {laidOut ? (
        <Points laidOut={laidOut} />
      ) : (
        <div className="explain-waiting">
          <h2>Where pictures lie</h2>
          <p className="muted">
            Every picture of the filter becomes a point at its code. Pictures that the network takes for alike
            lie together; what lies alone is worth a look.
          </p>
          <CommandButton id="explain.space" icon={Grid3x3} primary />
        </div>
      )}
    </section>
  );
}

const COUNTS = [128, 256, 512, 1024, 2048] as const;

function Tools({ stale }: { readonly stale: boolean }) {
  const workbench = useWorkbench();
  const { axes, count, laidOut } = useSlice(explainSlice, (explain) => explain.space);
  const vae = useUi(currentVae);
  const latents = vae?.entry.card.network.latent ?? 0;
  const divergence = vae?.entry.card.normal.divergence;
  const order = useMemo(
    () =>
      Array.from({ length: latents }, (_, i) => i).sort(
        (a, b) => (divergence?.[b] ?? 0) - (divergence?.[a] ?? 0),
      ),
    [latents, divergence],
  );
  return (
    <div className="space-tools">
      <label className="field">
        <span>Axes</span>
        <select
          value={axes ? 'latents' : 'components'}
          onChange={({ currentTarget: { value } }) =>
            changeSpace(workbench, { axes: value === 'latents' ? [order[0], order[1] ?? order[0]] : null })
          }
        >
          <option value="components">Two principal components</option>
          <option value="latents">Two latents</option>
        </select>
      </label>
      {axes &&
        (['across', 'up'] as const).map((way, i) => (
          <label key={way} className="field">
            <span>{way === 'across' ? 'Across' : 'Up'}</span>
            <select
              value={axes[i]}
              onChange={({ currentTarget: { value } }) =>
                changeSpace(workbench, {
                  axes: i === 0 ? [Number(value), axes[1]] : [axes[0], Number(value)],
                })
              }
            >
              {order.map((latent) => (
                <option key={latent} value={latent}>
                  {latentName(latent)}
                </option>
              ))}
            </select>
          </label>
        ))}
      <label className="field">
        <span>Pictures</span>
        <select
          aria-label="Number of pictures"
          value={count}
          onChange={({ currentTarget: { value } }) => changeSpace(workbench, { count: Number(value) })}
        >
          {COUNTS.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <span className="spacer" />
      {laidOut && <CommandButton id="explain.space" icon={Grid3x3} label="Lay out again" primary={stale} />}
    </div>
  );
}

function Points({ laidOut }: { readonly laidOut: LaidOut }) {
  const workbench = useWorkbench();
  const axes = useSlice(explainSlice, (explain) => explain.space.axes);
  const theme = useUi((state) => state.theme);
  const collection = useSlice(explainSlice, (explain) => explain.collection);
  const chosen = useSlice(explainSlice, (explain) => explain.chosen[0] ?? -1);
  const [hovered, setHovered] = useState(-1);
  const view = useMemo(() => placesOf(laidOut, axes), [laidOut, axes]);
  const classes = useMemo(
    () => [...new Set(laidOut.pictures.map((picture) => picture.class ?? -1))].sort((a, b) => a - b),
    [laidOut],
  );
  const styles = useMemo(
    () => new Map(classes.map((each) => [each, lineStyle(Math.max(0, each), theme).colour])),
    [classes, theme],
  );
  if (!collection) return null;
  const { opened } = collection;
  const labels = laidOut.pictures.map((picture) => className(opened, picture.class) ?? '');
  const named = hovered >= 0 ? laidOut.pictures[hovered] : laidOut.pictures[laidOut.indices.indexOf(chosen)];
  return (
    <>
      <SpaceCanvas
        pictures={laidOut.pictures}
        places={view.places}
        labels={labels}
        colours={laidOut.pictures.map((picture) => styles.get(picture.class ?? -1) ?? '')}
        chosen={laidOut.indices.indexOf(chosen)}
        hovered={hovered}
        onHover={setHovered}
        onChoose={(at) => chooseIndex(workbench, laidOut.indices[at])}
      />
      <footer className="space-foot">
        <span className="figure" role="status" data-testid="space-name">
          {named ? describePicture(named, opened) : 'Point at a picture, or move with the arrow keys'}
        </span>
        <span className="muted small">
          Across: {view.across}. Up: {view.up}.
        </span>
        {opened.classes.length > 1 && (
          <ul className="space-legend" aria-label="Classes">
            {classes
              .filter((each) => each >= 0)
              .map((each) => (
                <li key={each}>
                  <span className="swatch" style={{ background: styles.get(each) }} aria-hidden />
                  {className(opened, each)}
                </li>
              ))}
          </ul>
        )}
      </footer>
    </>
  );
}
