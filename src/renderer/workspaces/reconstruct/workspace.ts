import type { Workspace } from '../../workbench/state/workbench';
import { followDocumentSource } from './actions/reconstruct-source';
import { RECONSTRUCT_COMMANDS } from './commands';
import { RECONSTRUCT_ESCAPES } from './escape';
import { RECONSTRUCT_FILES } from './files';
import './reconstruct.css';
import { ReconstructWorkspace } from './ReconstructWorkspace';

declare module '../../workbench/state/ui' {
  interface WorkspaceNames {
    readonly reconstruct: true;
  }
}

/** A picture or depth image beside the shape that a network makes of it. */
export const RECONSTRUCT: Workspace = {
  name: 'reconstruct',
  tab: { name: 'reconstruct', title: 'Reconstruct', View: ReconstructWorkspace, mounted: 'once visited' },
  commands: [RECONSTRUCT_COMMANDS],
  files: RECONSTRUCT_FILES,
  escapes: RECONSTRUCT_ESCAPES,
  start: (workbench) => void followDocumentSource(workbench),
};
