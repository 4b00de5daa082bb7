import { extensionsReadAs } from '../../../shared/formats/lookup';
import type { Workspace } from '../../workbench/state/workbench';
import { openProjectOrSource } from './actions/open';

/** Projects and sources; whatever no other workspace takes is read as a source, and its reader says what is wrong. */
export const SHAPE_FILES: NonNullable<Workspace['files']> = {
  extensions: extensionsReadAs('project', 'mesh', 'points', 'depth'),
  takes: () => true,
  open: openProjectOrSource,
};
