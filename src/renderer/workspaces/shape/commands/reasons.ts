import type { ConvexPart } from '../../../../shared/shape/types';
import type { CommandState } from '../../../workbench/state/workbench';
import { shapeSlice } from '../state';

/** Why parts cannot be edited or counted on now, as commands of the shape say it; each null when that is no obstacle. */
export const noParts = ({ document }: CommandState): string | null =>
  document.document.parts.length === 0 ? 'There are no parts yet' : null;

export const noSelection = ({ document }: CommandState): string | null =>
  document.selection.partIds.length === 0 ? 'Select a part first' : null;

/** What cannot be seen must not be changed by a key. */
export const elsewhere = ({ ui }: CommandState): string | null =>
  ui.workspace === 'shape' ? null : 'Parts are edited in Shape';

export const fitting = ({ ui }: CommandState): string | null =>
  shapeSlice.in(ui).fitJob === null ? null : 'A fit is running';

/** What stands against an edit of the selected parts. */
export const noEdit = (state: CommandState): string | null =>
  elsewhere(state) ?? fitting(state) ?? noParts(state) ?? noSelection(state);

/** The selected parts, in document order. */
export function selectedOf({ document: { document, selection } }: CommandState): readonly ConvexPart[] {
  const ids = new Set(selection.partIds);
  return document.parts.filter((part) => ids.has(part.id));
}
