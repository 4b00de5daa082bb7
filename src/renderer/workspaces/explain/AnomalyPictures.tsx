import { memo, useMemo } from 'react';
import type { AnomalyPage } from '../../../shared/contract/explain';
import type { Picture } from '../../../shared/contract/inputs';
import type { ColourMapName } from '../../../shared/pictures/colour-maps';
import { paintOverlay } from '../../../shared/pictures/overlay';
import { PictureCanvas } from '../../ui/PictureCanvas';
import { useSlice } from '../../workbench/state/hooks';
import { paintMarks } from './marks';
import { pictureName } from './names';
import { ScaleBar } from './ScaleBar';
import { METHOD_WORDS } from './words';
import { explainSlice } from './state';

const SIDE = 128;
/** Beside a map that is drawn alone, nothing of the picture must show through. */
const OPAQUE = 1;

export interface AnomalyPicturesProps {
  readonly page: AnomalyPage;
  readonly indices: readonly number[];
  /** [H * W] of each picture: what the threshold is applied to. */
  readonly pixels: readonly Float32Array[];
  readonly threshold: number;
  readonly most: number;
  /** A newer page is on its way. */
  readonly busy: boolean;
}

/** A page of pictures: what the threshold marks, the map behind it, the reconstruction. */
export function AnomalyPictures({ page, indices, pixels, threshold, most, busy }: AnomalyPicturesProps) {
  const state = useSlice(explainSlice);
  const { look, anomaly } = state;
  const colourMap = look.colourMap === 'diverging' ? 'magma' : look.colourMap;
  const to = most || 1;
  return (
    <>
      <div className="anomaly-legend">
        <span>
          <span className="swatch marked-swatch" aria-hidden /> Marked by the threshold
        </span>
        {page.masks.some((mask) => mask !== null) && (
          <span>
            <span className="swatch mask-swatch" aria-hidden /> What the mask says
          </span>
        )}
        <ScaleBar
          scale={{ from: 0, to }}
          colourMap={colourMap}
          words={`${METHOD_WORDS[anomaly.method]}, one range for all`}
        />
      </div>
      <ul className="anomaly-pictures" aria-label="Pictures with their maps" data-busy={busy}>
        {page.seen.map((seen, n) => (
          <Card
            key={indices[n]}
            seen={seen}
            reconstructed={page.reconstructed[n]}
            scores={pixels[n]}
            mask={page.masks[n]}
            threshold={threshold}
            most={to}
            colourMap={colourMap}
            name={pictureName(state, indices[n])}
          />
        ))}
      </ul>
    </>
  );
}

interface CardProps {
  readonly seen: Picture;
  readonly reconstructed: Picture;
  readonly scores: Float32Array;
  readonly mask: Uint8Array | null;
  readonly threshold: number;
  readonly most: number;
  readonly colourMap: ColourMapName;
  readonly name: string;
}

const Card = memo(function Card(props: CardProps) {
  const { seen, reconstructed, scores, mask, threshold, most, colourMap, name } = props;
  const factor = Math.max(1, Math.ceil(SIDE / Math.max(seen.width, seen.height)));
  const marked = useMemo(
    () => paintMarks(seen, scores, threshold, mask, factor),
    [seen, scores, threshold, mask, factor],
  );
  const map = useMemo(
    () => paintOverlay(seen, scores, { from: 0, to: most }, colourMap, OPAQUE),
    [seen, scores, most, colourMap],
  );
  return (
    <li className="anomaly-card" data-testid="anomaly-card">
      <div className="anomaly-triple">
        <PictureCanvas picture={marked} label={`${name}: what the threshold marks`} pixelated />
        <PictureCanvas picture={map} label={`${name}: map`} pixelated />
        <PictureCanvas picture={reconstructed} label={`${name}: reconstruction`} pixelated />
      </div>
      <p className="small ellipsis" title={name}>
        {name}
      </p>
    </li>
  );
});
