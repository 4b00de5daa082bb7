import { partColour } from '../../../../shared/shape/colour';
import type { ConvexPart } from '../../../../shared/shape/types';
import { useUi } from '../../../workbench/state/hooks';
import type { RankedPart } from './ranking';

export interface PartListProps {
  readonly parts: readonly ConvexPart[];
  /** After pixels were brushed: parts by their share, most first. */
  readonly ranking: readonly RankedPart[] | null;
  /** Share of the picture that is brushed, 0 to 1. */
  readonly brushed: number;
  /** Indices of the parts that are marked in space. */
  readonly marked: readonly number[];
  readonly selected: string | null;
  readonly onSelect: (id: string | null) => void;
}

/** Every part by its colour; after brushing, by how much of its attention is on the brushed pixels. */
export function PartList({ parts, ranking, brushed, marked, selected, onSelect }: PartListProps) {
  const theme = useUi((state) => state.theme);
  const byIndex = new Map(parts.map((part) => [part.index, part]));
  const rows = ranking
    ? ranking.flatMap(({ index, share }) => {
        const part = byIndex.get(index);
        return part ? [{ part, share }] : [];
      })
    : parts.map((part) => ({ part, share: null }));
  const most = Math.max(1e-9, ...rows.map(({ share }) => share ?? 0));
  return (
    <ul className="parts-rows" aria-label={ranking ? 'Parts, most attention in the brush first' : 'Parts'}>
      {rows.map(({ part, share }) => (
        <li key={part.id}>
          <button
            type="button"
            className={marked.includes(part.index) ? 'parts-row marked' : 'parts-row'}
            aria-pressed={selected === part.id}
            onClick={() => onSelect(selected === part.id ? null : part.id)}
          >
            <span className="swatch" style={{ background: partColour(part.index, theme).css }} aria-hidden />
            <span className="ellipsis">{part.name}</span>
            {share !== null && (
              <>
                <span className="parts-bar" aria-hidden>
                  <span style={{ width: `${(100 * share) / most}%` }} />
                  <span
                    className="parts-even"
                    style={{ left: `${Math.min(100, (100 * brushed) / most)}%` }}
                  />
                </span>
                <span className="figure">{(100 * share).toFixed(1)} %</span>
              </>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}
