import { extensionsReadAs, isReadAs } from '../../../shared/formats/lookup';
import type { Workspace } from '../../workbench/state/workbench';
import { openAsSource } from '../shape/actions/open';
import { openPicture } from './actions/reconstruct';

/** Pictures leave the document alone. One that turns out to be a depth image is a source, except here. */
export const RECONSTRUCT_FILES: NonNullable<Workspace['files']> = {
  extensions: extensionsReadAs('picture'),
  takes: ({ ui }, name) =>
    isReadAs(name, 'picture') || (ui.getState().workspace === 'reconstruct' && isReadAs(name, 'depth')),
  open: (workbench, grant) =>
    void openPicture(workbench, grant, { asDepth: () => openAsSource(workbench, grant) }),
};
