import type { HalfspaceBridge } from '../shared/contract/bridge';
import type { WindowFacts } from './workspaces/shape/facts';

declare global {
  interface Window {
    readonly halfspace: HalfspaceBridge;
    /** Plain facts about what the window holds, read-only: for tests and bug reports. */
    halfspaceState?: () => WindowFacts;
  }
}
