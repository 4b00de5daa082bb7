import { useRef, type KeyboardEvent } from 'react';
import { selectPart, selectRange } from '../../../../shared/document/selection';
import { CommandButton } from '../../../workbench/shell/CommandButton';
import { useDocument, useWorkbench, useSlice } from '../../../workbench/state/hooks';
import { OutlinerRow } from './OutlinerRow';
import { shapeSlice } from '../state';

/** The parts as a list: what is not seen in the viewport is found here. */
export function Outliner() {
  const { document } = useDocument();
  return (
    <section className="panel outliner" aria-label="Outliner">
      <h2 className="panel-title">
        Parts
        {document.parts.length > 0 && <span className="muted figure">{document.parts.length}</span>}
      </h2>
      {document.parts.length === 0 ? <EmptyOutliner /> : <PartList />}
    </section>
  );
}

function EmptyOutliner() {
  const source = useSlice(shapeSlice, (state) => state.source);
  return (
    <div className="panel-empty">
      <p className="muted">
        {source
          ? 'No parts yet. Fit parts to the open source, and they are listed here.'
          : 'No parts yet. Open a shape, then fit parts to it.'}
      </p>
      <CommandButton id={source ? 'part.fit' : 'file.open'} />
    </div>
  );
}

function PartList() {
  const workbench = useWorkbench();
  const { document, selection } = useDocument();
  const grid = useRef<HTMLDivElement>(null);
  const ids = document.parts.map((part) => part.id);
  const selected = new Set(selection.partIds);
  const lead = selection.partIds.at(-1) ?? ids[0];

  const select = (id: string, range: boolean, toggle: boolean): void => {
    workbench.document.select(range ? selectRange(selection, id, ids) : selectPart(selection, id, toggle));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target instanceof HTMLInputElement) return;
    const at = ids.indexOf(lead);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: ids.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const id = ids[Math.min(ids.length - 1, Math.max(0, selection.partIds.length === 0 ? 0 : target))];
    select(id, event.shiftKey, false);
    grid.current?.querySelector<HTMLElement>(`[data-part-id="${CSS.escape(id)}"]`)?.focus();
  };

  return (
    <div
      ref={grid}
      className="part-list"
      role="grid"
      aria-label="Parts"
      aria-multiselectable
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {document.parts.map((part) => (
        <OutlinerRow
          key={part.id}
          part={part}
          selected={selected.has(part.id)}
          focusable={part.id === lead}
          onSelect={select}
        />
      ))}
    </div>
  );
}
