import { isReadAs } from '../../../shared/formats/lookup';
import type { Workspace } from '../../workbench/state/workbench';
import { addPicture } from './stations';

/** While the path is in front, pictures and depth images go onto it. */
export const LATENT_FILES: NonNullable<Workspace['files']> = {
  extensions: [],
  takes: ({ ui }, name) => ui.getState().workspace === 'latent' && isReadAs(name, 'depth', 'picture'),
  open: (workbench, grant) => void addPicture(workbench, grant),
};
