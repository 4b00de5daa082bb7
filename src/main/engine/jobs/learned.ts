import { basename } from 'node:path';
import type { VaeEntry } from '../../../shared/contract/explain';
import type { LearningResults, ModelEntry } from '../../../shared/contract/learning';
import { ok, type Result } from '../../../shared/result';
import { modelKind } from '../../files/model';
import { listModels, modelEntry } from '../models/networks';
import { listVaes, vaeEntry } from '../models/vaes';
import type { Workshop } from './index';

export { runDecode } from './learned/decode';
export { runInspectImage } from './learned/inspect';
export { runInterpolate } from './learned/interpolate';
export { runReconstruct } from './learned/reconstruct';
export { runRetrieve } from './learned/retrieve';

/** The models that ship with this copy, then the files that a person chose, each by its kind. */
export async function runModels(
  workshop: Workshop,
  files: readonly string[] = [],
): Promise<Result<LearningResults['models']>> {
  const [shipped, explained] = [await listModels(workshop), await listVaes(workshop)];
  const models: ModelEntry[] = [...shipped.models];
  const vaes: VaeEntry[] = [...explained.vaes];
  for (const token of files) {
    const path = workshop.grants.resolve(token, 'read');
    if (!path.ok) return path;
    const name = basename(path.value);
    if ((await modelKind(path.value)) === 'vae') {
      const entry = await vaeEntry(name, path.value);
      if (!entry.ok) return entry;
      vaes.push({ ...entry.value, token });
    } else {
      const entry = await modelEntry(name, path.value);
      if (!entry.ok) return entry;
      models.push({ ...entry.value, token });
    }
  }
  return ok({ models, vaes, notes: [...shipped.notes, ...explained.notes] });
}
