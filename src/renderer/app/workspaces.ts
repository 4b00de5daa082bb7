import type { WorkspaceName } from '../state/ui';

export interface WorkspaceWords {
  readonly name: WorkspaceName;
  readonly title: string;
  /** What the workspace will hold; null for the one that works. */
  readonly coming: string | null;
  /** What can be done in its place today. */
  readonly today: string | null;
}

export const WORKSPACES: readonly WorkspaceWords[] = [
  { name: 'shape', title: 'Shape', coming: null, today: null },
  {
    name: 'reconstruct',
    title: 'Reconstruct',
    coming: null,
    today: null,
  },
  {
    name: 'latent',
    title: 'Latent',
    coming: null,
    today: null,
  },
  {
    name: 'explain',
    title: 'Explain',
    coming:
      'Here you will see which pixels made the network choose a part, and where an image does not fit what it learned.',
    today: 'It needs a trained network, which this version does not have yet.',
  },
  {
    name: 'train',
    title: 'Train',
    coming: null,
    today: null,
  },
];
