import type { LearningResults } from '../../../shared/contract/learning';
import { ok, type Result } from '../../../shared/result';
import { chosenModels, listModels } from '../networks';
import type { Workshop } from './index';

export { runDecode } from './learned/decode';
export { runInspectImage } from './learned/inspect';
export { runInterpolate } from './learned/interpolate';
export { runReconstruct } from './learned/reconstruct';
export { runRetrieve } from './learned/retrieve';

/** The models that ship with this copy, then the files that a person chose. */
export async function runModels(
  workshop: Workshop,
  files: readonly string[] = [],
): Promise<Result<LearningResults['models']>> {
  const { models, notes } = await listModels(workshop);
  const chosen = await chosenModels(files, workshop);
  return chosen.ok ? ok({ models: [...models, ...chosen.value], vaes: [], notes }) : chosen;
}
