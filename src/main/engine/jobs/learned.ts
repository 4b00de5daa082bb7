import type { LearningResults } from '../../../shared/contract/learning';
import { ok, type Result } from '../../../shared/result';
import { listModels } from '../networks';
import type { Workshop } from './index';

export { runDecode } from './learned/decode';
export { runInspectImage } from './learned/inspect';
export { runInterpolate } from './learned/interpolate';
export { runReconstruct } from './learned/reconstruct';
export { runRetrieve } from './learned/retrieve';

/** The models that ship with this copy. */
export async function runModels(workshop: Workshop): Promise<Result<LearningResults['models']>> {
  return ok(await listModels(workshop));
}
