import type { UiState } from '../../workbench/state/ui';
import type { Workbench } from '../../workbench/state/workbench';
import type { VaeItem } from './state';

/** The workspace that VAEs are for: it says which one it uses now, and takes another. */
export interface VaeUse {
  isUsed(ui: UiState, item: VaeItem): boolean;
  use(workbench: Workbench, item: VaeItem): void;
}
