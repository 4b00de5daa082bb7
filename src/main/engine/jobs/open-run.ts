import { readRun } from '../training/run-folder';
import type { Job } from '../service/job';

/** Reads a run from its folder, or from a file in it. */
export const openRunJob: Job<'open-run'> = {
  kind: 'open-run',
  run: async ({ token }, environment) => {
    const path = environment.grants.resolve(token, 'read');
    return path.ok ? readRun(path.value) : path;
  },
};
