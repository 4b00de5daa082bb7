import {
  deleteParts,
  duplicateParts,
  renamePart,
  resetToAdopted,
  setLocked,
  setPlaneLocked,
  setPlaneOffset,
  setSmoothness,
  setVisible,
} from '../../../../shared/document/edits';
import { selectPart } from '../../../../shared/document/selection';
import type { DocumentChange } from '../../../../shared/document/change';
import type { CaptureMode } from '../../../../shared/document/store';
import type { ConvexPart } from '../../../../shared/shape/types';
import type { PickTarget } from '../../../viewport/types';
import type { Workbench } from '../../../workbench/state/workbench';
import { reportProblem } from '../../../workbench/actions/jobs';
import { shapeSlice } from '../state';

/** Applies a change and lists the reason when it cannot be made. */
export function change(workbench: Workbench, next: DocumentChange, mode: CaptureMode = 'immediate'): boolean {
  const result = workbench.document.apply(next, mode);
  if (!result.ok) reportProblem(workbench, next.title, result.error);
  return result.ok;
}

/** The selected parts, in document order. */
export function selectedParts(workbench: Workbench): readonly ConvexPart[] {
  const { document, selection } = workbench.document.state();
  const ids = new Set(selection.partIds);
  return document.parts.filter((part) => ids.has(part.id));
}

const idsOf = (parts: readonly ConvexPart[]): readonly string[] => parts.map((part) => part.id);

export function deleteSelected(workbench: Workbench): void {
  const ids = idsOf(selectedParts(workbench));
  change(workbench, {
    command: 'edit.delete',
    title: ids.length === 1 ? 'Delete part' : `Delete ${ids.length} parts`,
    edit: deleteParts(ids),
  });
}

/** The copies are selected afterwards, so that the next edit is theirs. */
export function duplicateSelected(workbench: Workbench): void {
  const before = workbench.document.state().document;
  const edit = duplicateParts(idsOf(selectedParts(workbench)));
  const preview = edit(before);
  const known = new Set(idsOf(before.parts));
  const copies = preview.ok ? idsOf(preview.value.parts).filter((id) => !known.has(id)) : [];
  change(workbench, {
    command: 'edit.duplicate',
    title: copies.length === 1 ? 'Duplicate part' : `Duplicate ${copies.length} parts`,
    edit,
    select: { partIds: copies, plane: null },
  });
}

export function rename(workbench: Workbench, partId: string, name: string): void {
  shapeSlice.set(workbench, { renaming: null });
  if (name.trim() === '') return;
  change(workbench, { command: 'part.rename', title: 'Rename part', edit: renamePart(partId, name) });
}

export function showParts(workbench: Workbench, ids: readonly string[], visible: boolean): void {
  change(workbench, {
    command: visible ? 'part.show-all' : 'part.hide',
    title: visible ? 'Show' : 'Hide',
    edit: setVisible(ids, visible),
  });
}

export function lockParts(workbench: Workbench, ids: readonly string[], locked: boolean): void {
  change(workbench, {
    command: 'part.lock',
    title: locked ? 'Lock' : 'Unlock',
    edit: setLocked(ids, locked),
  });
}

/** Locks what is not locked yet; unlocks when everything selected is. */
export function toggleLock(workbench: Workbench): void {
  const parts = selectedParts(workbench);
  lockParts(workbench, idsOf(parts), !parts.every((part) => part.locked));
}

export function togglePlaneLock(workbench: Workbench): void {
  const { selection } = workbench.document.state();
  const [part] = selectedParts(workbench);
  if (!part || selection.plane === null) return;
  const locked = !part.planes[selection.plane].locked;
  change(workbench, {
    command: 'part.lock-plane',
    title: locked ? 'Lock plane' : 'Unlock plane',
    edit: setPlaneLocked(part.id, selection.plane, locked),
  });
}

export function setOffset(
  workbench: Workbench,
  partId: string,
  plane: number,
  offset: number,
  mode: CaptureMode = 'immediate',
): boolean {
  return change(
    workbench,
    { command: 'plane.move', title: 'Move plane', edit: setPlaneOffset(partId, plane, offset) },
    mode,
  );
}

export function setPartSmoothness(
  workbench: Workbench,
  ids: readonly string[],
  value: number,
  mode: CaptureMode,
): void {
  change(
    workbench,
    { command: 'part.smoothness', title: 'Change smoothness', edit: setSmoothness(ids, value) },
    mode,
  );
}

export function resetToFit(workbench: Workbench): void {
  change(workbench, { command: 'edit.reset', title: 'Reset to the last fit', edit: resetToAdopted() });
}

export function selectAll(workbench: Workbench): void {
  const { document } = workbench.document.state();
  workbench.document.select({ partIds: idsOf(document.parts.filter((part) => part.visible)), plane: null });
}

export function selectNone(workbench: Workbench): void {
  workbench.document.select({ partIds: [], plane: null });
}

/** What a click in the viewport selects: first the part, then, on a part that is selected alone, the plane. */
export function selectTarget(workbench: Workbench, target: PickTarget | null, additive: boolean): void {
  const { selection } = workbench.document.state();
  if (!target) {
    if (!additive) selectNone(workbench);
    return;
  }
  const alone = selection.partIds.length === 1 && selection.partIds[0] === target.partId;
  if (alone && !additive) {
    workbench.document.select({ partIds: selection.partIds, plane: target.plane });
  } else {
    workbench.document.select(selectPart(selection, target.partId, additive));
  }
}
