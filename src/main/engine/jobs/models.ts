import { basename } from 'node:path';
import type { VaeEntry } from '../../../shared/contract/explain';
import type { ModelEntry } from '../../../shared/contract/learning';
import { ok } from '../../../shared/result';
import { modelKind } from '../../files/model';
import { listModels, modelEntry } from '../models/networks';
import { listVaes, vaeEntry } from '../models/vaes';
import type { Job } from '../service/job';

/** The models that ship with this copy, then the files that a person chose, each by its kind. */
export const modelsJob: Job<'models'> = {
  kind: 'models',
  run: async ({ files = [] }, environment) => {
    const [shipped, explained] = [await listModels(environment), await listVaes(environment)];
    const models: ModelEntry[] = [...shipped.models];
    const vaes: VaeEntry[] = [...explained.vaes];
    for (const token of files) {
      const path = environment.grants.resolve(token, 'read');
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
  },
};
