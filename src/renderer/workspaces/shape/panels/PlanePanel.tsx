import { useControls, useCreateStore } from 'leva';
import { useEffect, useState } from 'react';
import { lockedPlane } from '../../../../shared/document/locks';
import { allowedOffset, STOP_WORDS, type Stop } from '../../../../shared/document/plane-range';
import type { ConvexPart } from '../../../../shared/shape/types';
import { setOffset } from '../actions/edit';
import { CommandButton } from '../../../workbench/shell/CommandButton';
import { useDocument, useWorkbench } from '../../../workbench/state/hooks';
import { ParameterPanel } from '../../../ui/ParameterPanel';
import { sliderEdit } from './slider-edit';

/** The selected plane: its distance from the part's centre, in millimetres. */
export function PlanePanel({ part, plane }: { readonly part: ConvexPart; readonly plane: number }) {
  const workbench = useWorkbench();
  const { document } = useDocument();
  const { metresPerUnit } = document.frame;
  const millimetres = part.planes[plane].offset * metresPerUnit * 1000;
  // About a thousandth of the shape per step, as a round number.
  const step = Number((10 ** Math.floor(Math.log10(metresPerUnit / 4))).toPrecision(1));
  const lock = lockedPlane(part, plane)?.message ?? null;
  const store = useCreateStore();
  const [edit] = useState(() => sliderEdit(workbench, { command: 'plane.move', title: 'Move plane' }));
  const [stop, setStop] = useState<Stop | null>(null);
  const partNow = (): ConvexPart | undefined =>
    workbench.document.state().document.parts.find(({ id }) => id === part.id);
  const [, set] = useControls(
    () => ({
      distance: {
        value: millimetres,
        step,
        // Not as leva's suffix, which would make the value a text.
        label: 'Distance, mm',
        disabled: lock !== null,
        hint: "From the part's centre along the plane's normal. It can also be dragged in the viewport.",
        onEditStart: () => {
          setStop(null);
          edit.onEditStart();
        },
        onEditEnd: () => {
          edit.onEditEnd();
          // What the document took, where that is not what the field says: it was held, or undone meanwhile.
          const now = partNow();
          if (now) store.set({ distance: now.planes[plane].offset * metresPerUnit * 1000 }, false);
        },
        onChange: (value: number, _path: string, context: { initial: boolean; fromPanel?: boolean }) => {
          if (context.initial || !context.fromPanel) return;
          const mode = edit.mode();
          const now = partNow();
          if (!mode || !now) return;
          const offset = value / 1000 / metresPerUnit;
          setStop(allowedOffset(now, plane, offset).stopped);
          setOffset(workbench, part.id, plane, offset, mode);
        },
      },
    }),
    { store },
    [lock !== null],
  );
  useEffect(() => set({ distance: millimetres }), [set, millimetres]);
  useEffect(() => edit.onEditEnd, [edit]);
  return (
    <ParameterPanel title={`Plane ${plane + 1}`} store={store}>
      {stop && (
        <p className="panel-note muted small" role="status">
          Stopped: {STOP_WORDS[stop]}.
        </p>
      )}
      {lock && <p className="panel-note muted small">{lock}</p>}
      <div className="panel-actions">
        <CommandButton
          id="part.lock-plane"
          label={part.planes[plane].locked ? 'Unlock plane' : 'Lock plane'}
        />
      </div>
    </ParameterPanel>
  );
}
