import type { CommandId } from '../../shared/document/commands';
import type { DocumentState } from '../../shared/document/store';
import type { UiState } from '../state/ui';

/** Why a command cannot run now, in words that a person can act on; null when it can. */
export function reasonAgainst(id: CommandId, document: DocumentState, ui: UiState): string | null {
  const { parts, adoptedParts } = document.document;
  const { partIds, plane } = document.selection;
  const noParts = parts.length === 0 ? 'There are no parts yet' : null;
  const noSelection = partIds.length === 0 ? 'Select a part first' : null;
  const fitting = ui.fitJob === null ? null : 'A fit is running';
  switch (id) {
    case 'file.export':
      return noParts ?? fitting;
    case 'file.new':
    case 'file.open':
    case 'file.save':
    case 'file.save-as':
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
      return fitting ?? (document.undoTitle === null && !ui.drag ? 'There is nothing to undo' : null);
    case 'edit.redo':
      return fitting ?? (document.redoTitle === null ? 'There is nothing to redo' : null);
    case 'edit.select-all':
      return noParts ?? fitting;
    case 'edit.select-none':
      return noSelection;
    case 'edit.delete':
    case 'edit.duplicate':
    case 'part.lock':
    case 'part.hide':
      return fitting ?? noParts ?? noSelection;
    case 'part.rename':
      return fitting ?? noSelection ?? (partIds.length > 1 ? 'Select one part only' : null);
    case 'part.lock-plane':
      return fitting ?? (plane === null ? 'Select a plane first: click on a face of a selected part' : null);
    case 'edit.reset':
      if (fitting) return fitting;
      if (!adoptedParts) return 'There is no fit to go back to';
      return adoptedParts === parts ? 'Nothing has changed since the fit' : null;
    case 'part.fit':
      return fitting ?? (ui.source ? null : 'Open a mesh, point set or depth image first');
    case 'part.show-all':
      return noParts ?? fitting ?? (parts.every((part) => part.visible) ? 'Every part is visible' : null);
    case 'view.isolate':
      return ui.isolated ? null : (noParts ?? noSelection);
    case 'view.explode':
      return noParts;
    case 'view.ghost':
      return ui.source ? null : 'There is no source to show';
  }
}
