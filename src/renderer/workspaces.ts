import type { Workspace } from './workbench/state/workbench';
import { EXPLAIN } from './workspaces/explain/workspace';
import { FLAT } from './workspaces/flat/workspace';
import { LATENT } from './workspaces/latent/workspace';
import { MODELS } from './workspaces/models/workspace';
import { RECONSTRUCT } from './workspaces/reconstruct/workspace';
import { SHAPE } from './workspaces/shape/workspace';
import { TRAIN } from './workspaces/train/workspace';

/** What the window is made of, in the order of the tabs. A workspace may build on those before it, never on later ones. */
export const WORKSPACES: readonly Workspace[] = [SHAPE, FLAT, MODELS, RECONSTRUCT, LATENT, EXPLAIN, TRAIN];
