import { basename } from 'node:path';
import { ok } from '../../../shared/result';
import { modelKind } from '../../files/model';
import type { Job } from '../service/job';
import { UNSAID_KIND } from '../../../shared/networks';
import { networkEngine, networkEngines, type ModelLists } from '../networks';

/** The models that ship with this copy, then the files that a person chose, each by its kind. */
export const modelsJob: Job<'models'> = {
  kind: 'models',
  run: async ({ files = [] }, environment) => {
    const lists: ModelLists = { models: [], vaes: [], notes: [] };
    for (const network of networkEngines()) await network.listShipped(lists, environment);
    for (const token of files) {
      const path = environment.grants.resolve(token, 'read');
      if (!path.ok) return path;
      const kind = (await modelKind(path.value)) ?? UNSAID_KIND;
      const listed = await networkEngine(kind).listFile(lists, basename(path.value), path.value, token);
      if (!listed.ok) return listed;
    }
    return ok(lists);
  },
};
