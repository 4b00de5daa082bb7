import type { ModelChoice, ModelInput } from '../../../shared/contract/inputs';
import type { Workbench } from '../../workbench/state/workbench';
import { modelsSlice } from '../models/state';

/** The model for a kind of picture: the chosen one, or the one that ships under the kind's name. */
export function modelFor(workbench: Workbench, input: ModelInput): ModelChoice {
  return modelsSlice.get(workbench).active[input]?.choice ?? { name: input };
}
