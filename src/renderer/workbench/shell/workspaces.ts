import type { WorkspaceName } from '../state/ui';

export interface WorkspaceWords {
  readonly name: WorkspaceName;
  readonly title: string;
}

export const WORKSPACES: readonly WorkspaceWords[] = [
  { name: 'shape', title: 'Shape' },
  { name: 'reconstruct', title: 'Reconstruct' },
  { name: 'latent', title: 'Latent' },
  { name: 'explain', title: 'Explain' },
  { name: 'train', title: 'Train' },
];
