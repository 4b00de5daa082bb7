import { COLOUR_MAPS, COLOUR_STEPS } from '../../../../shared/pictures/colour-maps';
import type { MapScale } from '../../../../shared/pictures/overlay';
import { significant } from '../../../ui/format';

/** Sequential: a map of distances has no sign. */
export const COLOUR_MAP = 'viridis';

const STOPS = 9;

/** The colours of the maps with the values at both ends, the same for every part. */
export function Legend({ scale, unseen = false }: { readonly scale: MapScale; readonly unseen?: boolean }) {
  return (
    <div className="parts-legend">
      <span className="figure">0</span>
      <span className="parts-legend-bar" style={{ background: gradient() }} aria-hidden />
      <span
        className="figure"
        title="How far the part's surface would move, in shares of the shape's longest edge, if the network did not see what it sees there. To first order; the same scale for every part."
      >
        {significant(100 * scale.to)} % of the longest edge
      </span>
      {unseen && (
        <span className="parts-legend-unseen">
          <span className="swatch" aria-hidden /> not seen
        </span>
      )}
    </div>
  );
}

function gradient(): string {
  const table = COLOUR_MAPS[COLOUR_MAP];
  const colours = Array.from({ length: STOPS }, (_, i) => {
    const at = 3 * Math.round((i / (STOPS - 1)) * (COLOUR_STEPS - 1));
    return `rgb(${table[at]} ${table[at + 1]} ${table[at + 2]})`;
  });
  return `linear-gradient(to right, ${colours.join(', ')})`;
}
