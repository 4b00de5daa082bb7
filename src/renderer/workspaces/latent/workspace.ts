import type { Workspace } from '../../workbench/state/workbench';
import { LATENT_COMMANDS } from './commands';
import { LATENT_FILES } from './files';
import { followPath } from './follow';
import { LatentWorkspace } from './LatentWorkspace';
import { addRetrieved } from './stations';

declare module '../../workbench/state/ui' {
  interface WorkspaceNames {
    readonly latent: true;
  }
}

/** A path between shapes through a network's codes. */
export const LATENT: Workspace = {
  name: 'latent',
  tab: { name: 'latent', title: 'Latent', View: LatentWorkspace, mounted: 'once visited' },
  commands: [LATENT_COMMANDS],
  files: LATENT_FILES,
  libraryShapes: {
    title: 'Add to path',
    label: (name) => `Add ${name} to the path`,
    take: addRetrieved,
  },
  start: (workbench) => followPath(workbench),
};
