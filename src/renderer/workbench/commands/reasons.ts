import type { CommandId } from '../../../shared/document/commands';
import { keptParts, lockedParts } from '../../../shared/document/locks';
import type { DocumentState } from '../../../shared/document/store';
import type { ConvexPart } from '../../../shared/shape/types';
import type { UiState } from '../state/ui';
import { reasonAgainstExplain } from '../../workspaces/explain/reasons';
import { reasonAgainstLatent } from '../../workspaces/latent/reasons';
import { reasonAgainstReconstruct } from '../../workspaces/reconstruct/reasons';
import { reasonAgainstTraining } from '../../workspaces/train/reasons';
import { shapeSlice } from '../../workspaces/shape/state';
import { trainSlice } from '../../workspaces/train/state';

/** Why a command cannot run now, in words that a person can act on; null when it can. */
export function reasonAgainst(id: CommandId, document: DocumentState, ui: UiState): string | null {
  const { parts, adoptedParts } = document.document;
  const { partIds, plane } = document.selection;
  const noParts = parts.length === 0 ? 'There are no parts yet' : null;
  const noSelection = partIds.length === 0 ? 'Select a part first' : null;
  // What cannot be seen must not be changed by a key.
  const elsewhere = ui.workspace === 'shape' ? null : 'Parts are edited in Shape';
  const shape = shapeSlice.in(ui);
  const fitting = shape.fitJob === null ? null : 'A fit is running';
  switch (id) {
    case 'file.export':
      return noParts ?? fitting;
    case 'file.new':
    case 'file.open':
    case 'file.save':
    case 'file.save-as':
    case 'flat.open':
    case 'help.devices':
    case 'help.palette':
    case 'help.shortcuts':
    case 'view.dock':
    case 'view.theme':
    case 'view.grid':
    case 'view.edges':
    case 'view.front':
    case 'view.right':
    case 'view.top':
    case 'view.home':
    case 'view.frame':
      return null;
    case 'edit.undo':
      return fitting ?? (document.undoTitle === null && !shape.drag ? 'There is nothing to undo' : null);
    case 'edit.redo':
      return fitting ?? (document.redoTitle === null ? 'There is nothing to redo' : null);
    case 'edit.select-all':
      return noParts ?? fitting;
    case 'edit.select-none':
      return noSelection;
    case 'edit.delete':
      return (
        elsewhere ?? fitting ?? noParts ?? noSelection ?? keptParts(selectedOf(document))?.message ?? null
      );
    case 'edit.duplicate':
    case 'part.lock':
    case 'part.hide':
      return elsewhere ?? fitting ?? noParts ?? noSelection;
    case 'part.rename':
      return (
        elsewhere ??
        fitting ??
        noSelection ??
        (partIds.length > 1 ? 'Select one part only' : (lockedParts(selectedOf(document))?.message ?? null))
      );
    case 'part.lock-plane':
      return fitting ?? (plane === null ? 'Select a plane first: click on a face of a selected part' : null);
    case 'edit.reset':
      if (fitting) return fitting;
      if (!adoptedParts) return 'There is no fit to go back to';
      return adoptedParts === parts ? 'Nothing has changed since the fit' : null;
    case 'part.fit':
      return fitting ?? (shape.source ? null : 'Open a mesh, point set or depth image first');
    case 'part.show-all':
      return noParts ?? fitting ?? (parts.every((part) => part.visible) ? 'Every part is visible' : null);
    case 'view.isolate':
      return shape.isolated ? null : (noParts ?? noSelection);
    case 'view.explode':
      return noParts;
    case 'reconstruct.open':
    case 'reconstruct.source':
    case 'reconstruct.run':
    case 'reconstruct.box':
    case 'reconstruct.fit':
    case 'reconstruct.refine':
    case 'reconstruct.accept':
    case 'reconstruct.similar':
    case 'reconstruct.similar-shapes':
      return reasonAgainstReconstruct(id, ui, fitting);
    case 'latent.add':
    case 'latent.add-pictures':
    case 'latent.add-library':
    case 'latent.play':
    case 'latent.previous':
    case 'latent.next':
    case 'latent.export':
      return reasonAgainstLatent(id, ui);
    case 'explain.open':
    case 'explain.open-folder':
    case 'explain.previous':
    case 'explain.next':
    case 'explain.previous-latent':
    case 'explain.next-latent':
    case 'explain.every-latent':
    case 'explain.reset':
    case 'explain.sign':
    case 'explain.colours':
    case 'explain.range':
    case 'explain.between-export':
    case 'explain.space':
    case 'explain.anomaly':
    case 'explain.factors':
    case 'explain.export':
      return reasonAgainstExplain(id, ui);
    case 'train.new':
    case 'train.choose-data':
    case 'train.start':
    case 'train.pause':
    case 'train.stop':
    case 'train.resume':
    case 'train.open-run':
    case 'train.export-png':
    case 'train.export-csv':
    case 'model.open':
      return reasonAgainstTraining(id, trainSlice.in(ui));
    case 'view.ghost':
      return shape.source ? null : 'There is no source to show';
  }
}

function selectedOf({ document, selection }: DocumentState): readonly ConvexPart[] {
  const ids = new Set(selection.partIds);
  return document.parts.filter((part) => ids.has(part.id));
}
