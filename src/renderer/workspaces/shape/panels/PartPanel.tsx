import { useControls, useCreateStore } from 'leva';
import { useEffect, useState } from 'react';
import { SMOOTHNESS_RANGE } from '../../../../shared/document/edits';
import { lockedParts } from '../../../../shared/document/locks';
import { selectedParts, setPartSmoothness } from '../actions/edit';
import { CommandButton } from '../../../workbench/shell/CommandButton';
import { count, volume } from '../../../ui/format';
import { useDocument, useWorkbench, useSlice } from '../../../workbench/state/hooks';
import { FactList } from '../../../ui/FactList';
import { ParameterPanel } from '../../../ui/ParameterPanel';
import { sliderEdit } from './slider-edit';
import { shapeSlice } from '../state';

/** The selected parts: what they are, and what they share. */
export function PartPanel() {
  const { document, selection } = useDocument();
  const ids = new Set(selection.partIds);
  const parts = document.parts.filter((part) => ids.has(part.id));
  const figures = useSlice(shapeSlice, (state) => state.figures);
  if (parts.length === 0) return null;
  const each = parts.flatMap((part) => figures?.perPart.get(part.id) ?? []);
  const sum = (pick: (figure: (typeof each)[number]) => number): number =>
    each.reduce((total, figure) => total + pick(figure), 0);
  const problem = each.find((figure) => figure.problem !== null)?.problem;
  return (
    <div className="part-panel">
      <FactList
        title={parts.length === 1 ? parts[0].name : `${parts.length} parts`}
        facts={[
          { name: 'Planes', value: count(parts.reduce((total, part) => total + part.planes.length, 0)) },
          { name: 'Vertices', value: count(sum((figure) => figure.vertices)) },
          { name: 'Faces', value: count(sum((figure) => figure.faces)) },
          { name: 'Volume', value: volume(sum((figure) => figure.volume)) },
        ]}
      />
      {problem && (
        <p className="problem-text" role="status">
          {problem}
        </p>
      )}
      <SmoothnessPanel smoothness={parts[0].smoothness} lock={lockedParts(parts)?.message ?? null} />
    </div>
  );
}

function SmoothnessPanel({
  smoothness,
  lock,
}: {
  readonly smoothness: number;
  readonly lock: string | null;
}) {
  const workbench = useWorkbench();
  const store = useCreateStore();
  const [edit] = useState(() =>
    sliderEdit(workbench, { command: 'part.smoothness', title: 'Change smoothness' }),
  );
  const [, set] = useControls(
    () => ({
      smoothness: {
        value: smoothness,
        min: SMOOTHNESS_RANGE.minimum,
        max: SMOOTHNESS_RANGE.maximum,
        step: 1,
        label: 'Smoothness',
        disabled: lock !== null,
        hint: 'Delta of the smooth maximum over planes: a high value keeps edges crisp in the smooth field.',
        onEditStart: edit.onEditStart,
        onEditEnd: () => {
          edit.onEditEnd();
          // What the document took, where that is not what the slider says: undo may have ended the drag.
          const [first] = selectedParts(workbench);
          if (first) store.set({ smoothness: first.smoothness }, false);
        },
        onChange: (value: number, _path: string, context: { initial: boolean; fromPanel?: boolean }) => {
          if (context.initial || !context.fromPanel) return;
          const mode = edit.mode();
          if (mode) setPartSmoothness(workbench, workbench.document.state().selection.partIds, value, mode);
        },
      },
    }),
    { store },
    [lock !== null],
  );
  useEffect(() => set({ smoothness }), [set, smoothness]);
  useEffect(() => edit.onEditEnd, [edit]);
  return (
    <ParameterPanel title="Parameters of the selection" titleHidden store={store}>
      {lock && <p className="panel-note muted small">{lock}</p>}
      <div className="panel-actions">
        <CommandButton id="part.hide" />
        <CommandButton id="part.lock" label="Lock" />
        <CommandButton id="edit.duplicate" />
        <CommandButton id="edit.delete" />
      </div>
    </ParameterPanel>
  );
}
