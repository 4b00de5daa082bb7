import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { CollectionPicture, OpenedCollection } from '../../../shared/contract/explain';
import { PictureCanvas } from '../../ui/PictureCanvas';
import { useWorkbench, useSlice } from '../../workbench/state/hooks';
import { indexAt, placeOf, shownPictures, type Shown } from './labels';
import { describePicture } from './names';
import { readPictures } from './pictures';
import { choosePicture, toggleIndex } from './select';
import { explainSlice } from './state';

/** CSS pixels from one picture to the next. */
const CELL = 64;
/** Rows that are drawn beyond what is seen, so that scrolling shows pictures and not gaps. */
const SPARE_ROWS = 3;

/** Thousands of pictures, of which those in sight are drawn. The arrow keys move the choice. */
export function PictureGrid() {
  const workbench = useWorkbench();
  const { collection, split, filter, pictures, chosen } = useSlice(explainSlice);
  const shown = useMemo(() => shownPictures({ collection, split, filter }), [collection, split, filter]);
  const box = useRef<HTMLDivElement>(null);
  const columns = useColumns(box);
  const rows = useVirtualizer({
    count: Math.ceil(shown.count / columns),
    getScrollElement: () => box.current,
    estimateSize: () => CELL,
    overscan: SPARE_ROWS,
  });
  const inSight = rows.getVirtualItems();
  const from = (inSight[0]?.index ?? 0) * columns;
  const to = Math.min(shown.count, ((inSight.at(-1)?.index ?? -1) + 1) * columns);

  useEffect(() => {
    const indices = Array.from({ length: Math.max(0, to - from) }, (_, i) => indexAt(shown, from + i));
    void readPictures(workbench, indices);
  }, [workbench, shown, from, to]);

  const primary = chosen.length > 0 ? placeOf(shown, chosen[0]) : -1;
  useLayoutEffect(() => {
    if (primary >= 0) rows.scrollToIndex(Math.floor(primary / columns), { align: 'auto' });
  }, [primary, columns, rows]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / CELL)) * columns;
    const step = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
      PageUp: -page,
      PageDown: page,
      Home: -shown.count,
      End: shown.count,
    }[event.key];
    if (step === undefined || shown.count === 0) return;
    event.preventDefault();
    choosePicture(workbench, Math.min(shown.count - 1, Math.max(0, primary + step)));
  };

  return (
    <div
      ref={box}
      className="picture-grid"
      role="listbox"
      aria-label="Pictures"
      aria-multiselectable
      aria-activedescendant={primary >= from && primary < to ? `picture-${chosen[0]}` : undefined}
      tabIndex={0}
      data-testid="picture-grid"
      onKeyDown={onKeyDown}
    >
      <div className="picture-grid-all" style={{ height: rows.getTotalSize() }}>
        {collection &&
          Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i).map((place) => (
            <Cell
              key={indexAt(shown, place)}
              place={place}
              columns={columns}
              shown={shown}
              collection={collection.opened}
              picture={pictures.get(indexAt(shown, place))}
              order={chosen.indexOf(indexAt(shown, place))}
            />
          ))}
      </div>
    </div>
  );
}

interface CellProps {
  readonly place: number;
  readonly columns: number;
  readonly shown: Shown;
  readonly collection: OpenedCollection;
  readonly picture: CollectionPicture | undefined;
  /** Among the chosen pictures; -1 when it is none of them. */
  readonly order: number;
}

function Cell({ place, columns, shown, collection, picture, order }: CellProps) {
  const workbench = useWorkbench();
  const index = indexAt(shown, place);
  const onClick = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) toggleIndex(workbench, index);
    else choosePicture(workbench, place);
  };
  const name = picture ? describePicture(picture, collection) : `Picture ${index}`;
  const style = { top: Math.floor(place / columns) * CELL, left: (place % columns) * CELL };
  return (
    <div
      id={`picture-${index}`}
      className="picture-cell"
      role="option"
      aria-selected={order >= 0}
      aria-setsize={shown.count}
      aria-posinset={place + 1}
      aria-label={order >= 0 ? `${name}, chosen ${order + 1}` : name}
      title={name}
      style={style}
      onClick={onClick}
    >
      {picture && <PictureCanvas picture={picture.picture} label={null} pixelated />}
      {picture?.anomalous && <span className="picture-mark" aria-hidden />}
      {order >= 0 && (
        <span className="picture-order" aria-hidden>
          {order + 1}
        </span>
      )}
    </div>
  );
}

/** How many pictures stand beside each other. */
function useColumns(box: React.RefObject<HTMLDivElement | null>): number {
  const [columns, setColumns] = useState(1);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = (): void => {
      // A grid that is not shown has no width; it keeps what it had.
      if (element.clientHeight > 0) setColumns(Math.max(1, Math.floor(element.clientWidth / CELL)));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return columns;
}
