import { showsDialog } from '../../workbench/dialogs/handle';
import type { Workspace } from '../../workbench/state/workbench';
import { dropOnExplain, takesDrop } from './collections';
import { EXPLAIN_COMMANDS, mapsDialog } from './commands';
import { ExplainWorkspace } from './ExplainWorkspace';
import { followExplain } from './follow';
import { MapsDialog } from './MapsDialog';

declare module '../../workbench/state/ui' {
  interface WorkspaceNames {
    readonly explain: true;
  }
}

/** What a network looks at, and what in a picture does not belong. */
export const EXPLAIN: Workspace = {
  name: 'explain',
  tab: { name: 'explain', title: 'Explain', View: ExplainWorkspace, mounted: 'once visited' },
  commands: [EXPLAIN_COMMANDS],
  dialogs: [showsDialog(mapsDialog, MapsDialog)],
  drops: { takes: takesDrop, drop: dropOnExplain },
  start: (workbench) => followExplain(workbench),
};
