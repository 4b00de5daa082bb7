import type { Workbench } from '../state/workbench';
import { attempt } from './jobs';

/** Shows what was written in the system's file manager. */
export async function revealFile(workbench: Workbench, token: string): Promise<void> {
  await attempt(workbench, 'Show in folder', () => workbench.bridge.revealGrant(token));
}
