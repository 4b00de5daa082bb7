import type { ModelChoice, ModelInput } from '../../../shared/contract/learning';
import { activeModel } from '../models/active';

/** The model for a kind of picture: the chosen one, or the one that ships under the kind's name. */
export function modelFor(input: ModelInput): ModelChoice {
  return activeModel.getState()[input]?.choice ?? { name: input };
}
